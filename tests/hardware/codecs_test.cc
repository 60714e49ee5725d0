// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// The encoders of codecs but H.264 over the test doubles, which compress by those codecs'
// own libraries; judged by ffmpeg.

#include <gtest/gtest.h>

#include <regex>

#include "hw/hevc_stream.h"
#include "hw/nvenc.h"
#include "hw/session_count.h"
#include "hw/vaapi.h"
#include "hw/vpx_quantiser.h"
#include "hw/vpx_references.h"
#include "tests/hardware/lossy.h"

namespace nrtc::hw {
namespace {

// A block of the wrong picture would make it 25 at most.
constexpr double kGood = 34;
// Less would do even if the decoder kept other references than the encoder.
constexpr double kGoodOfAv1 = 40;

struct CodecCase {
  const char* backend;
  Profile profile;
};

class Codecs : public LossyTest, public ::testing::WithParamInterface<CodecCase> {
 protected:
  Codecs() : LossyTest(GetParam().backend, "intel") {}

  static bool vaapi() { return std::string(GetParam().backend) == "VA"; }
  static const char* device() { return vaapi() ? "/dev/null" : "0"; }
  static SessionOpener Opener() { return vaapi() ? VaapiOpener(device()) : NvencOpener(device()); }
  static Codec codec() { return CodecOf(GetParam().profile); }

