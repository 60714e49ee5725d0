// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "slice_data.h"

#include <algorithm>

namespace doubles {
namespace {

// Tables 9-44 and 9-45 of H.264.
constexpr uint8_t kRangeLps[64][4] = {
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
constexpr uint8_t kNextLps[64] = {0,  0,  1,  2,  2,  4,  4,  5,  6,  7,  8,  9,  9,  11, 11, 12,
                                  13, 13, 15, 15, 16, 16, 18, 18, 19, 19, 21, 21, 22, 22, 23, 24,
                                  24, 25, 26, 26, 27, 27, 28, 29, 29, 30, 30, 30, 31, 32, 32, 33,
                                  33, 33, 34, 34, 35, 35, 35, 36, 36, 36, 37, 37, 37, 38, 38, 63};

// The context variables that mb_type of I slices (3 to 5), mb_skip_flag (11 to 13)
// and mb_type of P slices (14 to 17) need, for cabac_init_idc 0.
struct ContextInit {
  int index, m, n;
};
constexpr ContextInit kContexts[] = {{3, 20, -15}, {4, 2, 54},  {5, 3, 74},    {11, 23, 33}, {12, 23, 2},
                                     {13, 21, 0},  {14, 1, 9},  {15, 0, 49},   {16, -37, 118}, {17, 5, 57}};

class Cabac {
 public:
  Cabac(BitSink& out, int qp) : out_(out) {
    for (const auto& c : kContexts) {
      int pre = std::clamp((c.m * std::clamp(qp, 0, 51) >> 4) + c.n, 1, 126);
      mps_[c.index] = pre > 63;
      state_[c.index] = pre > 63 ? pre - 64 : 63 - pre;
    }
    Restart();
  }
  void Restart() {
    low_ = 0;
    range_ = 510;
    first_ = true;
    outstanding_ = 0;
  }
  void Encode(int ctx, bool bin) {
    uint32_t lps = kRangeLps[state_[ctx]][range_ >> 6 & 3];
    range_ -= lps;
    if (bin != mps_[ctx]) {
      low_ += range_;
      range_ = lps;
      if (state_[ctx] == 0) mps_[ctx] = !mps_[ctx];
      state_[ctx] = kNextLps[state_[ctx]];
    } else {
      state_[ctx] = std::min(state_[ctx] + 1, 62);
    }
    Renormalize();
  }
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
  int state_[18] = {};
  bool mps_[18] = {};
};

void AppendSamples(BitSink& out, const Bytes& samples) {
  out.Align();
  for (uint8_t s : samples) out.Byte(s);
}

void AppendCavlc(BitSink& out, const SliceData& s) {
  uint32_t run = 0;
  for (int i = 0; i < s.columns * s.rows; ++i) {
    if (!s.intra && s.skip[static_cast<size_t>(i)]) {
      ++run;
      continue;
    }
    if (!s.intra) out.Ue(run);
    run = 0;
    out.Ue(s.intra ? 25 : 30);  // I_PCM
    AppendSamples(out, s.samples(i));
  }
  if (run > 0) out.Ue(run);
  out.Bit(1);
  out.Align();
}

void AppendCabac(BitSink& out, const SliceData& s) {
  while (!out.aligned()) out.Bit(1);
  Cabac cabac(out, s.qp);
  for (int i = 0; i < s.columns * s.rows; ++i) {
    const bool left = i % s.columns > 0;
    const bool above = i >= s.columns;
    auto skipped = [&](int at) { return !s.intra && s.skip[static_cast<size_t>(at)]; };
    bool skip = skipped(i);
    if (!s.intra) {
      int ctx = 11 + (left && !skipped(i - 1) ? 1 : 0) + (above && !skipped(i - s.columns) ? 1 : 0);
      cabac.Encode(ctx, skip);
      if (!skip) {
        cabac.Encode(14, true);  // intra
        cabac.Encode(17, true);  // not I_NxN
      }
    } else {
      cabac.Encode(3 + (left ? 1 : 0) + (above ? 1 : 0), true);
    }
    if (!skip) {
      cabac.Terminate(true);  // I_PCM
      AppendSamples(out, s.samples(i));
      cabac.Restart();
    }
    cabac.Terminate(i + 1 == s.columns * s.rows);  // its last bit is the RBSP's stop bit
  }
  out.Align();
}

constexpr int kMacroblock = 384;

// What a macroblock has of one component, whose plane has a size and whose samples are step
// bytes apart: a square.
void AppendBlock(Bytes& out, const uint8_t* plane, int stride, int step, int width, int height, int x, int y, int side) {
  for (int i = 0; i < side * side; ++i) {
    const int row = std::min(y + i / side, height - 1);
    const int column = std::min(x + i % side, width - 1);
    out.push_back(plane[static_cast<ptrdiff_t>(row) * stride + column * step]);
  }
}

}  // namespace

Bytes Macroblocks(const PlanarPicture& p, int columns, int rows) {
  Bytes out;
  out.reserve(static_cast<size_t>(columns * rows * kMacroblock));
  for (int i = 0; i < columns * rows; ++i) {
    const int x = i % columns * 16;
    const int y = i / columns * 16;
    AppendBlock(out, p.y, p.stride, 1, p.width, p.height, x, y, 16);
    for (const uint8_t* plane : {p.u, p.v}) {
      AppendBlock(out, plane, p.chroma_stride, p.step, p.width / 2, p.height / 2, x / 2, y / 2, 8);
    }
  }
  return out;
}

SliceData DataOf(const Bytes& samples, const Bytes* reference, bool cabac, int columns, int rows) {
  SliceData data;
  data.intra = reference == nullptr;
  data.cabac = cabac;
  data.columns = columns;
  data.rows = rows;
  data.samples = [&samples](int i) {
    auto begin = samples.begin() + i * kMacroblock;
    return Bytes(begin, begin + kMacroblock);
  };
  for (int i = 0; i < columns * rows; ++i) {
    auto begin = samples.begin() + i * kMacroblock;
    data.skip.push_back(reference && std::equal(begin, begin + kMacroblock, reference->begin() + i * kMacroblock));
  }
  return data;
}

void AppendSliceData(BitSink& out, const SliceData& slice) {
  slice.cabac ? AppendCabac(out, slice) : AppendCavlc(out, slice);
}

}  // namespace doubles
