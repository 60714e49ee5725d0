// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// What of VideoToolbox needs no Mac: its streams into Annex B, and what it is asked for.

#include <gtest/gtest.h>

#include <random>

#include "hw/annexb.h"
#include "hw/videotoolbox_properties.h"

namespace nrtc::hw {
namespace {

using Bytes = std::vector<uint8_t>;

void AppendUnit(Bytes& out, const Bytes& unit, int length_bytes) {
  for (int shift = (length_bytes - 1) * 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<uint8_t>(unit.size() >> shift & 255));
  }
  out.insert(out.end(), unit.begin(), unit.end());
}

bool Convert(NalSyntax syntax, const Bytes& in, int length_bytes, Bytes& out, NalContents& contents) {
  // Of exactly that size, so that a byte read beyond is noticed.
  std::unique_ptr<uint8_t[]> copy(new uint8_t[in.size()]);
  std::copy(in.begin(), in.end(), copy.get());
  return AppendAnnexB(syntax, copy.get(), in.size(), length_bytes, out, contents);
}

TEST(AnnexB, LengthsOfEverySize) {
  const Bytes sei = {6, 1, 2}, slice = {0x65, 9, 8, 7};
  for (int length_bytes = 1; length_bytes <= 4; ++length_bytes) {
    Bytes in, out = {42};
    AppendUnit(in, sei, length_bytes);
    AppendUnit(in, slice, length_bytes);
    NalContents contents;
    ASSERT_TRUE(Convert(NalSyntax::kH264, in, length_bytes, out, contents)) << length_bytes;
    EXPECT_EQ(out, (Bytes{42, 0, 0, 0, 1, 6, 1, 2, 0, 0, 0, 1, 0x65, 9, 8, 7}));
    EXPECT_TRUE(contents.slice && contents.random_access);
    EXPECT_FALSE(contents.parameter_sets || contents.disposable);
  }
}

TEST(AnnexB, LengthsThatAreWrong) {
  const Bytes wrong[] = {
      {0},                            // a part of a length
      {0, 0, 0},                      //
      {0, 0, 0, 0},                   // a unit of nothing
      {0, 0, 0, 2, 0x65},             // longer than what there is
      {0xff, 0xff, 0xff, 0xff, 1},    // by far
      {0x7f, 0xff, 0xff, 0xff, 1},    //
      {0, 0, 0, 1, 0x65, 0},          // something is left
      {0, 0, 0, 1, 0x65, 0, 0, 0, 9},
      {0, 0, 0, 1, 0xe5},             // the forbidden bit
  };
  for (const Bytes& in : wrong) {
    Bytes out = {1, 2, 3};
    NalContents contents;
    EXPECT_FALSE(Convert(NalSyntax::kH264, in, 4, out, contents));
    EXPECT_EQ(out, (Bytes{1, 2, 3})) << "nothing is appended";
  }
  Bytes out;
  NalContents contents;
  for (int length_bytes : {-1, 0, 5, 8}) EXPECT_FALSE(Convert(NalSyntax::kH264, {1, 0x65}, length_bytes, out, contents));
  EXPECT_FALSE(Convert(NalSyntax::kHevc, {1, 0x26}, 1, out, contents)) << "HEVC's header has two bytes";
  EXPECT_TRUE(Convert(NalSyntax::kH264, {}, 4, out, contents)) << "nothing is nothing";
  EXPECT_FALSE(contents.slice || contents.disposable);
}

TEST(AnnexB, WhatTheUnitsAre) {
  struct Case {
    NalSyntax syntax;
    std::vector<Bytes> units;
    bool parameter_sets, slice, random_access, disposable;
  };
  const auto h264 = NalSyntax::kH264, hevc = NalSyntax::kHevc;
  auto unit = [](int type, int temporal_id) {
    return Bytes{static_cast<uint8_t>(type << 1), static_cast<uint8_t>(temporal_id + 1)};
  };
  const Case cases[] = {
      {h264, {{0x67}, {0x68}, {0x65}}, true, true, true, false},
      {h264, {{0x67}, {0x65}}, false, true, true, false},
      {h264, {{0x41}}, false, true, false, false},
      {h264, {{0x01}}, false, true, false, true},
      {h264, {{0x01}, {0x41}}, false, true, false, false},
      {h264, {{0x06}, {0x0c}}, false, false, false, false},
      {hevc, {unit(32, 0), unit(33, 0), unit(34, 0), unit(19, 0)}, true, true, true, false},
      {hevc, {unit(33, 0), unit(34, 0), unit(20, 0)}, false, true, true, false},
      {hevc, {unit(21, 0)}, false, true, true, false},
      {hevc, {unit(1, 0)}, false, true, false, false},
      {hevc, {unit(0, 0)}, false, true, false, true},
      {hevc, {unit(1, 1)}, false, true, false, true},
      {hevc, {unit(39, 0)}, false, false, false, false},
  };
  int i = 0;
  for (const Case& c : cases) {
    SCOPED_TRACE(i++);
    Bytes in, out;
    for (const Bytes& u : c.units) AppendUnit(in, u, 2);
    NalContents contents;
    ASSERT_TRUE(Convert(c.syntax, in, 2, out, contents));
    EXPECT_EQ(contents.parameter_sets, c.parameter_sets);
    EXPECT_EQ(contents.slice, c.slice);
    EXPECT_EQ(contents.random_access, c.random_access);
    EXPECT_EQ(contents.disposable, c.disposable);
  }
}

// What is made of any bytes: nothing, or exactly the units that they hold.
TEST(AnnexB, AnyBytes) {
  std::mt19937 random(20260101);
  auto below = [&](size_t n) { return static_cast<size_t>(random() % n); };
  int taken = 0, refused = 0;
  for (int i = 0; i < 200000; ++i) {
    const int length_bytes = static_cast<int>(below(4)) + 1;
    const NalSyntax syntax = below(2) ? NalSyntax::kH264 : NalSyntax::kHevc;
    Bytes in;
    std::vector<Bytes> units;
    for (size_t count = below(5); count > 0; --count) {
      Bytes unit(2 + below(40));
      for (auto& b : unit) b = static_cast<uint8_t>(random());
      unit[0] &= 0x7f;
      AppendUnit(in, unit, length_bytes);
      units.push_back(unit);
    }
    const bool broken = below(2) != 0;
    for (size_t changes = broken ? 1 + below(4) : 0; changes > 0 && !in.empty(); --changes) {
      switch (below(3)) {
        case 0:
          in[below(in.size())] = static_cast<uint8_t>(random());
          break;
        case 1:
          in.resize(below(in.size() + 1));
          break;
        default:
          in.insert(in.begin() + static_cast<long>(below(in.size())), static_cast<uint8_t>(random()));
      }
    }
    Bytes out = {7};
    NalContents contents;
    if (!Convert(syntax, in, length_bytes, out, contents)) {
      ASSERT_TRUE(broken);
      ASSERT_EQ(out, Bytes{7});
      ++refused;
      continue;
    }
    ++taken;
    if (broken) {  // as long as its own lengths say
      units.clear();
      for (size_t at = 0; at < in.size();) {
        size_t length = 0;
        for (int k = 0; k < length_bytes; ++k) length = length * 256 + in[at++];
        units.emplace_back(in.begin() + static_cast<long>(at), in.begin() + static_cast<long>(at + length));
        at += length;
      }
    }
    Bytes want = {7};
    for (const Bytes& u : units) {
      want.insert(want.end(), {0, 0, 0, 1});
      want.insert(want.end(), u.begin(), u.end());
    }
    ASSERT_EQ(out, want);
  }
  EXPECT_GT(taken, 50000);
  EXPECT_GT(refused, 20000);
}

StreamConfig Stream(Profile profile, int width, int height, uint32_t bitrate_bps, bool require = true) {
  StreamConfig c;
  c.profile = profile;
  c.width = width;
  c.height = height;
  c.rates = {bitrate_bps, 30};
  c.require_hardware = require;
  return c;
}

std::vector<std::string> Levels(const StreamConfig& config, bool low_latency) {
  std::vector<std::string> levels;
  for (const auto& r : VideoToolboxRequests(config)) {
    if (r.low_latency == low_latency && r.hardware) levels.push_back(r.level);
  }
  return levels;
}

TEST(VideoToolboxRequests, TheLevelThatIsNeededAndThenOneThatIsChosen) {
  using Names = std::vector<std::string>;
  const auto cb = Profile::kH264ConstrainedBaseline;
  const Names chosen = {"H264_ConstrainedBaseline_AutoLevel", "H264_Baseline_AutoLevel"};
  EXPECT_EQ(Levels(Stream(cb, 1280, 720, 2'500'000), true), chosen);
  auto with = [&](const char* level) { return Names{level, chosen[0], chosen[1]}; };
  EXPECT_EQ(Levels(Stream(cb, 176, 144, 64'000), false), with("H264_Baseline_1_3")) << "there is no constant below";
  EXPECT_EQ(Levels(Stream(cb, 640, 480, 1'000'000), false), with("H264_Baseline_3_0"));
  EXPECT_EQ(Levels(Stream(cb, 1280, 720, 2'500'000), false), with("H264_Baseline_3_1"));
  EXPECT_EQ(Levels(Stream(cb, 1920, 1080, 4'000'000), false), with("H264_Baseline_4_0"));
  EXPECT_EQ(Levels(Stream(cb, 3840, 2160, 20'000'000), false), with("H264_Baseline_5_1"));
  EXPECT_EQ(Levels(Stream(cb, 8192, 4320, 20'000'000), false), chosen) << "beyond 5.2 there are no constants";
  EXPECT_EQ(Levels(Stream(cb, 16384, 16384, 20'000'000), false), chosen) << "nor is there a level";
  EXPECT_EQ(Levels(Stream(Profile::kH264Main, 176, 144, 64'000), false), (Names{"H264_Main_3_0", "H264_Main_AutoLevel"}));
  EXPECT_EQ(Levels(Stream(Profile::kH264High, 1280, 720, 2'500'000), false),
            (Names{"H264_High_3_1", "H264_High_AutoLevel"}));
  EXPECT_EQ(Levels(Stream(Profile::kHevcMain, 1280, 720, 2'500'000), false), Names{"HEVC_Main_AutoLevel"});
  StreamConfig peaks = Stream(cb, 1280, 720, 1'000'000);
  peaks.max_bitrate_bps = 18'000'000;
  EXPECT_EQ(Levels(peaks, false), with("H264_Baseline_3_2")) << "the level must allow the most";
}

TEST(VideoToolboxRequests, HardwareBeforeSoftwareAndLowLatencyBeforeNone) {
  const auto requests = VideoToolboxRequests(Stream(Profile::kH264Main, 1280, 720, 2'500'000, false));
  const std::vector<VideoToolboxRequest> want = {{true, true, "H264_Main_AutoLevel"},
                                                 {false, true, "H264_Main_3_1"},
                                                 {false, true, "H264_Main_AutoLevel"},
                                                 {false, false, "H264_Main_3_1"},
                                                 {false, false, "H264_Main_AutoLevel"}};
  EXPECT_EQ(requests, want);
  for (const auto& r : VideoToolboxRequests(Stream(Profile::kH264Main, 1280, 720, 2'500'000))) EXPECT_TRUE(r.hardware);
}

TEST(VideoToolboxRates, HalfAsMuchAgainInASecond) {
  const DataRateLimit limit = VideoToolboxDataRateLimit(800'000);
  EXPECT_EQ(limit.bytes, 150'000);
  EXPECT_EQ(limit.seconds, 1);
  EXPECT_EQ(VideoToolboxDataRateLimit(0).bytes, 1) << "no bytes would be no limit";
  EXPECT_EQ(VideoToolboxDataRateLimit(UINT32_MAX).bytes, 805'306'367);
}

TEST(OsStatus, InWords) {
  EXPECT_EQ(OsStatusText(-12903),
            "kVTInvalidSessionErr (-12903): the session is no longer valid, as after sleep or in the background");
  EXPECT_NE(OsStatusText(-12908).find("kVTCouldNotFindVideoEncoderErr"), std::string::npos);
  EXPECT_NE(OsStatusText(-6661).find("kCVReturnInvalidArgument"), std::string::npos);
  EXPECT_EQ(OsStatusText(-1), "OSStatus -1");
  EXPECT_EQ(OsStatusText(0x666d743f), "OSStatus 1718449215 ('fmt?')");
  EXPECT_TRUE(IsInvalidSession(-12903));
  EXPECT_FALSE(IsInvalidSession(0) || IsInvalidSession(-12912));
}

}  // namespace
}  // namespace nrtc::hw
