// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// The VAAPI encoder over the test double, judged by ffmpeg: what it decodes must be
// the pictures that went in, to the bit.

#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>

#include "hw/session_count.h"
#include "hw/vaapi.h"
#include "tests/hardware/judge.h"

namespace nrtc::hw {
namespace {

constexpr char kNode[] = "/dev/null";  // a render node, as the preloaded double says
class Vaapi : public DoubledTest {
 protected:
  Vaapi() : DoubledTest("VA", "intel") {}

  int Pictures() const {
    // The double counts the pictures of the process.
    static const std::regex line("picture (\\d+) ");
    std::string log = Log();
    int last = -1;
    for (std::sregex_iterator i(log.begin(), log.end(), line), end; i != end; ++i) last = std::stoi((*i)[1]);
    return last + 1;
  }
  static std::unique_ptr<WatchedSession> Open(const StreamConfig& config) {
    Status status;
    auto s = WatchedSession::Open(kNode, VaapiOpener(kNode), config, kPatient, status);
    EXPECT_TRUE(s) << status.message();
    return s;
  }
  void ExpectNoLeaks() {
    std::string log = Log();
    EXPECT_EQ(log.find("refused"), std::string::npos) << log;
    EXPECT_NE(log.find("terminate contexts=0 surfaces=0 buffers=0 configs=0 images=0"), std::string::npos) << log;
    EXPECT_EQ(std::regex_replace(log, std::regex("terminate contexts=0 surfaces=0 buffers=0 configs=0 images=0"), "")
                  .find("terminate"),
              std::string::npos)
        << log;
    EXPECT_EQ(OpenSessions(kNode), 0);
  }
};

TEST_F(Vaapi, BitExactInEverySizeAndProfile) {
  const int sizes[][2] = {{64, 64}, {320, 240}, {322, 182}, {16, 16}, {18, 34}, {321, 181}, {130, 2}};
  for (auto profile : {Profile::kH264ConstrainedBaseline, Profile::kH264Main, Profile::kH264High}) {
    for (const auto& size : sizes) {
      SCOPED_TRACE(std::string(Name(profile)) + " " + std::to_string(size[0]) + "x" + std::to_string(size[1]));
      StreamConfig c = Config(size[0], size[1]);
      c.profile = profile;
      auto s = Open(c);
      ASSERT_TRUE(s);
      Judge(Run(*s, size[0], size[1], 6));
    }
  }
  ExpectNoLeaks();
}

TEST_F(Vaapi, EveryPersonaIsBitExact) {
  for (const char* persona : {"intel", "mesa-none", "mesa-sequence", "mesa", "cqp", "cbr", "no-derive", "no-sets"}) {
    SCOPED_TRACE(persona);
    Persona(persona);
    auto s = Open(Config(100, 60));
    ASSERT_TRUE(s);
    Encoded e = Run(*s, 100, 60, 8, {5});
    EXPECT_TRUE(e.outputs[0].key);
    EXPECT_TRUE(e.outputs[5].key);
    EXPECT_FALSE(e.outputs[6].key);
    Judge(e);
  }
  ExpectNoLeaks();
}

TEST_F(Vaapi, NV12AndI420AreTheSame) {
  auto s = Open(Config(50, 38));
  ASSERT_TRUE(s);
  Judge(Run(*s, 50, 38, 4, {}, PixelFormat::kNV12));
}

TEST_F(Vaapi, KeyPicturesOnRequestOnlyAndWithParameterSets) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  // Beyond the wrap of frame_num and of the picture order count.
  Encoded e = Run(*s, 64, 48, 300, {100, 101, 299});
  for (size_t i = 0; i < e.outputs.size(); ++i) {
    bool want = i == 0 || i == 100 || i == 101 || i == 299;
    EXPECT_EQ(e.outputs[i].key, want) << i;
    const Bytes& d = e.outputs[i].data;
    EXPECT_EQ(d.size() > 4 && (d[4] & 31) == 7, want) << i;
  }
  Judge(e);
}

TEST_F(Vaapi, TemporalLayersCanBeLeftOut) {
  for (int layers : {2, 3}) {
    for (auto profile : {Profile::kH264ConstrainedBaseline, Profile::kH264High}) {
      StreamConfig c = Config(80, 48);
      c.temporal_layers = layers;
      c.profile = profile;
      auto s = Open(c);
      ASSERT_TRUE(s);
      EXPECT_EQ(s->info().temporal_layers, layers);
      Encoded e = Run(*s, 80, 48, 21, {10});
      for (int up_to = 0; up_to < layers; ++up_to) {
        SCOPED_TRACE(std::to_string(layers) + " layers, up to " + std::to_string(up_to));
        Judge(e, up_to);
      }
    }
  }
  ExpectNoLeaks();
}

TEST_F(Vaapi, NoLayersWhereTheDriverWritesSliceHeaders) {
  Persona("mesa-sequence");
  StreamConfig c = Config(64, 48);
  c.temporal_layers = 3;
  auto s = Open(c);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->info().temporal_layers, 1);
  Judge(Run(*s, 64, 48, 5));
}

