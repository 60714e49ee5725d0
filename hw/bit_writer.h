// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Bits as H.264 and H.265 write them.

#ifndef NRTC_HW_BIT_WRITER_H_
#define NRTC_HW_BIT_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nrtc::hw {

class BitWriter {
 public:
  void Bits(uint32_t value, int count);  // count is 0 to 32, most significant bit first
  void Flag(bool value) { Bits(value ? 1 : 0, 1); }
  void Ue(uint32_t value);  // Exp-Golomb; value is less than 2^32 - 1
  void Se(int32_t value);
  void TrailingBits();  // rbsp_trailing_bits

  size_t bits() const { return bits_; }
  // The last byte is filled up with zeros.
  const std::vector<uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<uint8_t> bytes_;
  size_t bits_ = 0;
};

// A start code and what follows it, perhaps not up to a whole byte: a slice
// header, which an encoder continues.
struct PackedHeader {
  std::vector<uint8_t> bytes;
  size_t bits = 0;
};

// Prepends the start code and the header of the NAL unit (1 byte for H.264, 2 for
// H.265), and inserts emulation prevention bytes.
PackedHeader PackNalUnit(const std::vector<uint8_t>& nal_header, const BitWriter& payload);

}  // namespace nrtc::hw

#endif  // NRTC_HW_BIT_WRITER_H_
