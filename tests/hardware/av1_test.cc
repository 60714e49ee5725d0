// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// AV1's headers, levels and tiles, and its sessions beyond what all codecs are asked.

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <regex>

#include "hw/av1_headers.h"
#include "hw/av1_level.h"
#include "hw/vaapi.h"
#include "hw/vaapi_internal.h"
#include "tests/hardware/device_picture.h"
#include "tests/hardware/lossy.h"

namespace nrtc::hw {
namespace {

uint32_t BitsAt(const Bytes& bytes, size_t at, int count) {
  uint32_t value = 0;
  for (; count > 0; --count, ++at) value = value << 1 | (bytes.at(at / 8) >> (7 - at % 8) & 1u);
  return value;
}

// Which bits differ; both must be of one length.
std::vector<size_t> Differences(const Bytes& a, const Bytes& b) {
  EXPECT_EQ(a.size(), b.size());
  std::vector<size_t> at;
  for (size_t i = 0; i < a.size() * 8; ++i) {
    if (BitsAt(a, i, 1) != BitsAt(b, i, 1)) at.push_back(i);
  }
  return at;
}

void Append(Bytes& to, const Bytes& more) {
  to.insert(to.end(), more.begin(), more.end());
}

Av1Sequence SequenceOf(int width, int height) {
  Av1Sequence s;
  s.width = width;
  s.height = height;
  return s;
}

TEST(Av1Level, LowestThatAllowsIt) {
  EXPECT_EQ(ChooseAv1Level(320, 240, 30, 500'000, 1, 1), 0);
  EXPECT_EQ(ChooseAv1Level(320, 240, 30, 2'000'000, 1, 1), 1) << "its bitrate";
  EXPECT_EQ(ChooseAv1Level(1280, 720, 30, 2'500'000, 1, 1), 5);
  EXPECT_EQ(ChooseAv1Level(1920, 1080, 30, 5'000'000, 1, 1), 8);
  EXPECT_EQ(ChooseAv1Level(1920, 1080, 60, 5'000'000, 1, 1), 9) << "its framerate";
  EXPECT_EQ(ChooseAv1Level(3840, 2160, 30, 30'000'000, 1, 1), 12);
  EXPECT_EQ(ChooseAv1Level(7680, 4320, 60, 50'000'000, 4, 2), 17);
  EXPECT_EQ(ChooseAv1Level(2816, 16, 5, 64'000, 1, 1), 1) << "few samples and yet too wide";
  EXPECT_EQ(ChooseAv1Level(16385, 16, 5, 64'000, 8, 5), -1);
  EXPECT_EQ(ChooseAv1Level(320, 240, 30, 200'000'000, 1, 1), -1);
}

TEST(Av1Tiles, NoMoreThanTheSizeDemands) {
  struct {
    int width, height;
    bool large;
    int columns, rows, tile_width, tile_height;
  } const cases[] = {
      {16, 16, false, 1, 1, 1, 1},          {4096, 2304, false, 1, 1, 64, 36},  {4096, 2305, false, 1, 2, 64, 19},
      {4097, 64, false, 2, 1, 33, 1},       {4160, 2304, false, 2, 1, 33, 36},  {8192, 4320, false, 2, 2, 64, 34},
      {8193, 64, false, 4, 1, 33, 1},       {4097, 64, true, 2, 1, 17, 1},      {8448, 64, false, 4, 1, 33, 1},
  };
  for (const auto& c : cases) {
    const Av1Tiles t = ChooseAv1Tiles(c.width, c.height, c.large);
    SCOPED_TRACE(std::to_string(c.width) + "x" + std::to_string(c.height));
    EXPECT_EQ(t.superblock, c.large ? 128 : 64);
    EXPECT_EQ(t.rows, c.rows);
    EXPECT_EQ(t.width, c.tile_width);
    EXPECT_EQ(t.height, c.tile_height);
    EXPECT_LE(t.width * t.superblock, 4096);
    EXPECT_LE(t.columns, 1 << t.columns_log2);
    EXPECT_EQ(t.columns, c.columns);
  }
}

// What a driver overwrites is where the header says.
TEST(Av1Header, TellsWhereTheDriverWrites) {
  for (bool key : {true, false}) {
    for (int layers : {1, 3}) {
      for (bool cdef : {true, false}) {
        for (int width : {64, 4160}) {
          SCOPED_TRACE(std::to_string(key) + std::to_string(layers) + std::to_string(cdef) + std::to_string(width));
          Av1Sequence s = SequenceOf(width, 64);
          s.temporal_layers = layers;
          s.cdef = cdef;
          s.obu_size_bytes = layers == 1 ? 4 : 3;
          Av1Frame f;
          f.key = key;
          f.temporal_index = layers - 1;
          f.quantiser = 0xa5;
          f.filter_level = 21;
          const Av1FrameHeader h = WriteAv1FrameHeader(s, f);
          const Bytes& b = h.obu.bytes;
          EXPECT_EQ(b[0], layers == 1 ? 0x32 : 0x36);
          if (layers > 1) {
            EXPECT_EQ(b[1], 2 << 5);
          }
          EXPECT_EQ(h.size, layers == 1 ? 1u : 2u);
          EXPECT_EQ(h.payload, h.size + static_cast<size_t>(s.obu_size_bytes));
          size_t size = 0;
          for (int i = 0; i < s.obu_size_bytes; ++i) {
            size |= static_cast<size_t>(b[h.size + static_cast<size_t>(i)] & 0x7f) << 7 * i;
            EXPECT_EQ(b[h.size + static_cast<size_t>(i)] >> 7, i + 1 < s.obu_size_bytes ? 1 : 0);
          }
          EXPECT_EQ(size, b.size() - h.payload);
          EXPECT_EQ((h.obu.bits + 7) / 8, b.size());
          EXPECT_EQ(BitsAt(b, h.quantiser, 8), 0xa5u);
          for (int i = 0; i < 4; ++i) EXPECT_EQ(BitsAt(b, h.loop_filter + 6 * static_cast<size_t>(i), 6), 21u);
          EXPECT_EQ(h.cdef_bits, cdef ? 16u : 0u);
          EXPECT_EQ(h.cdef, cdef ? h.loop_filter + 28 : 0u);
          // Nothing else depends on it.
          Av1Frame other = f;
          other.quantiser = 0x5a;
          std::vector<size_t> at;
          for (size_t i = 0; i < 8; ++i) at.push_back(h.quantiser + i);
          EXPECT_EQ(Differences(b, WriteAv1FrameHeader(s, other).obu.bytes), at);
        }
      }
    }
  }
}

TEST(Av1Header, WithoutALoopFilterHasNoneForColours) {
  const Av1Sequence s = SequenceOf(64, 64);
  Av1Frame with, without;
  with.filter_level = 1;
  EXPECT_EQ(WriteAv1FrameHeader(s, with).obu.bits, WriteAv1FrameHeader(s, without).obu.bits + 12);
}

TEST(Av1Stream, SaysWhatIsInIt) {
  Av1Sequence s = SequenceOf(322, 182);
  s.temporal_layers = 2;
  s.level_idx = 8;
  Av1Frame f;
  f.key = true;
  f.quantiser = 77;
  const Av1FrameHeader h = WriteAv1FrameHeader(s, f);
  Bytes unit = Av1TemporalDelimiter();
  EXPECT_EQ(unit, (Bytes{0x12, 0}));
  Append(unit, Av1SequenceHeader(s).bytes);
  const size_t begin = unit.size();
  Append(unit, h.obu.bytes);
  Av1Contents found = InspectAv1(unit);
  EXPECT_TRUE(found.frame && found.key && found.delimiter && found.sequence);
  EXPECT_EQ(found.width, 322);
  EXPECT_EQ(found.height, 182);
  EXPECT_EQ(found.header, begin + h.payload);
  EXPECT_EQ(Av1QuantiserIn(unit, found.header, h), 77);
  f.order_hint = 1;
  EXPECT_EQ(Av1QuantiserIn(unit, found.header, WriteAv1FrameHeader(s, f)), -1) << "another header";

  f.key = false;
  found = InspectAv1(WriteAv1FrameHeader(s, f).obu.bytes);
  EXPECT_TRUE(found.frame);
  EXPECT_FALSE(found.key || found.delimiter || found.sequence);
  // Two frames are not one.
  Bytes twice = WriteAv1FrameHeader(s, f).obu.bytes;
  Append(twice, Bytes(twice));
  EXPECT_FALSE(InspectAv1(twice).frame);
  // However it is cut, nothing is read beyond the end.
  for (size_t length = 0; length < unit.size(); ++length) {
    EXPECT_FALSE(InspectAv1(Bytes(unit.begin(), unit.begin() + static_cast<long>(length))).frame) << length;
  }
  EXPECT_FALSE(InspectAv1(Bytes(64, 0xa5)).frame);
  EXPECT_FALSE(InspectAv1(Bytes(64, 0xff)).frame);
}

class Av1Session : public LossyTest {
 protected:
  Av1Session() : LossyTest("VA", "intel") {}

  static StreamConfig ConfigOf(int width, int height) {
    StreamConfig c = Config(width, height);
    c.profile = Profile::kAv1Main;
    c.max_qp = 255;
    return c;
  }
  static std::unique_ptr<WatchedSession> Open(const StreamConfig& config) {
    Status status;
    auto s = WatchedSession::Open("/dev/null", VaapiOpener("/dev/null"), config, kPatient, status);
    EXPECT_TRUE(s) << status.message();
    return s;
  }
};

// libaom's quantiser, which the driver wrote into our header, is what is told.
TEST_F(Av1Session, TellsTheQuantiserOfTheDriver) {
  auto s = Open(ConfigOf(64, 48));
  ASSERT_TRUE(s);
  const Encoded e = RunOf(Codec::kAv1, *s, 64, 48, 12, {5});
  const std::string log = Log();
  static const std::regex line("codec=av1 .* qp=(\\d+) ");
  size_t i = 0;
  for (std::sregex_iterator m(log.begin(), log.end(), line), end; m != end; ++m, ++i) {
    ASSERT_LT(i, e.outputs.size());
    EXPECT_EQ(e.outputs[i].qp, std::stoi((*m)[1])) << i;
  }
  EXPECT_EQ(i, e.outputs.size());
}

TEST_F(Av1Session, TilesWhereTheSizeDemandsThem) {
  const int width = 4032, height = 2368;
  StreamConfig c = ConfigOf(width, height);
  c.rates = {60'000'000, 2};
  auto s = Open(c);
  ASSERT_TRUE(s);
  Encoded e;
  for (int i = 0; i < 2; ++i) {
    Frame f(width, height, i, PixelFormat::kI420, true);
    Output out;
    Status status = s->Encode(f.input(), false, c.rates, out);
    ASSERT_TRUE(status.ok()) << status.message() << Log();
    e.outputs.push_back(out);
    e.shown.push_back(f.shown(false));
  }
  // So large a picture libaom takes less care of.
  JudgeLossy(Codec::kAv1, width, height, e, 34);
  EXPECT_NE(Log().find(" tiles=2 "), std::string::npos) << Log();
  EXPECT_EQ(Log().find("refused"), std::string::npos) << Log();
}

TEST_F(Av1Session, OfADmabufWithoutACopy) {
  auto s = Open(ConfigOf(66, 50));
  ASSERT_TRUE(s);
  Encoded e;
  for (int i = 0; i < 6; ++i) {
    Frame f(66, 50, i, PixelFormat::kNV12, true);
    DmabufFrame dmabuf(f);
    Output out;
    Status status = s->Encode(dmabuf.input(), false, {20'000'000, 30}, out);
    ASSERT_TRUE(status.ok()) << status.message() << Log();
    e.outputs.push_back(out);
    e.shown.push_back(f.shown(false));
  }
  JudgeLossy(Codec::kAv1, 66, 50, e, 34);
  EXPECT_NE(Log().find("imported=1"), std::string::npos) << Log();
}

// Which buffers a picture is predicted from, and kept in.
TEST_F(Av1Session, TellsTheBuffersOfThreeLayers) {
  StreamConfig c = ConfigOf(64, 48);
  c.temporal_layers = 3;
  auto s = Open(c);
  ASSERT_TRUE(s);
  const Encoded e = RunOf(Codec::kAv1, *s, 64, 48, 6);
  std::vector<int> used, kept;
  for (const Output& o : e.outputs) {
    used.push_back(o.used_buffer);
    kept.push_back(static_cast<int>(o.kept_buffers));
  }
  EXPECT_EQ(used, (std::vector<int>{-1, 0, 0, 1, 0, 0}));
  EXPECT_EQ(kept, (std::vector<int>{7, 0, 2, 0, 1, 0}));
}

// Has the pictures' parameters changed on their way to the driver.
class Tampering {
 public:
  using Change = std::function<void(VAEncPictureParameterBufferAV1&)>;

  explicit Tampering(Change change) : functions_(Functions()), real_(functions_.CreateBuffer) {
    change_ = std::move(change);
    real() = real_;
    functions_.CreateBuffer = Create;
  }
  ~Tampering() { functions_.CreateBuffer = real_; }

 private:
  static VaapiFunctions& Functions() {
    std::string error;
    return const_cast<VaapiFunctions&>(*LoadVaapi(error));
  }
  static decltype(vaCreateBuffer)*& real() {
    static decltype(vaCreateBuffer)* function = nullptr;
    return function;
  }
  static VAStatus Create(VADisplay display, VAContextID context, VABufferType type, unsigned size, unsigned count,
                         void* data, VABufferID* id) {
    VAEncPictureParameterBufferAV1 picture;
    if (type == VAEncPictureParameterBufferType) {
      std::memcpy(&picture, data, sizeof picture);
      if (picture.picture_flags.bits.frame_type == 1) change_(picture);
      data = &picture;
    }
    return real()(display, context, type, size, count, data, id);
  }

  static inline Change change_;
  VaapiFunctions& functions_;
  decltype(vaCreateBuffer)* const real_;
};

// The double is as strict as the tests above take it for.
TEST_F(Av1Session, TheDoubleRefusesWhatContradictsItself) {
  using Picture = VAEncPictureParameterBufferAV1;
  const struct {
    const char* refusal;
    Tampering::Change change;
  } cases[] = {
      {"the offset of the quantiser", [](Picture& p) { ++p.bit_offset_qindex; }},
      {"the offset of the loop filter", [](Picture& p) { --p.bit_offset_loopfilter_params; }},
      {"the offset of the directional filter", [](Picture& p) { p.bit_offset_cdef_params = 0; }},
      {"the size of the directional filter", [](Picture& p) { ++p.size_in_bits_cdef_params; }},
      {"the size of the header", [](Picture& p) { ++p.size_in_bits_frame_hdr_obu; }},
      {"the offset of the OBU's size", [](Picture& p) { p.byte_offset_frame_hdr_obu_size = 0; }},
      {"an offset of segments", [](Picture& p) { p.bit_offset_segmentation = 1; }},
      {"refresh_frame_flags", [](Picture& p) { p.refresh_frame_flags ^= 2; }},
      {"order_hint", [](Picture& p) { ++p.order_hint; }},
      {"primary_ref_frame", [](Picture& p) { p.primary_ref_frame = 7; }},
      {"ref_frame_idx", [](Picture& p) { p.ref_frame_idx[6] = 1; }},
      {"a reference that is not held", [](Picture& p) { p.reference_frames[0] = p.reconstructed_frame; }},
      {"references but the last", [](Picture& p) { p.ref_frame_ctrl_l0.value = 0; }},
      {"base_q_idx", [](Picture& p) { ++p.base_qindex; }},
      {"quantisers of no range", [](Picture& p) { p.min_base_qindex = 0; }},
      {"loop_filter_level", [](Picture& p) { ++p.filter_level_u; }},
      {"disable_cdf_update", [](Picture& p) { p.picture_flags.bits.disable_cdf_update = 1; }},
      {"reduced_tx_set", [](Picture& p) { p.picture_flags.bits.reduced_tx_set = 0; }},
      {"tx_mode", [](Picture& p) { p.mode_control_flags.bits.tx_mode = 0; }},
      {"the number of tiles", [](Picture& p) { ++p.tile_cols; }},
      {"temporal_id", [](Picture& p) { p.temporal_id = 1; }},
      {"the kind of OBU", [](Picture& p) { p.picture_flags.bits.enable_frame_obu = 0; }},
      {"the size", [](Picture& p) { ++p.frame_width_minus_1; }},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.refusal);
    auto s = Open(ConfigOf(64, 48));
    ASSERT_TRUE(s);
    Tampering tampering(c.change);
    Output out;
    const size_t before = Log().size();
    ASSERT_TRUE(s->Encode(Frame(64, 48, 0).input(), true, {1'000'000, 30}, out).ok());
    EXPECT_FALSE(s->Encode(Frame(64, 48, 1).input(), false, {1'000'000, 30}, out).ok());
    EXPECT_TRUE(std::regex_search(Log().substr(before), std::regex("refused: .*" + std::string(c.refusal)))) << Log().substr(before);
  }
}

}  // namespace
}  // namespace nrtc::hw