TEST_F(Vaapi, RatesHoldFromTheNextPictureWithoutAKeyPicture) {
  for (const char* persona : {"intel", "cbr"}) {
    Persona(persona);
    std::filesystem::remove(dir_ / "log");
    auto s = Open(Config(64, 48));
    ASSERT_TRUE(s);
    const Rates rates[] = {{1'000'000, 30}, {1'000'000, 30}, {300'000, 30}, {300'000, 15}};
    Encoded e;
    for (int i = 0; i < 4; ++i) {
      Frame f(64, 48, i);
      Output out;
      ASSERT_TRUE(s->Encode(f.input(), false, rates[i], out).ok());
      EXPECT_EQ(out.key, i == 0);
      e.outputs.push_back(out);
      e.shown.push_back(f.shown());
    }
    Judge(e);
    static const std::regex line("bitrate=(\\d+) percentage=(\\d+) window=(\\d+) framerate=([0-9.]+)");
    std::string log = Log();
    int i = 0;
    for (std::sregex_iterator m(log.begin(), log.end(), line), end; m != end; ++m, ++i) {
      EXPECT_NEAR(std::stod((*m)[1]) * std::stod((*m)[2]) / 100, rates[i].bitrate_bps, 2) << log;
      EXPECT_EQ(std::stod((*m)[4]), rates[i].framerate) << log;
    }
    EXPECT_EQ(i, 4);
  }
}

