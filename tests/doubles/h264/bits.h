// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Reading and writing of H.264 bits for the test doubles; on purpose no code is
// shared with the encoder under test.

#ifndef NRTC_TESTS_DOUBLES_H264_BITS_H_
#define NRTC_TESTS_DOUBLES_H264_BITS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace doubles {

using Bytes = std::vector<uint8_t>;

class BitReader {
 public:
  BitReader(const Bytes& bytes, size_t bits) : bytes_(bytes), bits_(bits) {}
  uint32_t U(int n) {
    uint32_t v = 0;
    for (; n > 0; --n) v = v << 1 | Bit();
    return v;
  }
  uint32_t Ue() {
    int zeros = 0;
    while (ok_ && Bit() == 0) {
      if (++zeros > 31) ok_ = false;
    }
    return ok_ ? (1u << zeros) - 1 + U(zeros) : 0;
  }
  int32_t Se() {
    uint32_t k = Ue();
    return k % 2 ? static_cast<int32_t>(k / 2 + 1) : -static_cast<int32_t>(k / 2);
  }
  size_t at() const { return at_; }
  bool ok() const { return ok_; }

 private:
  uint32_t Bit() {
    if (at_ >= bits_) {
      ok_ = false;
      return 0;
    }
    uint32_t b = bytes_[at_ / 8] >> (7 - at_ % 8) & 1;
    ++at_;
    return b;
  }
  const Bytes& bytes_;
  size_t bits_;
  size_t at_ = 0;
  bool ok_ = true;
};

class BitSink {
 public:
  void U(uint32_t v, int n) {
    for (int i = n - 1; i >= 0; --i) Bit(v >> i & 1);
  }
  void Ue(uint32_t v) {
    int n = 0;
    while ((v + 1) >> (n + 1)) ++n;
    U(0, n);
    U(v + 1, n + 1);
  }
  void Se(int32_t v) { Ue(v > 0 ? 2u * static_cast<uint32_t>(v) - 1 : 2u * static_cast<uint32_t>(-v)); }
  void Bit(uint32_t b) {
    if (count_ % 8 == 0) bytes_.push_back(0);
    if (b) bytes_.back() |= static_cast<uint8_t>(0x80 >> count_ % 8);
    ++count_;
  }
  void Align() {
    while (count_ % 8) Bit(0);
  }
  bool aligned() const { return count_ % 8 == 0; }
  void Byte(uint8_t b) {
    bytes_.push_back(b);
    count_ += 8;
  }
  const Bytes& bytes() const { return bytes_; }

 private:
  Bytes bytes_;
  size_t count_ = 0;
};

// Removes emulation prevention bytes; bits becomes the number of bits left.
inline Bytes Unescape(const uint8_t* data, size_t& bits) {
  Bytes out;
  size_t size = (bits + 7) / 8;
  int zeros = 0;
  for (size_t i = 0; i < size; ++i) {
    if (zeros >= 2 && data[i] == 3) {
      zeros = 0;
      bits -= 8;
      continue;
    }
    out.push_back(data[i]);
    zeros = data[i] == 0 ? zeros + 1 : 0;
  }
  return out;
}

// Start code, header byte and the payload with emulation prevention.
inline void AppendNal(Bytes& out, uint8_t header, const Bytes& payload) {
  out.insert(out.end(), {0, 0, 0, 1, header});
  int zeros = 0;
  for (uint8_t b : payload) {
    if (zeros == 2 && b <= 3) {
      out.push_back(3);
      zeros = 0;
    }
    out.push_back(b);
    zeros = b == 0 ? zeros + 1 : 0;
  }
}

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_H264_BITS_H_
