// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// The encoder of VideoToolbox over the test double, which stands in for Apple's headers too:
// ffmpeg judges that what it decodes are the pictures that went in, to the bit.

#include "hw/videotoolbox.h"

#include <gtest/gtest.h>

#include <regex>

#include "hw/annexb.h"
#include "hw/devices.h"
#include "hw/picture_copy.h"
#include "hw/session_count.h"
#include "tests/doubles/videotoolbox/double.h"
#include "tests/hardware/judge.h"

namespace nrtc::hw {
namespace {

constexpr char kMac[] = "default";

class VideoToolbox : public DoubledTest {
 protected:
  VideoToolbox() : DoubledTest("VIDEOTOOLBOX", "") {}
  void TearDown() override {
    Fault("");
    for (int i = 0; i < 6000 && OpenSessions(kMac) > 0; ++i) usleep(10'000);
    EXPECT_EQ(OpenSessions(kMac), 0);
    EXPECT_EQ(VideoToolboxDoubleLiveObjects(), 0) << "all is given back";
    EXPECT_EQ(Log().find("refused"), std::string::npos) << Log();
    DoubledTest::TearDown();
  }

  static std::unique_ptr<WatchedSession> TryOpen(const StreamConfig& config, Status& status,
                                                 const Deadlines& deadlines = kPatient) {
    return WatchedSession::Open(kMac, VideoToolboxOpener(kMac), config, deadlines, status);
  }
  static std::unique_ptr<WatchedSession> Open(const StreamConfig& config) {
    Status status;
    auto s = TryOpen(config, status);
    EXPECT_TRUE(s) << status.message();
    return s;
  }
  static StreamConfig Layered(int layers) {
    StreamConfig c = Config(80, 48);
    c.temporal_layers = layers;
    return c;
  }
  // What the double was told with each picture.
  std::vector<std::string> Pictures() const {
    std::vector<std::string> lines;
    const std::string log = Log();
    static const std::regex line("picture [^\n]*");
    for (std::sregex_iterator m(log.begin(), log.end(), line), end; m != end; ++m) lines.push_back(m->str());
    return lines;
  }
  static std::vector<int> Keys(const Encoded& e) {
    std::vector<int> keys;
    for (size_t i = 0; i < e.outputs.size(); ++i) {
      if (e.outputs[i].key) keys.push_back(static_cast<int>(i));
    }
    return keys;
  }
  static bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
};

TEST_F(VideoToolbox, BitExactInEverySizeAndProfile) {
  const int sizes[][2] = {{64, 64}, {322, 182}, {16, 16}, {18, 34}, {321, 181}, {130, 2}};
  for (const char* persona : {"", "intel"}) {
    Persona(persona);
    for (auto profile : {Profile::kH264ConstrainedBaseline, Profile::kH264Main, Profile::kH264High}) {
      for (const auto& size : sizes) {
        SCOPED_TRACE(std::string(Name(profile)) + " " + std::to_string(size[0]) + "x" + std::to_string(size[1]));
        StreamConfig c = Config(size[0], size[1]);
        c.profile = profile;
        auto s = Open(c);
        ASSERT_TRUE(s);
        EXPECT_TRUE(s->info().hardware);
        Judge(Run(*s, size[0], size[1], 4, {3}));
      }
    }
  }
}

TEST_F(VideoToolbox, TakesNV12AndCopiesOnce) {
  for (PixelFormat format : {PixelFormat::kI420, PixelFormat::kNV12}) {
    auto s = Open(Config(66, 50));
    ASSERT_TRUE(s);
    const uint64_t before = PicturesCopied();
    Judge(Run(*s, 66, 50, 6, {}, format));
    EXPECT_EQ(PicturesCopied() - before, 6u);
  }
}

// However the driver writes its units and whenever it lets them go.
TEST_F(VideoToolbox, EveryMannerOfDelivery) {
  for (const char* persona : {"short", "late", "in-band", "untold", "unknown"}) {
    SCOPED_TRACE(persona);
    Persona(persona);
    auto s = Open(Config(64, 48));
    ASSERT_TRUE(s);
    Encoded e = Run(*s, 64, 48, 5, {2});
    EXPECT_EQ(Keys(e), (std::vector<int>{0, 2}));
    Judge(e);
    EXPECT_TRUE(s->info().hardware);
  }
}

TEST_F(VideoToolbox, KeyPicturesOnRequestAloneWithTheirParameterSets) {
  auto s = Open(Config(48, 32));
  ASSERT_TRUE(s);
  Encoded e = Run(*s, 48, 32, 40, {11, 12, 30});
  EXPECT_EQ(Keys(e), (std::vector<int>{0, 11, 12, 30}));
  for (const Output& o : e.outputs) {
    const H264Contents found = InspectH264(o.data);
    EXPECT_EQ(found.idr, o.key);
    EXPECT_EQ(found.parameter_sets, o.key);
    EXPECT_TRUE(!o.key || (o.data[4] & 31) == 7) << "the SPS comes first";
  }
  Judge(e);
}

TEST_F(VideoToolbox, TheSameParameterSetsOnce) {
  Persona("in-band");
  auto s = Open(Config(48, 32));
  ASSERT_TRUE(s);
  Encoded e = Run(*s, 48, 32, 1);
  int count = 0;
  for (size_t i = 0; i + 4 < e.outputs[0].data.size(); ++i) {
    const uint8_t* at = e.outputs[0].data.data() + i;
    count += at[0] == 0 && at[1] == 0 && at[2] == 1 && (at[3] & 31) == 7;
  }
  EXPECT_EQ(count, 1);
}

TEST_F(VideoToolbox, RatesFromTheNextPictureWithoutAKey) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  const Rates rates[] = {{20'000'000, 30}, {20'000'000, 30}, {400'000, 30}, {400'000, 15.5}, {400'000, 15.5}};
  for (int i = 0; i < 5; ++i) {
    Output out;
    ASSERT_TRUE(s->Encode(Frame(64, 48, i).input(), false, rates[i], out).ok());
    EXPECT_EQ(out.key, i == 0);
  }
  const auto told = Pictures();
  ASSERT_EQ(told.size(), 5u);
  EXPECT_TRUE(Contains(told[1], "bitrate=2e+07 limit=3.75e+06/1 framerate=30 ")) << told[1];
  EXPECT_TRUE(Contains(told[2], "bitrate=400000 limit=75000/1 framerate=30 ")) << told[2];
  EXPECT_TRUE(Contains(told[4], "bitrate=400000 limit=75000/1 framerate=15.5 ")) << told[4];
  const std::string log = Log();
  static const std::regex set("set bitrate");
  EXPECT_EQ(std::distance(std::sregex_iterator(log.begin(), log.end(), set), std::sregex_iterator()), 3)
      << "at the start and with each change: properties that are set all the time make encoders fail";
}

TEST_F(VideoToolbox, AsksForCalls) {
  StreamConfig c = Config(64, 48);
  c.max_qp = 40;
  auto s = Open(c);
  ASSERT_TRUE(s);
  Run(*s, 64, 48, 1);
  EXPECT_TRUE(Contains(Log(), "create 64x48 low_latency=1 required=1")) << Log();
  EXPECT_TRUE(Contains(Log(), "max_qp=40")) << Log();
  EXPECT_TRUE(Contains(Pictures()[0], "delay=0")) << Log();
}

// A Mac without low latency has the level that is needed; one that refuses it, the
// level of its choice.
TEST_F(VideoToolbox, FallsBackToWhatIsGranted) {
  Persona("intel");
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  Judge(Run(*s, 64, 48, 2));
  EXPECT_TRUE(Contains(Pictures().back(), "level=H264_Baseline_3_2 ")) << Log();
  Fault("level");
  s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  Judge(Run(*s, 64, 48, 2));
  EXPECT_TRUE(Contains(Pictures().back(), "level=H264_ConstrainedBaseline_AutoLevel ")) << Log();
  Fault("all-levels");
  Status status;
  EXPECT_FALSE(TryOpen(Config(64, 48), status));
  EXPECT_TRUE(Contains(status.message(), "profile and level")) << status.message();
}

TEST_F(VideoToolbox, TemporalLayers) {
  for (const char* persona : {"", "untold"}) {
    Persona(persona);
    for (int layers : {2, 3}) {
      auto s = Open(Layered(layers));
      ASSERT_TRUE(s);
      EXPECT_EQ(s->info().temporal_layers, 2) << "there are no more";
      Encoded e = Run(*s, 80, 48, 9, {5});
      std::vector<int> indices;
      for (const Output& o : e.outputs) {
        indices.push_back(o.temporal_index);
        EXPECT_EQ(o.layer_sync, o.key || o.temporal_index == 1);
      }
      EXPECT_EQ(indices, (std::vector<int>{0, 1, 0, 1, 0, 0, 1, 0, 1}));
      Judge(e, 0);
      Judge(e, 1);
    }
  }
  Persona("intel");
  auto s = Open(Layered(2));
  ASSERT_TRUE(s);
  EXPECT_EQ(s->info().temporal_layers, 1) << "layers need low latency";
  Encoded e = Run(*s, 80, 48, 3);
  EXPECT_EQ(e.outputs[1].temporal_index, 0);
  EXPECT_FALSE(e.outputs[0].layer_sync);
}

// Wherever it shows that the session is gone, that very picture is the first of the next.
TEST_F(VideoToolbox, ALostSessionIsReplacedOnTheVeryPicture) {
  int first = 0;
  for (const char* where : {"invalid", "invalid-property", "invalid-pool", "invalid-complete", "invalid-callback"}) {
    SCOPED_TRACE(where);
    auto s = Open(Layered(2));
    ASSERT_TRUE(s);
    Fault(where + ("@" + std::to_string(first + 3)));
    Encoded e;
    for (int i = 0; i < 7; ++i) {
      Frame f(80, 48, i);
      Output out;
      const Rates rates{i < 3 ? 20'000'000u : 900'000u, 30};
      Status status = s->Encode(f.input(), false, rates, out);
      ASSERT_TRUE(status.ok()) << status.message();
      e.outputs.push_back(out);
      e.shown.push_back(f.shown());
    }
    EXPECT_EQ(Keys(e), (std::vector<int>{0, 3}));
    Judge(e);
    Judge(e, 0);
    EXPECT_EQ(s->info().temporal_layers, 2);
    EXPECT_TRUE(Contains(Pictures().back(), "bitrate=900000 ")) << "the rates hold in the new one";
    first += 8;  // the picture was handed in twice
  }
}

TEST_F(VideoToolbox, ASessionThatIsLostAgainFails) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  Run(*s, 64, 48, 2);
  Fault("invalid");
  Output out;
  Status status = s->Encode(Frame(64, 48, 2).input(), false, {20'000'000, 30}, out);
  EXPECT_TRUE(Contains(status.message(), "kVTInvalidSessionErr")) << status.message();
}

TEST_F(VideoToolbox, ALostSessionThatIsNotReplacedFails) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  Run(*s, 64, 48, 2);
  Fault("invalid create");
  Output out;
  Status status = s->Encode(Frame(64, 48, 2).input(), false, {20'000'000, 30}, out);
  EXPECT_TRUE(Contains(status.message(), "kVTVideoEncoderNotAvailableNowErr")) << status.message();
}

// What was hardware is not silently something else after a loss.
TEST_F(VideoToolbox, NoSoftwareInPlaceOfHardwareThatWasLost) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  Run(*s, 64, 48, 2);
  Persona("software");
  Fault("invalid@2");
  Output out;
  EXPECT_FALSE(s->Encode(Frame(64, 48, 2).input(), false, {20'000'000, 30}, out).ok());
}

TEST_F(VideoToolbox, APictureThatIsLeftOut) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  Fault("drop@2 drop@4");
  Encoded e = Run(*s, 64, 48, 7, {4});
  EXPECT_TRUE(e.outputs[2].data.empty());
  EXPECT_TRUE(e.outputs[4].data.empty());
  EXPECT_EQ(Keys(e), (std::vector<int>{0, 5})) << "the key picture is still due";
  for (int i : {4, 2}) {
    e.outputs.erase(e.outputs.begin() + i);
    e.shown.erase(e.shown.begin() + i);
  }
  Judge(e);
}

TEST_F(VideoToolbox, FailuresInWords) {
  const struct {
    const char *fault, *message;
  } cases[] = {
      {"create", "could not open a session: kVTVideoEncoderNotAvailableNowErr"},
      {"prepare", "could not prepare an encoder: kVTVideoEncoderMalfunctionErr"},
      {"bitrate", "could not change the bitrate"},
      {"all-levels", "could not encode with this profile and level"},
      {"encode", "could not encode a picture"},
      {"callback", "could not encode a picture"},
      {"silent", "could not finish a picture"},
      {"lengths", "holds the picture"},
      {"empty", "holds the picture"},
      {"no-sets", "holds the picture"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.fault);
    Fault(c.fault);
    Status status;
    auto s = TryOpen(Config(64, 48), status);
    Output out;
    if (s) status = s->Encode(Frame(64, 48, 0).input(), true, {1'000'000, 30}, out);
    EXPECT_TRUE(Contains(status.message(), c.message)) << status.message();
    EXPECT_TRUE(out.data.empty());
    s.reset();
    EXPECT_EQ(VideoToolboxDoubleLiveObjects(), 0);
    Fault("");
    s = Open(Config(64, 48));
    ASSERT_TRUE(s) << "it works again";
    Run(*s, 64, 48, 1);
  }
}

TEST_F(VideoToolbox, AKeyPictureThatIsNone) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  Run(*s, 64, 48, 2);
  Fault("not-key");
  Output out;
  EXPECT_FALSE(s->Encode(Frame(64, 48, 2).input(), true, {20'000'000, 30}, out).ok());
}

