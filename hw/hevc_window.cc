// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/hevc_window.h"

#include <cstddef>
#include <utility>

#include "hw/bit_writer.h"
#include "hw/hevc_headers.h"

namespace nrtc::hw {
namespace {

// The bits of a NAL unit behind its header, without emulation prevention.
class HevcBits {
 public:
  HevcBits(const uint8_t* data, size_t size) {
    int zeros = 0;
    for (size_t i = 0; i < size; ++i) {
      const bool prevents = zeros >= 2 && data[i] == 3;
      if (!prevents) bytes_.push_back(data[i]);
      zeros = !prevents && data[i] == 0 ? zeros + 1 : 0;
    }
    // What follows the stop bit is none of it.
    end_ = bytes_.size() * 8;
    while (end_ > 0 && !At(end_ - 1)) --end_;
    if (end_ > 0) --end_;
  }
  uint32_t Bits(int count) {
    uint32_t value = 0;
    for (; count > 0; --count, ++at_) value = value << 1 | (at_ < end_ && At(at_) ? 1 : 0);
    return value;
  }
  void Skip(size_t count) { at_ += count; }
  uint32_t Ue() {
    int zeros = 0;
    while (ok() && zeros < 32 && Bits(1) == 0) ++zeros;
    if (zeros == 32) at_ = end_ + 1;
    return ok() ? (1u << zeros) - 1 + Bits(zeros) : 0;
  }
  bool ok() const { return at_ <= end_; }
  size_t at() const { return at_; }
  void Copy(size_t from, size_t to, BitWriter& out) const {
    for (size_t i = from; i < to; ++i) out.Flag(At(i));
  }
  size_t end() const { return end_; }

 private:
  bool At(size_t i) const { return (bytes_[i / 8] >> (7 - i % 8) & 1) != 0; }

  std::vector<uint8_t> bytes_;
  size_t at_ = 0;
  size_t end_ = 0;
};

// Up to where profile_tier_level ends.
void SkipHevcProfile(HevcBits& in) {
  in.Skip(4);
  const uint32_t sub_layers = in.Bits(3);
  in.Skip(1 + 88 + 8);
  size_t more = 0;
  for (uint32_t i = 0; i < sub_layers; ++i) {
    if (in.Bits(1)) more += 88;
    if (in.Bits(1)) more += 8;
  }
  if (sub_layers > 0) more += (8 - sub_layers) * 2;
  in.Skip(more);
}

bool WriteHevcWindow(HevcBits& in, int width, int height, BitWriter& out) {
  SkipHevcProfile(in);
  in.Ue();  // sps_seq_parameter_set_id
  if (in.Ue() != 1) return false;  // 4:2:0
  const int64_t coded[] = {in.Ue(), in.Ue()};
  const size_t before = in.at();
  if (in.Bits(1)) {
    for (int i = 0; i < 4; ++i) in.Ue();
  }
  const int64_t size[] = {width, height};
  if (!in.ok() || coded[0] < size[0] || coded[1] < size[1]) return false;
  in.Copy(0, before, out);
  out.Flag(true);
  for (int i : {0, 1}) {
    out.Ue(0);
    out.Ue(static_cast<uint32_t>((coded[i] - size[i]) / 2));
  }
  in.Copy(in.at(), in.end(), out);
  out.TrailingBits();
  return true;
}

}  // namespace

bool SetHevcWindow(std::vector<uint8_t>& stream, int width, int height) {
  auto starts = [&](size_t i) {
    return i + 3 < stream.size() && stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1;
  };
  std::vector<uint8_t> changed;
  size_t copied = 0;
  for (size_t i = 0; i < stream.size(); ++i) {
    if (!starts(i) || (stream[i + 3] >> 1 & 63) != kHevcSps) continue;
    size_t end = i + 3;
    while (end < stream.size() && !starts(end)) ++end;
    const size_t unit = i + 3;
    if (end < unit + 2) return false;
    HevcBits in(&stream[unit] + 2, end - unit - 2);
    BitWriter out;
    if (!WriteHevcWindow(in, width, height, out)) return false;
    const auto from = stream.begin() + static_cast<ptrdiff_t>(copied);
    changed.insert(changed.end(), from, stream.begin() + static_cast<ptrdiff_t>(i));
    const PackedHeader packed = PackNalUnit({stream[unit], stream[unit + 1]}, out);
    changed.insert(changed.end(), packed.bytes.begin(), packed.bytes.end());
    copied = end;
    i = end - 1;
  }
  if (copied == 0) return false;
  changed.insert(changed.end(), stream.begin() + static_cast<ptrdiff_t>(copied), stream.end());
  stream = std::move(changed);
  return true;
}

}  // namespace nrtc::hw
