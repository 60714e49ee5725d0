// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "slice_data.h"

#include <algorithm>

#include "cabac.h"

namespace doubles {
namespace {

// The context variables that mb_type of I slices (3 to 5), mb_skip_flag (11 to 13)
// and mb_type of P slices (14 to 17) need, for cabac_init_idc 0.
struct ContextInit {
  int index, m, n;
};
constexpr ContextInit kContexts[] = {{3, 20, -15}, {4, 2, 54},  {5, 3, 74},    {11, 23, 33}, {12, 23, 2},
                                     {13, 21, 0},  {14, 1, 9},  {15, 0, 49},   {16, -37, 118}, {17, 5, 57}};

class Cabac : public ArithmeticEncoder {
 public:
  Cabac(BitSink& out, int qp) : ArithmeticEncoder(out) {
    for (const auto& c : kContexts) {
      variables_[c.index] = ContextVariable::Of((c.m * std::clamp(qp, 0, 51) >> 4) + c.n);
    }
  }
  void Encode(int ctx, bool bin) { ArithmeticEncoder::Encode(variables_[ctx], bin); }

 private:
  ContextVariable variables_[18];
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