  static StreamConfig ConfigOf(int width, int height) {
    StreamConfig c = Config(width, height);
    c.profile = GetParam().profile;
    c.max_qp = MaxQuantiser(codec());
    return c;
  }
  static std::unique_ptr<WatchedSession> Open(const StreamConfig& config) {
    Status status;
    auto s = WatchedSession::Open(device(), Opener(), config, kPatient, status);
    EXPECT_TRUE(s) << status.message();
    return s;
  }
  void JudgeGood(int width, int height, const Encoded& e, int up_to_layer = 2) {
    JudgeLossy(codec(), width, height, e, codec() == Codec::kAv1 ? kGoodOfAv1 : kGood, up_to_layer);
  }
  void ExpectNoLeaks() {
    const std::string log = Log();
    EXPECT_EQ(log.find("refused"), std::string::npos) << log;
    EXPECT_FALSE(std::regex_search(log, std::regex("(terminate|destroy ).*=[1-9]"))) << log;
    EXPECT_EQ(OpenSessions(device()), 0);
  }
};

TEST_P(Codecs, EverySize) {
  const int sizes[][2] = {{64, 64}, {322, 182}, {321, 181}, {66, 50}, {35, 17}};
  for (const auto& size : sizes) {
    for (PixelFormat format : {PixelFormat::kI420, PixelFormat::kNV12}) {
      SCOPED_TRACE(std::to_string(size[0]) + "x" + std::to_string(size[1]));
      auto s = Open(ConfigOf(size[0], size[1]));
      ASSERT_TRUE(s);
      JudgeGood(size[0], size[1], RunOf(codec(), *s, size[0], size[1], 5, {3}, format));
    }
  }
  ExpectNoLeaks();
}

TEST_P(Codecs, KeyPicturesOnRequestOnly) {
  auto s = Open(ConfigOf(64, 48));
  ASSERT_TRUE(s);
  Encoded e = RunOf(codec(), *s, 64, 48, 150, {70, 71, 149});
  std::vector<int> said;
  for (size_t i = 0; i < e.outputs.size(); ++i) {
    if (e.outputs[i].key) said.push_back(static_cast<int>(i));
  }
  EXPECT_EQ(said, (std::vector<int>{0, 70, 71, 149}));
  EXPECT_EQ(KeysSeen(codec(), 64, 48, e), said);
  JudgeGood(64, 48, e);
}

TEST_P(Codecs, TemporalLayersCanBeLeftOut) {
  for (int layers : {2, 3}) {
    StreamConfig c = ConfigOf(80, 48);
    c.temporal_layers = layers;
    auto s = Open(c);
    ASSERT_TRUE(s);
    if (s->info().temporal_layers == 1) continue;  // the table tells
    EXPECT_EQ(s->info().temporal_layers, layers);
    Encoded e = RunOf(codec(), *s, 80, 48, 21, {10});
    for (int up_to = 0; up_to < layers; ++up_to) {
      SCOPED_TRACE(std::to_string(layers) + " layers, up to " + std::to_string(up_to));
      JudgeGood(80, 48, e, up_to);
    }
  }
  ExpectNoLeaks();
}

// What the driver is told, and what comes of it.
TEST_P(Codecs, RatesHoldFromTheNextPictureWithoutAKeyPicture) {
  StreamConfig c = ConfigOf(160, 120);
  c.rates = {3'000'000, 30};
  auto s = Open(c);
  ASSERT_TRUE(s);
  auto encode = [&](int from, int count, const Rates& rates) {
    size_t bytes = 0;
    for (int i = from; i < from + count; ++i) {
      Frame f(160, 120, i);
      Output out;
      Status status = s->Encode(f.input(), false, rates, out);
      EXPECT_TRUE(status.ok()) << status.message();
      EXPECT_EQ(out.key, i == 0);
      if (i >= from + count / 2) bytes += out.data.size();
    }
    return static_cast<double>(bytes) * 8 * rates.framerate / (count - count / 2);
  };
  EXPECT_LT(encode(0, 40, {3'000'000, 30}), 1.4 * 3'000'000);
  EXPECT_LT(encode(40, 40, {600'000, 30}), 1.4 * 600'000);
  EXPECT_LT(encode(80, 40, {600'000, 15}), 1.4 * 600'000);
  const std::string log = Log();
  EXPECT_EQ(log.find("refused"), std::string::npos) << log;
  if (!vaapi()) return;
  static const std::regex line("bitrate=(\\d+) percentage=(\\d+) window=(\\d+) framerate=([0-9.]+)");
  int i = 0;
  for (std::sregex_iterator m(log.begin(), log.end(), line), end; m != end; ++m, ++i) {
    EXPECT_NEAR(std::stod((*m)[1]) * std::stod((*m)[2]) / 100, i < 40 ? 3'000'000 : 600'000, 2) << i;
    EXPECT_EQ(std::stod((*m)[4]), i < 80 ? 30 : 15) << i;
  }
  EXPECT_EQ(i, 120);
}

TEST_P(Codecs, AQuantiserOfOurOwnWhereTheDriverHasNoRateControl) {
  if (!vaapi()) return;  // NVENC always has rate control
  Persona("cqp");
  auto s = Open(ConfigOf(160, 120));
  ASSERT_TRUE(s);
  EXPECT_EQ(s->info().rate_mode, RateMode::kCqp);
  for (double target : {2'000'000.0, 800'000.0}) {
    size_t bytes = 0;
    for (int i = 0; i < 90; ++i) {
      Frame f(160, 120, i);
      Output out;
      ASSERT_TRUE(s->Encode(f.input(), false, {static_cast<uint32_t>(target), 30}, out).ok());
      if (i >= 30) bytes += out.data.size();
      EXPECT_LE(out.qp, MaxQuantiser(codec()));
    }
    EXPECT_NEAR(static_cast<double>(bytes) * 8 / 2, target, target / 3);
  }
  s.reset();
  s = Open(ConfigOf(64, 48));
  ASSERT_TRUE(s);
  JudgeGood(64, 48, RunOf(codec(), *s, 64, 48, 10, {5}));
  s.reset();
  ExpectNoLeaks();
}

TEST_P(Codecs, FailuresAreErrorsAndLeakNothing) {
  for (const char* fault : {"init", "config", "context", "end", "open", "initialize", "encode", "overflow", "garbage"}) {
    const std::string name = fault;
    const bool of_vaapi = name == "init" || name == "config" || name == "context" || name == "end";
    const bool of_both = name == "overflow" || name == "garbage";
    if (!of_both && of_vaapi != vaapi()) continue;
    SCOPED_TRACE(fault);
    Fault(fault);
    Status status;
    auto s = WatchedSession::Open(device(), Opener(), ConfigOf(64, 48), kPatient, status);
    if (s) {
      Frame f(64, 48, 0);
      Output out;
      status = s->Encode(f.input(), true, {1'000'000, 30}, out);
    }
    EXPECT_FALSE(status.ok());
    EXPECT_FALSE(status.message().empty());
    s.reset();
    Fault("");
    EXPECT_EQ(OpenSessions(device()), 0);
    EXPECT_TRUE(Open(ConfigOf(64, 48))) << "it works again";
  }
  EXPECT_FALSE(std::regex_search(Log(), std::regex("(terminate|destroy ).*=[1-9]"))) << Log();
}

INSTANTIATE_TEST_SUITE_P(Nvenc, Codecs, ::testing::Values(CodecCase{"NVENC", Profile::kHevcMain}),
                         [](const auto& info) { return std::string(Name(CodecOf(info.param.profile))); });
INSTANTIATE_TEST_SUITE_P(Vaapi, Codecs,
                         ::testing::Values(CodecCase{"VA", Profile::kVp8}, CodecCase{"VA", Profile::kVp9Profile0},
                                           CodecCase{"VA", Profile::kHevcMain}, CodecCase{"VA", Profile::kAv1Main}),
                         [](const auto& info) { return std::string(Name(CodecOf(info.param.profile))); });

TEST(HevcStream, LowestLevelThatAllowsIt) {
  EXPECT_EQ(ChooseHevcLevel(320, 240, 30, 500'000), 60);
  EXPECT_EQ(ChooseHevcLevel(1280, 720, 30, 2'500'000), 93);
  EXPECT_EQ(ChooseHevcLevel(1920, 1080, 30, 5'000'000), 120);
  EXPECT_EQ(ChooseHevcLevel(1920, 1080, 60, 5'000'000), 123);
  EXPECT_EQ(ChooseHevcLevel(3840, 2160, 30, 30'000'000), 153);
  EXPECT_EQ(ChooseHevcLevel(16000, 16000, 30, 1'000'000), 0);
  // A picture of few samples and yet too wide.
  EXPECT_EQ(ChooseHevcLevel(4096, 16, 5, 64'000), 120);
  const Bytes garbage(64, 0xa5);
  EXPECT_FALSE(InspectHevc(garbage).slice);
}

TEST(VpxReferences, ThreeLayers) {
  VpxReferences r(3);
  std::vector<int> layers, distances, used;
  for (int i = 0; i < 9; ++i) {
    VpxPicture p = r.Next(false);
    layers.push_back(p.temporal_index);
    distances.push_back(p.distance);
    used.push_back(p.used);
    if (!p.key) {
      for (int buffer : p.slots) EXPECT_NE(p.slot, buffer) << "a picture over one that is held";
    }
    r.Commit(p);
  }
  EXPECT_EQ(layers, (std::vector<int>{0, 2, 1, 2, 0, 2, 1, 2, 0}));
  EXPECT_EQ(distances, (std::vector<int>{0, 1, 2, 1, 4, 1, 2, 1, 4}));
  EXPECT_EQ(used, (std::vector<int>{kVpxLast, kVpxLast, kVpxLast, kVpxGolden, kVpxLast, kVpxLast, kVpxLast, kVpxGolden,
                                    kVpxLast}));
  EXPECT_TRUE(r.Next(true).key);
}

TEST(VpxQuantiser, RisesAndStaysWithinItsRange) {
  for (auto index : {Vp8IndexOf, Vp9IndexOf}) {
    int last = -1;
    for (int qp = 0; qp <= 51; ++qp) {
      EXPECT_GE(index(qp), last);
      last = index(qp);
    }
  }
  EXPECT_EQ(Vp8IndexOf(kVp8CoarsestQp), 127);
  EXPECT_GE(Vp9IndexOf(0), 1) << "0 is without loss";
  EXPECT_GT(Vp9IndexOf(kVp9CoarsestQp), 230);
}

TEST(VpxQuantiser, NoPictureInGarbage) {
  EXPECT_FALSE(InspectVp8({}).frame);
  EXPECT_FALSE(InspectVp9({}).frame);
  const Bytes garbage(64, 0xa5);
  EXPECT_FALSE(InspectVp8(garbage).frame);
  EXPECT_FALSE(InspectVp9(garbage).frame);
}

}  // namespace
}  // namespace nrtc::hw
