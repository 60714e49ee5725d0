// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// The parts of hw/ that need no device.

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

#include "hw/bit_writer.h"
#include "hw/h264_headers.h"
#include "hw/h264_level.h"
#include "hw/h264_references.h"
#include "hw/picture_copy.h"
#include "hw/qp_controller.h"
#include "hw/session_count.h"
#include "hw/watched_session.h"

namespace nrtc::hw {
namespace {

using Bytes = std::vector<uint8_t>;

TEST(BitWriter, ExpGolombAsInTheStandard) {
  // Table 9-2: 0 is "1", 1 is "010", 2 is "011", 3 is "00100".
  BitWriter w;
  w.Ue(0);
  w.Ue(1);
  w.Ue(2);
  w.Ue(3);
  EXPECT_EQ(w.bits(), 12u);
  EXPECT_EQ(w.bytes(), (Bytes{0b10100110, 0b01000000}));
  // Table 9-3: 1, -1, 2 are the code numbers 1, 2, 3.
  BitWriter s;
  s.Se(1);
  s.Se(-1);
  s.Se(2);
  s.Se(0);
  EXPECT_EQ(s.bytes(), (Bytes{0b01001100, 0b10010000}));
  EXPECT_EQ(s.bits(), 12u);
  BitWriter big;
  big.Ue(0xfffffffe - 1);
  EXPECT_EQ(big.bits(), 63u);
}

TEST(BitWriter, EmulationPreventionCountsInTheLength) {
  BitWriter w;
  w.Bits(0, 24);
  w.Bits(0, 8);
  w.Bits(1, 8);
  w.Bits(1, 3);
  PackedHeader h = PackNalUnit({0x67}, w);
  EXPECT_EQ(h.bytes, (Bytes{0, 0, 0, 1, 0x67, 0, 0, 3, 0, 0, 3, 1, 0x20}));
  EXPECT_EQ(h.bits, h.bytes.size() * 8 - 5);
}

TEST(H264Headers, SliceHeadersNeverNeedEmulationPrevention) {
  // So a driver that inserts it itself and one that does not make the same of them.
  H264Sequence s;
  for (auto profile : {H264Profile::kConstrainedBaseline, H264Profile::kHigh}) {
    s.profile = profile;
    for (int frame_num = 0; frame_num < 256; ++frame_num) {
      for (int poc = 0; poc < 256; poc += 2) {
        for (int variant = 0; variant < 4; ++variant) {
          H264Slice slice;
          slice.idr = variant == 3;
          slice.nal_ref_idc = variant == 1 ? 0 : 1;
          slice.reorder_distance = variant == 2 ? 2 : 0;
          slice.frame_num = frame_num;
          slice.poc_lsb = poc;
          PackedHeader h = H264SliceHeader(s, slice);
          for (size_t i = 4; i + 2 < h.bytes.size(); ++i) {
            ASSERT_FALSE(h.bytes[i] == 0 && h.bytes[i + 1] == 0 && h.bytes[i + 2] <= 3)
                << frame_num << " " << poc << " " << variant;
          }
        }
      }
    }
  }
}

TEST(H264Level, LowestThatAllowsAll) {
  auto p = H264Profile::kConstrainedBaseline;
  EXPECT_EQ(ChooseH264Level(p, 176, 144, 15, 64000, 1), 10);
  EXPECT_EQ(ChooseH264Level(p, 176, 144, 15, 100000, 1), 9);  // 1b
  EXPECT_EQ(ChooseH264Level(p, 320, 240, 30, 500000, 1), 13);
  EXPECT_EQ(ChooseH264Level(p, 640, 480, 30, 2000000, 1), 30);
  EXPECT_EQ(ChooseH264Level(p, 1280, 720, 30, 2500000, 1), 31);
  EXPECT_EQ(ChooseH264Level(p, 1280, 720, 60, 2500000, 1), 32);
  EXPECT_EQ(ChooseH264Level(p, 1920, 1080, 30, 4000000, 1), 40);
  EXPECT_EQ(ChooseH264Level(p, 1920, 1080, 60, 4000000, 1), 42);
  EXPECT_EQ(ChooseH264Level(p, 3840, 2160, 30, 20000000, 1), 51);
  EXPECT_EQ(ChooseH264Level(p, 16384, 16384, 30, 20000000, 1), 0);
  // The bitrate: high allows a quarter more.
  EXPECT_EQ(ChooseH264Level(p, 1280, 720, 30, 15000000, 1), 32);
  EXPECT_EQ(ChooseH264Level(H264Profile::kHigh, 1280, 720, 30, 15000000, 1), 31);
  // A very long picture has few macroblocks and yet is too wide.
  EXPECT_EQ(ChooseH264Level(p, 4096, 16, 5, 64000, 1), 40);
  EXPECT_EQ(ChooseH264Level(p, 1280, 720, std::nan(""), 2500000, 1), 31);
}

TEST(H264References, ThreeLayers) {
  H264References r(3);
  std::vector<int> layers, used_layer, frame_nums, distances;
  for (int i = 0; i < 9; ++i) {
    H264Picture p = r.Next(false);
    layers.push_back(p.temporal_index);
    frame_nums.push_back(p.slice.frame_num);
    distances.push_back(p.slice.reorder_distance);
    used_layer.push_back(p.reference() ? p.reference()->temporal_index : -1);
    r.Commit(p);
  }
  EXPECT_EQ(layers, (std::vector<int>{0, 2, 1, 2, 0, 2, 1, 2, 0}));
  EXPECT_EQ(used_layer, (std::vector<int>{-1, 0, 0, 1, 0, 0, 0, 1, 0}));
  EXPECT_EQ(frame_nums, (std::vector<int>{0, 1, 1, 2, 2, 3, 3, 4, 4}));
  EXPECT_EQ(distances, (std::vector<int>{0, 0, 0, 0, 2, 0, 0, 0, 2}));
}

TEST(H264References, KeyPicturesInARowDiffer) {
  H264References r(1);
  int last = -1;
  for (int i = 0; i < 4; ++i) {
    H264Picture p = r.Next(true);
    EXPECT_TRUE(p.slice.idr);
    EXPECT_EQ(p.slice.frame_num, 0);
    EXPECT_NE(p.slice.idr_pic_id, last);
    last = p.slice.idr_pic_id;
    r.Commit(p);
  }
  EXPECT_FALSE(r.Next(false).slice.idr);
}

// An encoder whose pictures take complexity * 2^(-qp/6) bits.
struct Outcome {
  double bitrate;
  int dropped;
  int largest_step;
};

Outcome Simulate(QpController& c, double complexity, int pictures, double framerate) {
  double bits = 0;
  Outcome out{0, 0, 0};
  int last = -1;
  for (int i = 0; i < pictures; ++i) {
    if (c.ShouldDrop()) {
      c.Dropped();
      ++out.dropped;
      continue;
    }
    int qp = c.NextQp(false);
    if (last >= 0) out.largest_step = std::max(out.largest_step, std::abs(qp - last));
    last = qp;
    auto bytes = static_cast<size_t>(complexity * std::exp2(-qp / 6.0) / 8);
    c.Encoded(false, qp, bytes);
    bits += static_cast<double>(bytes) * 8;
  }
  out.bitrate = bits * framerate / pictures;
  return out;
}

TEST(QpController, HoldsTheBitrate) {
  for (double complexity : {5e5, 2e6, 8e6}) {
    QpController c;
    c.SetRates(1000000, 30);
    int qp = c.NextQp(true);
    c.Encoded(true, qp, 20000);
    Simulate(c, complexity, 60, 30);
    Outcome o = Simulate(c, complexity, 300, 30);
    EXPECT_NEAR(o.bitrate, 1e6, 1e5) << complexity;
    EXPECT_EQ(o.dropped, 0) << complexity;
    EXPECT_LE(o.largest_step, 8);
  }
}

TEST(QpController, FollowsAChangeOfTheBitrate) {
  QpController c;
  c.SetRates(2000000, 30);
  Simulate(c, 4e6, 100, 30);
  c.SetRates(500000, 30);
  Simulate(c, 4e6, 15, 30);
  EXPECT_NEAR(Simulate(c, 4e6, 90, 30).bitrate, 5e5, 1e5);
}

TEST(QpController, DropsWhatNoQuantiserHolds) {
  QpController c;
  c.SetRates(100000, 30);
  Outcome o = Simulate(c, 1e7, 300, 30);
  EXPECT_GT(o.dropped, 0);
  EXPECT_LT(o.dropped, 300);
  c.SetRates(100000, std::numeric_limits<double>::quiet_NaN());
  EXPECT_GE(c.NextQp(false), 0);
}

TEST(PictureCopy, RepeatsTheEdgesOfAnOddSize) {
  const uint8_t y[] = {1, 2, 3, 99, 4, 5, 6, 99, 7, 8, 9, 99};
  const uint8_t u[] = {10, 11, 99, 12, 13, 99};
  const uint8_t v[] = {20, 21, 99, 22, 23, 99};
  Input in;
  in.width = in.height = 3;
  in.data[0] = y;
  in.data[1] = u;
  in.data[2] = v;
  in.stride[0] = 4;
  in.stride[1] = in.stride[2] = 3;
  Bytes luma(6 * 6, 0xee), chroma(3 * 6, 0xee);
  CopyToNV12(in, luma.data(), 6, chroma.data(), 6, 4, 6);
  EXPECT_EQ(luma, (Bytes{1, 2, 3, 3, 0xee, 0xee, 4, 5, 6, 6, 0xee, 0xee, 7, 8, 9, 9, 0xee, 0xee,
                         7, 8, 9, 9, 0xee, 0xee, 7, 8, 9, 9, 0xee, 0xee, 7, 8, 9, 9, 0xee, 0xee}));
  EXPECT_EQ(chroma, (Bytes{10, 20, 11, 21, 0xee, 0xee, 12, 22, 13, 23, 0xee, 0xee, 12, 22, 13, 23, 0xee, 0xee}));
}

// A driver whose calls wait for a gate.
struct Gate {
  std::atomic<bool> open_blocks{false};
  std::atomic<bool> encode_blocks{false};
  std::atomic<int> alive{0};
};

class GatedSession : public Session {
 public:
  explicit GatedSession(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) { ++gate_->alive; }
  ~GatedSession() override { --gate_->alive; }
  const SessionInfo& info() const override { return info_; }
  Status Encode(const Input&, bool key, const Rates&, Output& out) override {
    while (gate_->encode_blocks) std::this_thread::yield();
    out.key = key;
    out.data = {1, 2, 3};
    return Status();
  }