TEST_F(VideoToolbox, APictureOfAnotherSizeIsRefused) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  Output out;
  EXPECT_FALSE(s->Encode(Frame(66, 48, 0).input(), true, {1'000'000, 30}, out).ok());
}

TEST_F(VideoToolbox, AHangIsLeftToItself) {
  Status status;
  auto s = TryOpen(Config(64, 48), status, {kPatient.open, std::chrono::milliseconds(1000)});
  ASSERT_TRUE(s) << status.message();
  Fault("hang");
  auto frame = std::make_shared<Frame>(64, 48, 0);
  Input in = frame->input();
  in.owner = frame;
  Output out;
  status = s->Encode(in, true, {1'000'000, 30}, out);
  EXPECT_TRUE(Contains(status.message(), "in time")) << status.message();
  s.reset();
  EXPECT_EQ(OpenSessions(kMac), 1);
}

TEST_F(VideoToolbox, TheTruthAboutHardware) {
  Persona("software");
  StreamConfig c = Config(64, 48);
  auto s = Open(c);
  ASSERT_TRUE(s);
  EXPECT_FALSE(s->info().hardware);
  Judge(Run(*s, 64, 48, 3));
  s.reset();
  c.require_hardware = true;
  Status status;
  EXPECT_FALSE(TryOpen(c, status));
  EXPECT_TRUE(Contains(status.message(), "kVTCouldNotFindVideoEncoderErr")) << status.message();
  EXPECT_TRUE(Contains(status.message(), "never run on a Mac")) << status.message();
}

