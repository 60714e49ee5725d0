// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/bit_writer.h"

namespace nrtc::hw {

void BitWriter::Bits(uint32_t value, int count) {
  for (int i = count - 1; i >= 0; --i) {
    if (bits_ % 8 == 0) bytes_.push_back(0);
    if (value >> i & 1) bytes_.back() |= static_cast<uint8_t>(0x80 >> bits_ % 8);
    ++bits_;
  }
}

void BitWriter::Ue(uint32_t value) {
  int length = 0;
  while ((static_cast<uint64_t>(value) + 1) >> (length + 1) != 0) ++length;
  Bits(0, length);
  Bits(value + 1, length + 1);
}

void BitWriter::Se(int32_t value) {
  Ue(value > 0 ? 2 * static_cast<uint32_t>(value) - 1 : 2 * (0 - static_cast<uint32_t>(value)));
}

void BitWriter::TrailingBits() {
  Bits(1, 1);
  while (bits_ % 8 != 0) Bits(0, 1);
}

PackedHeader PackNalUnit(const std::vector<uint8_t>& nal_header, const BitWriter& payload) {
  PackedHeader out;
  out.bytes.reserve(4 + nal_header.size() + payload.bytes().size());
  out.bytes = {0, 0, 0, 1};
  out.bytes.insert(out.bytes.end(), nal_header.begin(), nal_header.end());
  int zeros = 0;
  for (uint8_t byte : payload.bytes()) {
    if (zeros >= 2 && byte <= 3) {
      out.bytes.push_back(3);
      zeros = 0;
    }
    out.bytes.push_back(byte);
    zeros = byte == 0 ? zeros + 1 : 0;
  }
  out.bits = out.bytes.size() * 8 - (payload.bytes().size() * 8 - payload.bits());
  return out;
}

}  // namespace nrtc::hw
