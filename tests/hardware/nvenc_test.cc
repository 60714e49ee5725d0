// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// The NVENC encoder over the test doubles, judged by ffmpeg: what it decodes must
// be the pictures that went in, to the bit.

#include "hw/nvenc.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>

#include "hw/session_count.h"
#include "tests/hardware/judge.h"

namespace nrtc::hw {
namespace {

constexpr char kGpu[] = "0";

class Nvenc : public DoubledTest {
 protected:
  Nvenc() : DoubledTest("NVENC", "") {}

  static std::unique_ptr<WatchedSession> TryOpen(const StreamConfig& config, Status& status) {
    return WatchedSession::Open(kGpu, NvencOpener(kGpu), config, kPatient, status);
  }
  static std::unique_ptr<WatchedSession> Open(const StreamConfig& config) {
    Status status;
    auto s = TryOpen(config, status);
    EXPECT_TRUE(s) << status.message();
    return s;
  }
  void ExpectNoLeaks() {
    std::string log = Log();
    EXPECT_EQ(log.find("refused"), std::string::npos) << log;
    EXPECT_NE(log.find("destroy buffers=0"), std::string::npos) << log;
    EXPECT_FALSE(std::regex_search(log, std::regex("destroy buffers=[1-9]"))) << log;
    EXPECT_EQ(OpenSessions(kGpu), 0);
  }
};

TEST_F(Nvenc, BitExactInEverySizeAndProfile) {
  const int sizes[][2] = {{64, 64}, {322, 182}, {16, 16}, {18, 34}, {321, 181}, {130, 2}};
  for (auto profile : {Profile::kH264ConstrainedBaseline, Profile::kH264Main, Profile::kH264High}) {
    for (const auto& size : sizes) {
      SCOPED_TRACE(std::string(Name(profile)) + " " + std::to_string(size[0]) + "x" + std::to_string(size[1]));
      StreamConfig c = Config(size[0], size[1]);
      c.profile = profile;
      auto s = Open(c);
      ASSERT_TRUE(s);
      Judge(Run(*s, size[0], size[1], 5, {3}));
    }
  }
  ExpectNoLeaks();
}

TEST_F(Nvenc, KeyPicturesOnRequestOnlyAndWithParameterSets) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  Encoded e = Run(*s, 64, 48, 80, {40, 41, 79}, PixelFormat::kNV12);
  for (size_t i = 0; i < e.outputs.size(); ++i) {
    bool want = i == 0 || i == 40 || i == 41 || i == 79;
    EXPECT_EQ(e.outputs[i].key, want) << i;
    const Bytes& d = e.outputs[i].data;
    EXPECT_EQ(d.size() > 4 && (d[4] & 31) == 7, want) << i;
  }
  Judge(e);
}

TEST_F(Nvenc, RatesHoldFromTheNextPictureWithoutAKeyPicture) {
  StreamConfig c = Config(64, 48);
  c.rates = {1'000'000, 30};
  auto s = Open(c);
  ASSERT_TRUE(s);
  Encoded e;
  const Rates rates[] = {{1'000'000, 30}, {300'000, 30}, {300'000, 30}, {300'000, 15}};
  for (int i = 0; i < 4; ++i) {
    Frame f(64, 48, i);
    Output out;
    ASSERT_TRUE(s->Encode(f.input(), false, rates[i], out).ok());
    EXPECT_EQ(out.key, i == 0);
    e.outputs.push_back(out);
    e.shown.push_back(f.shown());
  }
  Judge(e);
  std::string log = Log();
  size_t first = log.find("reconfigure bitrate=300000 vbv=50000 framerate=30");
  size_t second = log.find("reconfigure bitrate=300000 vbv=100000 framerate=15");
  EXPECT_LT(log.find("picture 0 "), first) << log;
  EXPECT_LT(first, log.find("picture 1 ")) << log;
  EXPECT_LT(log.find("picture 2 "), second) << log;
  EXPECT_LT(second, log.find("picture 3 ")) << log;
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 7) << log;
}

TEST_F(Nvenc, TemporalLayersCanBeLeftOut) {
  for (int layers : {2, 3}) {
    for (auto profile : {Profile::kH264ConstrainedBaseline, Profile::kH264High}) {
      StreamConfig c = Config(80, 48);
      c.temporal_layers = layers;
      c.profile = profile;
      auto s = Open(c);
      ASSERT_TRUE(s);
      EXPECT_EQ(s->info().temporal_layers, layers);
      Encoded e = Run(*s, 80, 48, 21, {10});
      EXPECT_EQ(e.outputs[1].temporal_index, layers - 1);
      EXPECT_TRUE(e.outputs[1].layer_sync);
      for (int up_to = 0; up_to < layers; ++up_to) {
        SCOPED_TRACE(std::to_string(layers) + " layers, up to " + std::to_string(up_to));
        Judge(e, up_to);
      }
    }
  }
  ExpectNoLeaks();
  Persona("no-layers");
  StreamConfig c = Config(80, 48);
  c.temporal_layers = 3;
  auto s = Open(c);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->info().temporal_layers, 1);
  Judge(Run(*s, 80, 48, 5));
}

// What a preset says is for files.
TEST_F(Nvenc, NoPeriodicKeyPictures) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  EXPECT_NE(Log().find(" gop=-1 key=-1 layers=1 adaptive=1"), std::string::npos) << Log();
  StreamConfig screen = Config(64, 48);
  screen.screen = true;
  auto text = Open(screen);
  EXPECT_NE(Log().find(" gop=-1 key=-1 layers=1 adaptive=0"), std::string::npos) << Log();
}

