// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// What of H.265 on VAAPI is free of the other codecs: headers, references, the true size, and
// what they are to ffmpeg.

#include <gtest/gtest.h>

#include <regex>

#include "hw/hevc_headers.h"
#include "hw/hevc_references.h"
#include "hw/hevc_stream.h"
#include "hw/hevc_window.h"
#include "hw/picture_copy.h"
#include "hw/vaapi.h"
#include "tests/hardware/device_picture.h"
#include "tests/hardware/lossy.h"

namespace nrtc::hw {
namespace {

TEST(HevcHeaders, SliceHeadersNeverNeedEmulationPrevention) {
  // So a driver that inserts it itself and one that does not make the same of them.
  HevcSequence s;
  for (int tools = 0; tools < 4; ++tools) {
    s.temporal_mvp = tools & 1;
    s.sao = tools & 2;
    for (int poc = 0; poc < 256; ++poc) {
      for (int qp = 0; qp <= 51; ++qp) {
        for (int variant = 0; variant < 6; ++variant) {
          HevcSlice slice;
          slice.qp = qp;
          slice.bidirectional = variant % 2 == 1;
          if (variant > 1) {
            slice.nal = kHevcTrailR;
            slice.poc = poc;
            slice.kept = {{variant < 4 ? 1 : 4, true}};
          }
          if (variant == 5) slice.kept = {{1, true}, {3, false}};
          const PackedHeader h = HevcSliceHeader(s, slice);
          for (size_t i = 4; i + 2 < h.bytes.size(); ++i) {
            ASSERT_FALSE(h.bytes[i] == 0 && h.bytes[i + 1] == 0 && h.bytes[i + 2] <= 3)
                << poc << " " << qp << " " << variant;
          }
        }
      }
    }
  }
}

TEST(HevcHeaders, SizesOfWholeBlocks) {
  HevcSequence s;
  s.log2_min_cb = 3;
  s.log2_ctb = 6;
  s.width = 321;
  s.height = 181;
  EXPECT_EQ(s.coded_width(), 328);
  EXPECT_EQ(s.coded_height(), 184);
  EXPECT_EQ(s.crop_right(), 3);
  EXPECT_EQ(s.crop_bottom(), 1);
  EXPECT_EQ(s.ctbs(), 18);
  s.log2_min_cb = 4;
  s.width = s.height = 16;
  EXPECT_FALSE(s.cropped());
}

struct Pattern {
  std::vector<int> layers, nals, distances, kept, syncs;
};

Pattern PatternOf(int layers, int count) {
  HevcReferences r(layers);
  Pattern found;
  for (int i = 0; i < count; ++i) {
    const HevcPicture p = r.Next(false);
    found.layers.push_back(p.slice.temporal_index);
    found.nals.push_back(p.slice.nal);
    found.kept.push_back(static_cast<int>(p.kept.size()));
    found.syncs.push_back(p.layer_sync);
    found.distances.push_back(p.kept.empty() ? 0 : p.slice.kept[0].distance);
    EXPECT_EQ(p.slice.kept.size(), p.kept.size());
    EXPECT_LE(p.kept.size(), static_cast<size_t>(r.max_references()));
    EXPECT_LT(p.slot, r.slots());
    for (size_t k = 0; k < p.kept.size(); ++k) {
      EXPECT_NE(p.kept[k].slot, p.slot) << "a picture over one that is kept";
      EXPECT_EQ(p.kept[k].poc, p.slice.poc - p.slice.kept[k].distance);
      EXPECT_EQ(p.slice.kept[k].used, k == 0);
    }
    r.Commit(p);
  }
  EXPECT_TRUE(r.Next(true).slice.idr());
  EXPECT_EQ(r.Next(true).slice.poc, 0);
  return found;
}

TEST(HevcReferences, OneLayer) {
  const Pattern p = PatternOf(1, 5);
  EXPECT_EQ(p.nals, (std::vector<int>{19, 1, 1, 1, 1}));
  EXPECT_EQ(p.distances, (std::vector<int>{0, 1, 1, 1, 1}));
  EXPECT_EQ(p.syncs, (std::vector<int>{0, 0, 0, 0, 0}));
}

TEST(HevcReferences, TwoLayers) {
  const Pattern p = PatternOf(2, 5);
  EXPECT_EQ(p.layers, (std::vector<int>{0, 1, 0, 1, 0}));
  EXPECT_EQ(p.nals, (std::vector<int>{19, 2, 1, 2, 1}));
  EXPECT_EQ(p.distances, (std::vector<int>{0, 1, 2, 1, 2}));
  EXPECT_EQ(p.syncs, (std::vector<int>{1, 1, 0, 1, 0}));
}

TEST(HevcReferences, ThreeLayers) {
  const Pattern p = PatternOf(3, 9);
  EXPECT_EQ(p.layers, (std::vector<int>{0, 2, 1, 2, 0, 2, 1, 2, 0}));
  EXPECT_EQ(p.nals, (std::vector<int>{19, 2, 3, 2, 1, 2, 3, 2, 1}));
  EXPECT_EQ(p.distances, (std::vector<int>{0, 1, 2, 1, 4, 1, 2, 1, 4}));
  EXPECT_EQ(p.kept, (std::vector<int>{0, 1, 1, 2, 1, 1, 1, 2, 1}));
  EXPECT_EQ(p.syncs, (std::vector<int>{1, 1, 1, 0, 0, 1, 1, 0, 0}));
}

// What another true size is told by.
Bytes SetsOf(int width, int height, int layers) {
  HevcSequence s;
  s.width = width;
  s.height = height;
  s.temporal_layers = layers;
  return HevcParameterSets(s).bytes;
}

TEST(HevcWindow, TellsTheTrueSize) {
  for (int layers : {1, 3}) {
    // No window yet, and another one.
    for (int before : {112, 104}) {
      Bytes stream = SetsOf(before, 80, layers);
      stream.insert(stream.end(), {0, 0, 1, 0x26, 1, 0xaf});
      Bytes want = SetsOf(97, 66, layers);
      want.insert(want.end(), {0, 0, 1, 0x26, 1, 0xaf});
      ASSERT_TRUE(SetHevcWindow(stream, 97, 66));
      // Zeros before a start code are none of a unit.
      auto without = [](Bytes b) {
        Bytes out;
        for (size_t i = 0; i < b.size(); ++i) {
          if (i + 3 < b.size() && b[i] == 0 && b[i + 1] == 0 && b[i + 2] == 0 && b[i + 3] <= 1) continue;
          out.push_back(b[i]);
        }
        return out;
      };
      EXPECT_EQ(without(stream), without(want));
    }
  }
}

TEST(HevcWindow, LeavesWhatItCannotRead) {
  Bytes small = SetsOf(64, 64, 1);
  const Bytes before = small;
  EXPECT_FALSE(SetHevcWindow(small, 66, 64));
  EXPECT_EQ(small, before);
  Bytes none = {0, 0, 1, 0x26, 1, 0xaf};
  EXPECT_FALSE(SetHevcWindow(none, 16, 16));
  // Of any length, and of any content.
  std::minstd_rand random(3);
  for (int i = 0; i < 20000; ++i) {
    Bytes garbage = {0, 0, 1, kHevcSps << 1, 1};
    for (size_t n = random() % 40; n > 0; --n) garbage.push_back(static_cast<uint8_t>(random() >> 8 & (i % 2 ? 255 : 3)));
    SetHevcWindow(garbage, 16, 16);
  }
  Bytes cut = SetsOf(64, 64, 1);
  for (; !cut.empty(); cut.pop_back()) SetHevcWindow(cut, 16, 16);
}

class HevcOnVaapi : public LossyTest {
 protected:
  HevcOnVaapi() : LossyTest("VA", "intel") {}