TEST_F(Vaapi, AQuantiserOfOurOwnWhereTheDriverHasNoRateControl) {
  Persona("cqp");
  StreamConfig c = Config(64, 64);
  auto s = Open(c);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->info().rate_mode, RateMode::kCqp);
  std::vector<int> quantisers;
  int left_out = 0;
  Encoded e;
  for (int i = 0; i < 40; ++i) {
    Frame f(64, 64, i);
    Output out;
    // The double cannot compress: the quantiser rises, then pictures are left out.
    ASSERT_TRUE(s->Encode(f.input(), false, {50'000, 30}, out).ok());
    if (out.data.empty()) {
      ++left_out;
      continue;
    }
    quantisers.push_back(out.qp);
    e.outputs.push_back(out);
    e.shown.push_back(f.shown());
  }
  EXPECT_GT(left_out, 0);
  EXPECT_GE(quantisers.size(), 2u);
  EXPECT_GT(quantisers.back(), quantisers.front());
  Judge(e);
  EXPECT_NE(Log().find("entrypoint=" + std::to_string(8)), std::string::npos) << "the low-power entry point";
}

TEST_F(Vaapi, FailuresAreErrorsAndLeakNothing) {
  struct Case {
    const char* fault;
    bool opens;
  };
  for (const Case& c : {Case{"init", false}, Case{"config", false}, Case{"context", false}, Case{"end", true},
                        Case{"overflow", true}, Case{"garbage", true}}) {
    SCOPED_TRACE(c.fault);
    std::filesystem::remove(dir_ / "log");
    Fault(c.fault);
    Status status;
    auto s = WatchedSession::Open(kNode, VaapiOpener(kNode), Config(64, 48), kPatient, status);
    EXPECT_EQ(s != nullptr, c.opens) << status.message();
    if (s) {
      Frame f(64, 48, 0);
      Output out;
      status = s->Encode(f.input(), true, {1'000'000, 30}, out);
    }
    EXPECT_FALSE(status.ok());
    EXPECT_FALSE(status.message().empty());
    s.reset();
    if (std::string(c.fault) != "init") ExpectNoLeaks();
    Fault("");
  }
}

TEST_F(Vaapi, AHangingGpuIsGivenUp) {
  for (const char* persona : {"intel", "mesa"}) {
    SCOPED_TRACE(persona);
    Persona(persona);
    Status status;
    auto s = WatchedSession::Open(kNode, VaapiOpener(kNode), Config(64, 48),
                                  {kPatient.open, std::chrono::milliseconds(1500)}, status);
    ASSERT_TRUE(s) << status.message();
    Frame f(64, 48, 0);
    Output out;
    ASSERT_TRUE(s->Encode(f.input(), true, {1'000'000, 30}, out).ok());
    Fault("hang@" + std::to_string(Pictures()) + "+");
    EXPECT_FALSE(s->Encode(f.input(), false, {1'000'000, 30}, out).ok());
    s.reset();
    Fault("");
    for (int i = 0; i < 3000 && OpenSessions(kNode) > 0; ++i) usleep(10'000);
  }
  ExpectNoLeaks();
}

TEST_F(Vaapi, ASessionThatTheDriverRefuses) {
  Persona("two-sessions");
  auto a = Open(Config(64, 48));
  auto b = Open(Config(64, 48));
  Status status;
  EXPECT_FALSE(WatchedSession::Open(kNode, VaapiOpener(kNode), Config(64, 48), kPatient, status));
  EXPECT_NE(status.message().find("open a session"), std::string::npos) << status.message();
  b.reset();
  EXPECT_TRUE(Open(Config(64, 48)));
}

TEST_F(Vaapi, Probe) {
  DeviceReport r = ProbeVaapi(kNode);
  ASSERT_EQ(r.profiles.size(), 7u) << r.reason;
  EXPECT_EQ(r.profiles[3].profile, Profile::kVp8);
  EXPECT_EQ(r.profiles[4].profile, Profile::kVp9Profile0);
  EXPECT_EQ(r.profiles[5].profile, Profile::kHevcMain);
  EXPECT_EQ(r.profiles[6].profile, Profile::kAv1Main);
  EXPECT_EQ(r.reason, "");
  EXPECT_NE(r.name.find("test double"), std::string::npos);
  EXPECT_EQ(r.profiles[0].max_width, 4096);
  EXPECT_EQ(r.profiles[0].temporal_layers, 3);
  EXPECT_EQ(r.profiles[0].rate_modes, (std::vector<RateMode>{RateMode::kVbr, RateMode::kCbr, RateMode::kCqp}));
  Persona("mesa");
  EXPECT_EQ(ProbeVaapi(kNode).profiles.size(), 4u) << "what the driver does not offer";
  Persona("no-encode");
  r = ProbeVaapi(kNode);
  EXPECT_TRUE(r.profiles.empty());
  EXPECT_NE(r.reason.find("no encode engine"), std::string::npos) << r.reason;
  Persona("intel");
  Fault("init");
  r = ProbeVaapi(kNode);
  EXPECT_NE(r.reason.find("load a VA driver"), std::string::npos) << r.reason;
  EXPECT_NE(ProbeVaapi("/dev/dri/no-such-node").reason.find("does not exist"), std::string::npos);
}

TEST_F(Vaapi, Nodes) {
  std::string reason;
  EXPECT_TRUE(VaapiNodes((dir_ / "none").string(), reason).empty());
  EXPECT_NE(reason.find("container"), std::string::npos) << reason;
  std::filesystem::create_directory(dir_ / "dri");
  reason.clear();
  EXPECT_TRUE(VaapiNodes((dir_ / "dri").string(), reason).empty());
  EXPECT_NE(reason.find("no render node"), std::string::npos) << reason;
  for (const char* name : {"card0", "renderD129", "renderD1000", "renderD128", "by-path"}) {
    std::ofstream(dir_ / "dri" / name) << "";
  }
  reason.clear();
  auto nodes = VaapiNodes((dir_ / "dri").string(), reason);
  ASSERT_EQ(nodes.size(), 3u);
  EXPECT_EQ(nodes[0], (dir_ / "dri" / "renderD128").string());
  EXPECT_EQ(nodes[2], (dir_ / "dri" / "renderD1000").string());
  EXPECT_EQ(reason, "");
}

}  // namespace
}  // namespace nrtc::hw
