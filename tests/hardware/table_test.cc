// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// Every driver that there is a double of, times everything that is asked of an encoder:
// the table in docs/hardware.md. A test that prints "cell: TEXT" has more to say there
// than yes.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <regex>

#include "hw/nvenc.h"
#include "hw/picture_copy.h"
#include "hw/session_count.h"
#include "hw/vaapi.h"
#include "tests/hardware/cuda_picture.h"
#include "tests/hardware/device_picture.h"
#include "tests/hardware/lossy.h"

namespace nrtc::hw {
namespace {

struct Double {
  const char* backend;
  const char* persona;
};

class Table : public LossyTest, public ::testing::WithParamInterface<Double> {
 protected:
  Table() : LossyTest(GetParam().backend, GetParam().persona) {}

  bool vaapi() const { return std::string(GetParam().backend) == "VA"; }
  const char* device() const { return vaapi() ? "/dev/null" : "0"; }
  SessionOpener opener() const { return vaapi() ? VaapiOpener(device()) : NvencOpener(device()); }

  std::unique_ptr<WatchedSession> TryOpen(const StreamConfig& config, Status& status,
                                          const Deadlines& deadlines = kPatient) const {
    return WatchedSession::Open(device(), opener(), config, deadlines, status);
  }
  std::unique_ptr<WatchedSession> Open(const StreamConfig& config) const {
    Status status;
    auto s = TryOpen(config, status);
    EXPECT_TRUE(s) << status.message();
    return s;
  }
  // Encodes a part of a picture of NV12 in the memory of a device.
  Status EncodeNative(Session& s, const Frame& frame, const Rect& part, int width, int height, Output& output) const {
    std::unique_ptr<DmabufFrame> dmabuf;
    std::unique_ptr<CudaFrame> cuda;
    Input in;
    if (vaapi()) {
      dmabuf = std::make_unique<DmabufFrame>(frame);
      in = dmabuf->input();
    } else {
      cuda = std::make_unique<CudaFrame>(frame);
      in = cuda->input();
    }
    in.part = part;
    in.width = width;
    in.height = height;
    return s.Encode(in, false, {20'000'000, 30}, output);
  }
  // A failure is an error in words, and everything is given back.
  void ExpectFailure(const char* fault) {
    SCOPED_TRACE(fault);
    Fault(fault);
    Status status;
    auto s = TryOpen(Config(64, 48), status);
    if (s) {
      Frame f(64, 48, 0);
      Output out;
      status = s->Encode(f.input(), true, {1'000'000, 30}, out);
      // Where this is a fault, the rates change.
      if (status.ok()) status = s->Encode(f.input(), false, {2'000'000, 30}, out);
    }
    EXPECT_FALSE(status.ok());
    EXPECT_FALSE(status.message().empty());
    const bool opened = s != nullptr;
    s.reset();
    Fault("");
    ExpectNothingHeld(opened);
    EXPECT_TRUE(Open(Config(64, 48))) << "it works again";
  }
  // A codec but H.264, if the driver offers it.
  void TryCodec(Profile profile) {
    const DeviceReport report = vaapi() ? ProbeVaapi(device()) : ProbeNvenc(device());
    const bool offered = std::any_of(report.profiles.begin(), report.profiles.end(),
                                     [&](const ProfileReport& p) { return p.profile == profile; });
    const Codec codec = CodecOf(profile);
    int most = 0;
    for (int layers : {1, 2, 3}) {
      StreamConfig c = Config(98, 66);
      c.profile = profile;
      c.max_qp = MaxQuantiser(codec);
      c.temporal_layers = layers;
      Status status;
      auto s = TryOpen(c, status);
      ASSERT_EQ(s != nullptr, offered) << status.message();
      if (!s) continue;
      most = std::max(most, s->info().temporal_layers);
      Encoded e = RunOf(codec, *s, 98, 66, 13, {7});
      for (int up_to = 0; up_to < s->info().temporal_layers; ++up_to) JudgeLossy(codec, 98, 66, e, 34, up_to);
    }
    EXPECT_EQ(Log().find("refused"), std::string::npos) << Log();
    std::printf("cell: %s\n", most == 0 ? "not offered" : most == 1 ? "yes" : ("yes, L1T" + std::to_string(most)).c_str());
  }
  void ExpectNothingHeld(bool opened = true) {
    for (int i = 0; i < 6000 && OpenSessions(device()) > 0; ++i) usleep(10'000);
    EXPECT_EQ(OpenSessions(device()), 0);
    // The driver writes it when it is done with, which is before that.
    const std::string log = Log();
    EXPECT_TRUE(!opened || std::regex_search(log, std::regex(vaapi() ? "terminate.*=0" : "destroy buffers=0"))) << log;
    EXPECT_FALSE(std::regex_search(log, std::regex(vaapi() ? "terminate.*=[1-9]" : "destroy buffers=[1-9]"))) << log;
  }
};

TEST_P(Table, Size) {
  for (int width : {16, 64, 322}) {
    auto s = Open(Config(width, width / 2 + 8));
    ASSERT_TRUE(s);
    Judge(Run(*s, width, width / 2 + 8, 4, {2}));
  }
}

TEST_P(Table, OddSize) {
  for (int width : {17, 321}) {
    auto s = Open(Config(width, width - 8));
    ASSERT_TRUE(s);
    Judge(Run(*s, width, width - 8, 4, {2}));
  }
}

// All pictures of these tests have padded rows.
TEST_P(Table, Stride) {
  for (PixelFormat format : {PixelFormat::kI420, PixelFormat::kNV12}) {
    auto s = Open(Config(66, 50));
    ASSERT_TRUE(s);
    Judge(Run(*s, 66, 50, 4, {}, format));
  }
}

TEST_P(Table, Simulcast) {
  auto small = Open(Config(32, 24));
  auto middle = Open(Config(64, 48));
  auto large = Open(Config(128, 96));
  ASSERT_TRUE(small && middle && large);
  EXPECT_EQ(OpenSessions(device()), 3);
  Encoded a = Run(*small, 32, 24, 3), b = Run(*middle, 64, 48, 3), c = Run(*large, 128, 96, 3);
  Judge(a);
  Judge(b);
  Judge(c);
}

TEST_P(Table, TemporalLayers) {
  int most = 1;
  for (int layers : {2, 3}) {
    StreamConfig c = Config(80, 48);
    c.temporal_layers = layers;
    auto s = Open(c);
    ASSERT_TRUE(s);
    EXPECT_LE(s->info().temporal_layers, layers);
    most = std::max(most, s->info().temporal_layers);
    Encoded e = Run(*s, 80, 48, 13, {7});
    for (int up_to = 0; up_to < s->info().temporal_layers; ++up_to) Judge(e, up_to);
  }
  std::printf("cell: %s\n", most > 1 ? ("L1T" + std::to_string(most)).c_str() : "not offered");
}

TEST_P(Table, RateChange) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  const Rates rates[] = {{20'000'000, 30}, {20'000'000, 30}, {400'000, 30}, {400'000, 15}};
  Encoded e;
  for (int i = 0; i < 4; ++i) {
    Frame f(64, 48, i);
    Output out;
    ASSERT_TRUE(s->Encode(f.input(), false, rates[i], out).ok());
    EXPECT_EQ(out.key, i == 0) << "a change of rates makes no key picture";
    e.outputs.push_back(out);
    e.shown.push_back(f.shown());
  }
  if (s->info().rate_mode == RateMode::kCqp) {
    // The next picture already is coarser than without the change.
    auto same = Open(Config(64, 48));
    ASSERT_TRUE(same);
    Output last;
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(same->Encode(Frame(64, 48, i).input(), false, rates[0], last).ok());
    EXPECT_GT(e.outputs[2].qp, last.qp);
    std::printf("cell: yes, by a quantiser of our own\n");
  } else {
    static const std::regex line("picture .*bitrate=(\\d+)(?: percentage=(\\d+))?.* framerate=([0-9.]+)");
    std::string log = Log();
    int i = 0;
    for (std::sregex_iterator m(log.begin(), log.end(), line), end; m != end; ++m, ++i) {
      double share = (*m)[2].matched ? std::stod((*m)[2]) / 100 : 1;
      EXPECT_NEAR(std::stod((*m)[1]) * share, rates[i].bitrate_bps, 2) << log;
      EXPECT_EQ(std::stod((*m)[3]), rates[i].framerate) << log;
    }
    EXPECT_EQ(i, 4);
  }
  // Pictures that were left out for the bitrate are none.
  std::erase_if(e.outputs, [](const Output& o) { return o.data.empty(); });
  if (e.outputs.size() == e.shown.size()) Judge(e);
}

// From the application's memory to the driver's, of which ever kind its picture is.
TEST_P(Table, CopiesOfAPicture) {
  for (PixelFormat format : {PixelFormat::kI420, PixelFormat::kNV12}) {
    auto s = Open(Config(64, 48));
    ASSERT_TRUE(s);
    const uint64_t before = PicturesCopied();
    Run(*s, 64, 48, 10, {}, format);
    EXPECT_EQ(PicturesCopied() - before, 10u);
  }
  std::printf("cell: 1\n");
}

// In the memory of a device: encoded where it is, or not taken.
TEST_P(Table, ZeroCopy) {
  auto s = Open(Config(66, 50));
  ASSERT_TRUE(s);
  std::string taken;
  for (const NativeFormat& f : s->info().native_formats) taken = f.format == "NV12" ? f.memory : taken;
  Encoded e;
  const uint64_t before = PicturesCopied();
  for (int i = 0; i < 6; ++i) {
    Frame f(66, 50, i, PixelFormat::kNV12);
    Output out;
    Status status = EncodeNative(*s, f, {0, 0, 66, 50}, 66, 50, out);
    ASSERT_EQ(status.ok(), !taken.empty()) << status.message();
    EXPECT_EQ(status.of_picture(), taken.empty());
    e.outputs.push_back(out);
    e.shown.push_back(f.shown());
  }
  EXPECT_EQ(PicturesCopied(), before);
  if (!taken.empty()) Judge(e);
  s.reset();
  ExpectNothingHeld();
  std::printf("cell: %s\n", taken.empty() ? "not offered" : (taken + ", 0 copies").c_str());
}

// The same in a size that is not the picture's, as for a layer of simulcast.
TEST_P(Table, ZeroCopyScaled) {
  auto s = Open(Config(32, 24));
  ASSERT_TRUE(s);
  bool scales = false;
  for (const NativeFormat& f : s->info().native_formats) scales = scales || (f.format == "NV12" && f.scales);
  const uint64_t before = PicturesCopied();
  Output out;
  Status status = EncodeNative(*s, Frame(64, 48, 0, PixelFormat::kNV12), {0, 0, 64, 48}, 32, 24, out);
  EXPECT_EQ(status.ok(), scales) << status.message();
  EXPECT_EQ(status.of_picture(), !scales);
  EXPECT_EQ(PicturesCopied(), before);
  if (scales) {
    EXPECT_EQ(Decode(out.data).size(), size_t{32 * 24 * 3 / 2});
  }
  // What is not taken is copied.
  Judge(Run(*s, 32, 24, 2, {0}));
  std::printf("cell: %s\n", scales ? "on the device" : "not offered");
}

// A size that changes is a session anew, of which only one is open.
TEST_P(Table, SizeChange) {
  std::unique_ptr<WatchedSession> s;
  for (int width : {64, 98, 32}) {
    s.reset();
    s = Open(Config(width, 34));
    ASSERT_TRUE(s);
    EXPECT_EQ(OpenSessions(device()), 1);
    Judge(Run(*s, width, 34, 2));
    // A picture of another size is refused, not stretched.
    Frame f(width + 2, 34, 0);
    Output out;
    EXPECT_FALSE(s->Encode(f.input(), false, {1'000'000, 30}, out).ok());
  }
}

TEST_P(Table, Refused) {
  for (const char* fault : {"init", "config", "context", "open", "initialize"}) {
    const bool of_vaapi = fault[0] == 'c' || std::string(fault) == "init";
    if (of_vaapi == vaapi()) ExpectFailure(fault);
  }
}

TEST_P(Table, Fails) {
  if (vaapi()) {
    ExpectFailure("end");
  } else {
    ExpectFailure("encode");
    ExpectFailure("reconfigure");
  }
}

TEST_P(Table, Overflow) {
  ExpectFailure("overflow");
}

TEST_P(Table, Garbage) {
  ExpectFailure("garbage");
}

TEST_P(Table, Hang) {
  Status status;
  auto s = TryOpen(Config(64, 48), status, {kPatient.open, std::chrono::milliseconds(1000)});
  ASSERT_TRUE(s) << status.message();
  Fault("hang");
  Frame f(64, 48, 0);
  Output out;
  EXPECT_FALSE(s->Encode(f.input(), true, {1'000'000, 30}, out).ok());
  s.reset();
  Fault("");
  ExpectNothingHeld();
  EXPECT_TRUE(Open(Config(64, 48))) << "it works again";
}

TEST_P(Table, SessionLimit) {
  Fault("limit");
  auto a = Open(Config(64, 48));
  auto b = Open(Config(64, 48));
  Status status;
  EXPECT_FALSE(TryOpen(Config(64, 48), status));
  EXPECT_FALSE(status.message().empty());
  b.reset();
  EXPECT_TRUE(Open(Config(64, 48))) << "as many as were given back";
}

TEST_P(Table, NoLeak) {
  for (int i = 0; i < 20; ++i) {
    auto s = Open(Config(32 + i * 2, 32));
    ASSERT_TRUE(s);
    Run(*s, 32 + i * 2, 32, 2);
  }
  ExpectNothingHeld();
  std::string log = Log();
  const std::regex closed(vaapi() ? "terminate contexts=0 surfaces=0 buffers=0 configs=0 images=0" : "destroy buffers=0");
  EXPECT_EQ(std::distance(std::sregex_iterator(log.begin(), log.end(), closed), std::sregex_iterator()), 20) << log;
  EXPECT_EQ(log.find("refused"), std::string::npos) << log;
}

TEST_P(Table, Vp8) {
  TryCodec(Profile::kVp8);
}

TEST_P(Table, Vp9) {
  TryCodec(Profile::kVp9Profile0);
}

TEST_P(Table, Av1) {
  TryCodec(Profile::kAv1Main);
}

TEST_P(Table, H265) {
  TryCodec(Profile::kHevcMain);
}

INSTANTIATE_TEST_SUITE_P(Vaapi, Table,
                         ::testing::Values(Double{"VA", "intel"}, Double{"VA", "mesa"}, Double{"VA", "mesa-sequence"},
                                           Double{"VA", "mesa-none"}, Double{"VA", "cqp"}, Double{"VA", "cbr"},
                                           Double{"VA", "no-derive"}, Double{"VA", "no-import"}, Double{"VA", "no-scale"}),
                         [](const auto& info) { return std::regex_replace(info.param.persona, std::regex("-"), "_"); });
INSTANTIATE_TEST_SUITE_P(Nvenc, Table, ::testing::Values(Double{"NVENC", "layers"}, Double{"NVENC", "no-layers"}),
                         [](const auto& info) { return std::regex_replace(info.param.persona, std::regex("-"), "_"); });

}  // namespace
}  // namespace nrtc::hw