TEST_F(Nvenc, FailuresAreErrorsAndLeakNothing) {
  for (const char* fault : {"open", "initialize", "encode", "garbage", "reconfigure"}) {
    SCOPED_TRACE(fault);
    Fault(fault);
    Status status;
    auto s = TryOpen(Config(64, 48), status);
    if (s) {
      Frame f(64, 48, 0);
      Output out;
      status = s->Encode(f.input(), true, {1'000'000, 30}, out);
    }
    EXPECT_FALSE(status.ok());
    EXPECT_FALSE(status.message().empty());
    s.reset();
    EXPECT_EQ(OpenSessions(kGpu), 0);
    EXPECT_FALSE(std::regex_search(Log(), std::regex("destroy buffers=[1-9]"))) << Log();
    Fault("");
  }
  EXPECT_TRUE(Open(Config(64, 48)));
}

TEST_F(Nvenc, AHangingGpuIsGivenUp) {
  Status status;
  auto s = WatchedSession::Open(kGpu, NvencOpener(kGpu), Config(64, 48),
                                {kPatient.open, std::chrono::milliseconds(500)}, status);
  ASSERT_TRUE(s) << status.message();
  Fault("hang");
  Frame f(64, 48, 0);
  Output out;
  EXPECT_FALSE(s->Encode(f.input(), true, {1'000'000, 30}, out).ok());
  s.reset();
  Fault("");
  for (int i = 0; i < 6000 && OpenSessions(kGpu) > 0; ++i) usleep(10'000);
  ExpectNoLeaks();
}

TEST_F(Nvenc, TheSessionLimitOfConsumerGpus) {
  for (const char* persona : {"limit", "limit-key"}) {
    Persona(persona);
    auto a = Open(Config(64, 48));
    auto b = Open(Config(64, 48));
    Status status;
    EXPECT_FALSE(TryOpen(Config(64, 48), status));
    EXPECT_NE(status.message().find("no more sessions"), std::string::npos) << status.message();
    b.reset();
    EXPECT_TRUE(Open(Config(64, 48)));
  }
}

TEST_F(Nvenc, Probe) {
  std::string reason;
  EXPECT_EQ(NvencDevices(reason), std::vector<std::string>{kGpu}) << reason;
  DeviceReport r = ProbeNvenc(kGpu);
  ASSERT_EQ(r.profiles.size(), 4u) << r.reason;
  EXPECT_EQ(r.profiles[3].profile, Profile::kHevcMain);
  EXPECT_EQ(r.profiles[3].temporal_layers, 1);
  EXPECT_NE(r.name.find("test double"), std::string::npos);
  EXPECT_EQ(r.profiles[0].max_width, 4096);
  EXPECT_EQ(r.profiles[0].temporal_layers, 3);
  EXPECT_EQ(r.profiles[0].rate_modes, std::vector<RateMode>{RateMode::kCbr});
  Persona("h264");
  EXPECT_EQ(ProbeNvenc(kGpu).profiles.size(), 3u) << "what the GPU does not encode";
  Persona("no-engine");
  EXPECT_NE(ProbeNvenc(kGpu).reason.find("no encode engine"), std::string::npos);
  EXPECT_NE(ProbeNvenc("7").reason.find("no GPU 7"), std::string::npos);
  EXPECT_NE(ProbeNvenc("/dev/null").reason.find("no GPU"), std::string::npos);
}

// What is found out once for a process, so each in one of its own.
TEST_F(Nvenc, WhyThereIsNone) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        Persona("old");
        std::fputs(ProbeNvenc(kGpu).reason.c_str(), stderr);
        std::exit(0);
      },
      ::testing::ExitedWithCode(0), "too old: it speaks NVENC 10.0");
  EXPECT_EXIT(
      {
        setenv("NATIVERTC_CUDA_DOUBLE_GPUS", "-1", 1);
        std::fputs(ProbeNvenc(kGpu).reason.c_str(), stderr);
        std::exit(0);
      },
      ::testing::ExitedWithCode(0), "CUDA does not start");
  EXPECT_EXIT(
      {
        setenv("NATIVERTC_CUDA_DOUBLE_GPUS", "0", 1);
        std::string reason;
        NvencDevices(reason);
        std::fputs(reason.c_str(), stderr);
        std::exit(0);
      },
      ::testing::ExitedWithCode(0), "counts no GPU");
}

}  // namespace
}  // namespace nrtc::hw