TEST_F(VideoToolbox, AsManySessionsAsThereAre) {
  Fault("limit");
  auto a = Open(Config(64, 48)), b = Open(Config(32, 32));
  Status status;
  EXPECT_FALSE(TryOpen(Config(64, 48), status));
  EXPECT_TRUE(Contains(status.message(), "all encoders are taken")) << status.message();
  b.reset();
  EXPECT_TRUE(Open(Config(64, 48)));
}

// The double's HEVC has headers alone, so this is about them.
TEST_F(VideoToolbox, HevcUnits) {
  StreamConfig c = Layered(2);
  c.profile = Profile::kHevcMain;
  auto s = Open(c);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->info().temporal_layers, 2);
  Encoded e = Run(*s, 80, 48, 6, {4});
  EXPECT_EQ(Keys(e), (std::vector<int>{0, 4}));
  auto types = [](const Bytes& stream) {
    std::vector<int> found;
    for (size_t i = 0; i + 4 < stream.size(); ++i) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 0 && stream[i + 3] == 1) {
        found.push_back(stream[i + 4] >> 1);
      }
    }
    return found;
  };
  EXPECT_EQ(types(e.outputs[0].data), (std::vector<int>{32, 33, 34, 19}));
  EXPECT_EQ(types(e.outputs[1].data), std::vector<int>{0});
  EXPECT_EQ(types(e.outputs[2].data), std::vector<int>{1});
  EXPECT_EQ(types(e.outputs[4].data), (std::vector<int>{32, 33, 34, 19}));
  EXPECT_EQ(e.outputs[1].temporal_index, 1);
  EXPECT_EQ(e.outputs[2].temporal_index, 0);
  Persona("intel");
  Status status;
  EXPECT_FALSE(TryOpen(c, status));
}

