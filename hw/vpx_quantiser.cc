// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vpx_quantiser.h"

#include <algorithm>
#include <cmath>

namespace nrtc::hw {
namespace {

// Bits of VP9's uncompressed header, the first one the highest.
class Vp9Bits {
 public:
  explicit Vp9Bits(const std::vector<uint8_t>& bytes) : bytes_(bytes) {}
  uint32_t Read(int count) {
    uint32_t value = 0;
    for (; count > 0; --count, ++at_) {
      const bool bit = at_ / 8 < bytes_.size() && (bytes_[at_ / 8] >> (7 - at_ % 8) & 1) != 0;
      value = value << 1 | (bit ? 1 : 0);
    }
    return value;
  }
  bool ok() const { return at_ <= bytes_.size() * 8; }

 private:
  const std::vector<uint8_t>& bytes_;
  size_t at_ = 0;
};

}  // namespace

// The first indices of both divide by four and a little more each; then the steps grow.
int Vp8IndexOf(int qp) {
  const double step = 2 * std::exp2(qp / 6.0);
  const double index = step <= 58 ? step - 4 : step <= 116 ? 54 + (step - 58) / 2 : 83 + (step - 116) * 44 / 168;
  return std::clamp(static_cast<int>(std::lround(index)), 0, 127);
}

// Index 0 would be a stream without loss, of another transform.
int Vp9IndexOf(int qp) {
  const double step = 4 * std::exp2(qp / 6.0);
  const double index = step <= 102 ? step - 7 : 95 + 160 * std::log2(step / 102) / std::log2(1828.0 / 102);
  return std::clamp(static_cast<int>(std::lround(index)), 1, 255);
}

int VpxFilterLevel(int index, int most) {
  return std::clamp(index * 42 / most, 0, 63);
}

VpxContents InspectVp8(const std::vector<uint8_t>& f) {
  VpxContents found;
  if (f.size() < 4) return found;
  found.key = (f[0] & 1) == 0;
  const size_t first_partition = static_cast<size_t>(f[0] >> 5 | f[1] << 3 | f[2] << 11);
  const size_t header = found.key ? 10 : 3;
  found.frame = (f[0] & 0x10) != 0 && first_partition > 0 && header + first_partition <= f.size();
  if (!found.key || !found.frame) return found;
  found.frame = f[3] == 0x9d && f[4] == 0x01 && f[5] == 0x2a;
  found.width = (f[6] | f[7] << 8) & 0x3fff;
  found.height = (f[8] | f[9] << 8) & 0x3fff;
  return found;
}

VpxContents InspectVp9(const std::vector<uint8_t>& f) {
  VpxContents found;
  Vp9Bits bits(f);
  const bool marker = bits.Read(2) == 2;
  const bool profile_0 = bits.Read(2) == 0;
  const bool shows_another = bits.Read(1) != 0;
  found.key = bits.Read(1) == 0;
  const bool shown = bits.Read(1) != 0;
  bits.Read(1);  // error_resilient_mode
  bool synchronized = true;
  if (found.key) {
    synchronized = bits.Read(24) == 0x498342;
    constexpr uint32_t kRgb = 7;
    synchronized = bits.Read(3) != kRgb && synchronized;  // color_space
    bits.Read(1);                                         // color_range
    found.width = static_cast<int>(bits.Read(16)) + 1;
    found.height = static_cast<int>(bits.Read(16)) + 1;
  }
  found.frame = bits.ok() && f.size() > 4 && marker && profile_0 && !shows_another && shown && synchronized;
  return found;
}

}  // namespace nrtc::hw