  // What ffmpeg reads of the headers, name by name.
  std::vector<std::string> Traced(const Encoded& e, const std::string& name) {
    const Bytes stream = FileOf(Codec::kHevc, 0, 0, e, 2);
    std::ofstream(dir_ / "t.h265", std::ios::binary)
        .write(reinterpret_cast<const char*>(stream.data()), static_cast<long>(stream.size()));
    const std::string command = "ffmpeg -nostdin -v info -i '" + (dir_ / "t.h265").string() +
                                "' -c copy -bsf:v trace_headers -f null - 2>'" + (dir_ / "trace").string() + "'";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::string trace = ReadFile(dir_ / "trace");
    EXPECT_EQ(trace.find("rror"), std::string::npos) << trace;
    trace.erase(0, trace.find("] Packet: "));  // what it takes out of the stream to keep it apart
    std::vector<std::string> values;
    const std::regex line("\\] \\d+ +" + name + "(?:\\[\\d+\\])? +[01]+ = (-?\\d+)\n");
    for (std::sregex_iterator m(trace.begin(), trace.end(), line), end; m != end; ++m) values.push_back((*m)[1]);
    return values;
  }
  Encoded EncodedOf(const StreamConfig& config, int count) {
    Status status;
    auto s = WatchedSession::Open("/dev/null", VaapiOpener("/dev/null"), config, kPatient, status);
    EXPECT_TRUE(s) << status.message();
    return s ? RunOf(Codec::kHevc, *s, config.width, config.height, count) : Encoded();
  }
  static StreamConfig ConfigOf(int width, int height) {
    StreamConfig c = Config(width, height);
    c.profile = Profile::kHevcMain;
    return c;
  }
};

using Values = std::vector<std::string>;

TEST_F(HevcOnVaapi, HeadersAsFfmpegReadsThem) {
  StreamConfig c = ConfigOf(1278, 718);
  c.rates = {2'000'000, 30};
  const Encoded e = EncodedOf(c, 1);
  EXPECT_EQ(Traced(e, "general_tier_flag"), (Values{"0", "0"}));
  EXPECT_EQ(Traced(e, "general_profile_idc"), (Values{"1", "1"}));
  EXPECT_EQ(Traced(e, "general_level_idc"), (Values{"93", "93"}));
  EXPECT_EQ(Traced(e, "pic_width_in_luma_samples"), Values{"1280"});
  EXPECT_EQ(Traced(e, "pic_height_in_luma_samples"), Values{"720"});
  EXPECT_EQ(Traced(e, "conf_win_right_offset"), Values{"1"});
  EXPECT_EQ(Traced(e, "conf_win_bottom_offset"), Values{"1"});
  EXPECT_EQ(Traced(e, "sps_max_num_reorder_pics"), Values{"0"});
  EXPECT_EQ(Traced(e, "sps_max_dec_pic_buffering_minus1"), Values{"1"});
  EXPECT_EQ(Traced(e, "nal_unit_type"), (Values{"32", "33", "34", "19"}));
}

TEST_F(HevcOnVaapi, LayersAsFfmpegReadsThem) {
  StreamConfig c = ConfigOf(64, 64);
  c.temporal_layers = 3;
  const Encoded e = EncodedOf(c, 5);
  EXPECT_EQ(Traced(e, "sps_max_sub_layers_minus1"), Values{"2"});
  EXPECT_EQ(Traced(e, "sps_max_dec_pic_buffering_minus1"), Values{"2"});
  EXPECT_EQ(Traced(e, "sps_temporal_id_nesting_flag"), Values{"1"});
  EXPECT_EQ(Traced(e, "nal_unit_type"), (Values{"32", "33", "34", "19", "2", "3", "2", "1"}));
  EXPECT_EQ(Traced(e, "nuh_temporal_id_plus1"), (Values{"1", "1", "1", "1", "3", "2", "3", "1"}));
  EXPECT_EQ(Traced(e, "slice_pic_order_cnt_lsb"), (Values{"1", "2", "3", "4"}));
}

// Low-power engines of Intel make no P pictures.
TEST_F(HevcOnVaapi, TwoListsWhereTheDriverTakesNoOther) {
  Persona("cqp");
  const Encoded e = EncodedOf(ConfigOf(98, 66), 6);
  EXPECT_EQ(Traced(e, "slice_type"), (Values{"2", "0", "0", "0", "0", "0"}));
  JudgeLossy(Codec::kHevc, 98, 66, e, 34);
  Persona("intel");
  EXPECT_EQ(Traced(EncodedOf(ConfigOf(98, 66), 2), "slice_type"), (Values{"2", "1"}));
  EXPECT_EQ(Log().find("refused"), std::string::npos) << Log();
}

// A driver that takes the parameter sets and leaves it to the application to send them.
TEST_F(HevcOnVaapi, ParameterSetsWhereTheDriverLeavesThemOut) {
  Persona("no-sets");
  const Encoded e = EncodedOf(ConfigOf(98, 66), 4);
  EXPECT_EQ(Traced(e, "nal_unit_type"), (Values{"32", "33", "34", "19", "1", "1", "1"}));
  JudgeLossy(Codec::kHevc, 98, 66, e, 34);
}

// Parts of the standard that a driver tells of are used as it tells.
TEST_F(HevcOnVaapi, ToolsAreTheDrivers) {
  const Encoded told = EncodedOf(ConfigOf(98, 66), 1);
  EXPECT_EQ(Traced(told, "log2_diff_max_min_luma_coding_block_size"), Values{"3"});
  EXPECT_EQ(Traced(told, "sample_adaptive_offset_enabled_flag"), Values{"1"});
  EXPECT_EQ(Traced(told, "cu_qp_delta_enabled_flag"), Values{"1"});
  EXPECT_EQ(Traced(told, "diff_cu_qp_delta_depth"), Values{"3"});
  EXPECT_EQ(Traced(told, "transform_skip_enabled_flag"), Values{"0"});
  StreamConfig screen = ConfigOf(98, 66);
  screen.screen = true;
  EXPECT_EQ(Traced(EncodedOf(screen, 1), "transform_skip_enabled_flag"), Values{"1"});
  Persona("cbr");
  const Encoded untold = EncodedOf(ConfigOf(98, 66), 1);
  EXPECT_EQ(Traced(untold, "log2_diff_max_min_luma_coding_block_size"), Values{"1"});
  EXPECT_EQ(Traced(untold, "sample_adaptive_offset_enabled_flag"), Values{"0"});
  Persona("cqp");
  const Encoded constant = EncodedOf(ConfigOf(98, 66), 1);
  EXPECT_EQ(Traced(constant, "amp_enabled_flag"), Values{"0"});
  EXPECT_EQ(Traced(constant, "cu_qp_delta_enabled_flag"), Values{"0"});
  EXPECT_EQ(Log().find("refused"), std::string::npos) << Log();
}

TEST_F(HevcOnVaapi, ADriverThatInsistsOnMoreIsNotUsed) {
  Persona("insists");
  Status status;
  EXPECT_FALSE(WatchedSession::Open("/dev/null", VaapiOpener("/dev/null"), ConfigOf(64, 64), kPatient, status));
  EXPECT_NE(status.message().find("insists"), std::string::npos) << status.message();
}

TEST_F(HevcOnVaapi, DmabufsAreEncodedWhereTheyAre) {
  Status status;
  auto s = WatchedSession::Open("/dev/null", VaapiOpener("/dev/null"), ConfigOf(98, 66), kPatient, status);
  ASSERT_TRUE(s) << status.message();
  Encoded e;
  const uint64_t before = PicturesCopied();
  for (int i = 0; i < 6; ++i) {
    const Frame frame(98, 66, i, PixelFormat::kNV12, true);
    DmabufFrame dmabuf(frame);
    Output out;
    status = s->Encode(dmabuf.input(), false, {20'000'000, 30}, out);
    ASSERT_TRUE(status.ok()) << status.message();
    e.outputs.push_back(out);
    e.shown.push_back(frame.shown());
  }
  EXPECT_EQ(PicturesCopied(), before);
  JudgeLossy(Codec::kHevc, 98, 66, e, 34);
  EXPECT_EQ(Log().find("refused"), std::string::npos) << Log();
}

// 300 pictures go round what the order counts up to.
TEST_F(HevcOnVaapi, ALongRunWithoutAKeyPicture) {
  for (int layers : {1, 3}) {
    StreamConfig c = ConfigOf(32, 32);
    c.temporal_layers = layers;
    JudgeLossy(Codec::kHevc, 32, 32, EncodedOf(c, 300), 34);
  }
  EXPECT_EQ(Log().find("refused"), std::string::npos) << Log();
}

}  // namespace
}  // namespace nrtc::hw