 private:
  std::shared_ptr<Gate> gate_;
  SessionInfo info_;
};

SessionOpener Gated(std::shared_ptr<Gate> gate) {
  return [gate](const StreamConfig&, Status&) -> std::unique_ptr<Session> {
    while (gate->open_blocks) std::this_thread::yield();
    return std::make_unique<GatedSession>(gate);
  };
}

void Eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 6000 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_TRUE(condition());
}

constexpr Deadlines kLong{std::chrono::minutes(2), std::chrono::minutes(2)};
constexpr Deadlines kShort{std::chrono::milliseconds(50), std::chrono::milliseconds(50)};

TEST(WatchedSession, EncodesAndGivesBack) {
  auto gate = std::make_shared<Gate>();
  Status status;
  auto s = WatchedSession::Open("a", Gated(gate), StreamConfig(), kLong, status);
  ASSERT_TRUE(s) << status.message();
  EXPECT_EQ(OpenSessions("a"), 1);
  Output out;
  EXPECT_TRUE(s->Encode(Input(), true, Rates(), out).ok());
  EXPECT_TRUE(out.key);
  EXPECT_EQ(out.data.size(), 3u);
  s.reset();
  EXPECT_EQ(gate->alive, 0);
  EXPECT_EQ(OpenSessions("a"), 0);
}

TEST(WatchedSession, ADriverThatHangsIsLeftToItself) {
  auto gate = std::make_shared<Gate>();
  Status status;
  auto s = WatchedSession::Open("b", Gated(gate), StreamConfig(), {kLong.open, kShort.encode}, status);
  ASSERT_TRUE(s) << status.message();
  auto owner = std::make_shared<int>(0);
  gate->encode_blocks = true;
  Input in;
  in.owner = owner;
  Output out;
  EXPECT_FALSE(s->Encode(in, true, Rates(), out).ok());
  EXPECT_FALSE(s->Encode(in, true, Rates(), out).ok());
  in.owner.reset();
  s.reset();
  // The driver holds the session and the picture as yet.
  EXPECT_EQ(OpenSessions("b"), 1);
  EXPECT_EQ(owner.use_count(), 2);
  gate->encode_blocks = false;
  Eventually([&] { return OpenSessions("b") == 0 && gate->alive == 0 && owner.use_count() == 1; });
}

TEST(WatchedSession, AnOpeningThatHangs) {
  auto gate = std::make_shared<Gate>();
  gate->open_blocks = true;
  Status status;
  EXPECT_FALSE(WatchedSession::Open("c", Gated(gate), StreamConfig(), kShort, status));
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(OpenSessions("c"), 1);
  gate->open_blocks = false;
  Eventually([&] { return OpenSessions("c") == 0 && gate->alive == 0; });
}

TEST(SessionCount, TheLimitOfTheProcess) {
  SetSessionLimit(2);
  auto gate = std::make_shared<Gate>();
  Status status;
  auto a = WatchedSession::Open("d", Gated(gate), StreamConfig(), kLong, status);
  auto b = WatchedSession::Open("e", Gated(gate), StreamConfig(), kLong, status);
  ASSERT_TRUE(a && b);
  EXPECT_FALSE(WatchedSession::Open("d", Gated(gate), StreamConfig(), kLong, status));
  EXPECT_NE(status.message().find("limit of 2"), std::string::npos) << status.message();
  b.reset();
  EXPECT_TRUE(WatchedSession::Open("d", Gated(gate), StreamConfig(), kLong, status));
  SetSessionLimit(0);
}

}  // namespace
}  // namespace nrtc::hw
