// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The arithmetic encoder of CABAC, which H.264 and H.265 have in common.

#ifndef NRTC_TESTS_DOUBLES_H264_CABAC_H_
#define NRTC_TESTS_DOUBLES_H264_CABAC_H_

#include <algorithm>

#include "bits.h"

namespace doubles {

// Tables 9-44 and 9-45 of H.264, which are those of H.265 too.
inline constexpr uint8_t kRangeLps[64][4] = {
    {128, 176, 208, 240}, {128, 167, 197, 227}, {128, 158, 187, 216}, {123, 150, 178, 205}, {116, 142, 169, 195},
    {111, 135, 160, 185}, {105, 128, 152, 175}, {100, 122, 144, 166}, {95, 116, 137, 158},  {90, 110, 130, 150},
    {85, 104, 123, 142},  {81, 99, 117, 135},   {77, 94, 111, 128},   {73, 89, 105, 122},   {69, 85, 100, 116},
    {66, 80, 95, 110},    {62, 76, 90, 104},    {59, 72, 86, 99},     {56, 69, 81, 94},     {53, 65, 77, 89},
    {51, 62, 73, 85},     {48, 59, 69, 80},     {46, 56, 66, 76},     {43, 53, 63, 72},     {41, 50, 59, 69},
    {39, 48, 56, 65},     {37, 45, 54, 62},     {35, 43, 51, 59},     {33, 41, 48, 56},     {32, 39, 46, 53},
    {30, 37, 43, 50},     {29, 35, 41, 48},     {27, 33, 39, 45},     {26, 31, 37, 43},     {24, 30, 35, 41},
    {23, 28, 33, 39},     {22, 27, 32, 37},     {21, 26, 30, 35},     {20, 24, 29, 33},     {19, 23, 27, 31},
    {18, 22, 26, 30},     {17, 21, 25, 28},     {16, 20, 23, 27},     {15, 19, 22, 25},     {14, 18, 21, 24},
    {14, 17, 20, 23},     {13, 16, 19, 22},     {12, 15, 18, 21},     {12, 14, 17, 20},     {11, 14, 16, 19},
    {11, 13, 15, 18},     {10, 12, 15, 17},     {10, 12, 14, 16},     {9, 11, 13, 15},      {9, 11, 12, 14},
    {8, 10, 12, 14},      {8, 9, 11, 13},       {7, 9, 11, 12},       {7, 9, 10, 12},       {7, 8, 10, 11},
    {6, 8, 9, 11},        {6, 7, 9, 10},        {6, 7, 8, 9},         {2, 2, 2, 2}};
inline constexpr uint8_t kNextLps[64] = {0,  0,  1,  2,  2,  4,  4,  5,  6,  7,  8,  9,  9,  11, 11, 12,
                                  13, 13, 15, 15, 16, 16, 18, 18, 19, 19, 21, 21, 22, 22, 23, 24,
                                  24, 25, 26, 26, 27, 27, 28, 29, 29, 30, 30, 30, 31, 32, 32, 33,
                                  33, 33, 34, 34, 35, 35, 35, 36, 36, 36, 37, 37, 37, 38, 38, 63};

struct ContextVariable {
  int state = 0;
  bool mps = false;

  // What both standards call preCtxState is clipped to what there is.
  static ContextVariable Of(int pre) {
    pre = std::clamp(pre, 1, 126);
    return pre > 63 ? ContextVariable{pre - 64, true} : ContextVariable{63 - pre, false};
  }
};

class ArithmeticEncoder {
 public:
  explicit ArithmeticEncoder(BitSink& out) : out_(out) {}

  void Restart() {
    low_ = 0;
    range_ = 510;
    first_ = true;
    outstanding_ = 0;
  }
  void Encode(ContextVariable& c, bool bin) {
    const uint32_t lps = kRangeLps[c.state][range_ >> 6 & 3];
    range_ -= lps;
    if (bin != c.mps) {
      low_ += range_;
      range_ = lps;
      if (c.state == 0) c.mps = !c.mps;
      c.state = kNextLps[c.state];
    } else {
      c.state = std::min(c.state + 1, 62);
    }
    Renormalize();
  }
  // Bins that are as likely as not, the most significant first.
  void Bypass(uint32_t value, int count) {
    for (int i = count - 1; i >= 0; --i) {
      low_ <<= 1;
      if (value >> i & 1) low_ += range_;
      if (low_ >= 1024) {
        low_ -= 1024;
        Put(1);
      } else if (low_ < 512) {
        Put(0);
      } else {
        low_ -= 512;
        ++outstanding_;
      }
    }
  }
  // The last bit that true writes is the RBSP's stop bit.
  void Terminate(bool bin) {
    range_ -= 2;
    if (!bin) {
      Renormalize();
      return;
    }
    low_ += range_;
    range_ = 2;
    Renormalize();
    Put(low_ >> 9 & 1);
    out_.U((low_ >> 7 & 3) | 1, 2);
  }

 private:
  void Renormalize() {
    while (range_ < 256) {
      if (low_ < 256) {
        Put(0);
      } else if (low_ >= 512) {
        low_ -= 512;
        Put(1);
      } else {
        low_ -= 256;
        ++outstanding_;
      }
      range_ <<= 1;
      low_ <<= 1;
    }
  }
  void Put(uint32_t b) {
    if (first_) {
      first_ = false;
    } else {
      out_.Bit(b);
    }
    for (; outstanding_ > 0; --outstanding_) out_.Bit(1 - b);
  }

  BitSink& out_;
  uint32_t low_ = 0;
  uint32_t range_ = 510;
  bool first_ = true;
  int outstanding_ = 0;
};

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_H264_CABAC_H_