TEST_F(VideoToolbox, Probe) {
  auto reports = ProbeDevices("videotoolbox", "", kPatient.open);
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].device, kMac);
  EXPECT_TRUE(Contains(reports[0].name, "test double")) << reports[0].name;
  ASSERT_EQ(reports[0].profiles.size(), 4u);
  EXPECT_EQ(reports[0].profiles[0].temporal_layers, 2);
  EXPECT_EQ(reports[0].profiles[3].profile, Profile::kHevcMain);
  EXPECT_EQ(reports[0].reason, "");
  EXPECT_EQ(ProbeDevices("", kMac, kPatient.open).size(), 1u) << "a word is a device of VideoToolbox";
  Persona("intel");
  reports = ProbeDevices("videotoolbox", kMac, kPatient.open);
  ASSERT_EQ(reports.size(), 1u);
  ASSERT_EQ(reports[0].profiles.size(), 3u);
  EXPECT_EQ(reports[0].profiles[0].temporal_layers, 1);
  Persona("software");
  reports = ProbeDevices("videotoolbox", "", kPatient.open);
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_TRUE(reports[0].profiles.empty()) << "software is none of the devices";
  EXPECT_TRUE(Contains(reports[0].reason, "there is no encoder as was asked for")) << reports[0].reason;
  EXPECT_TRUE(Contains(reports[0].reason, "never run on a Mac")) << reports[0].reason;
  Persona("");
  reports = ProbeDevices("videotoolbox", "other", kPatient.open);
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_TRUE(reports[0].profiles.empty());
  EXPECT_TRUE(Contains(reports[0].reason, "no device other")) << reports[0].reason;
}

}  // namespace
}  // namespace nrtc::hw
