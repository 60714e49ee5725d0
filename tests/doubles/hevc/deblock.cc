// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include <algorithm>
#include <cstdlib>

#include "slice.h"

namespace doubles::hevc {
namespace {

// Table 8-11 of H.265.
constexpr int kBeta[52] = {0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  6,  7,
                           8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22, 24, 26, 28, 30, 32,
                           34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62, 64};
constexpr int kTc[54] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,
                         2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 13, 14, 16, 18, 20, 22, 24};

// Of either side of an intra block the strength is 2; all others here are of one motion.
constexpr int kStrength = 2;

uint8_t Clip(int v) {
  return static_cast<uint8_t>(std::clamp(v, 0, 255));
}

// The samples across an edge: step leads from p to q, next along the edge.
struct Edge {
  uint8_t* q0;
  ptrdiff_t step;
  ptrdiff_t next;
  uint8_t& p(int i, int k) const { return q0[k * next - (i + 1) * step]; }
  uint8_t& q(int i, int k) const { return q0[k * next + i * step]; }
};

void FilterLuma(const Edge& e, int beta, int tc) {
  auto dp = [&](int k) { return std::abs(e.p(2, k) - 2 * e.p(1, k) + e.p(0, k)); };
  auto dq = [&](int k) { return std::abs(e.q(2, k) - 2 * e.q(1, k) + e.q(0, k)); };
  const int p_both = dp(0) + dp(3);
  const int q_both = dq(0) + dq(3);
  if (p_both + q_both >= beta) return;
  auto flat = [&](int k) {
    return 2 * (dp(k) + dq(k)) < beta >> 2 &&
           std::abs(e.p(3, k) - e.p(0, k)) + std::abs(e.q(0, k) - e.q(3, k)) < beta >> 3 &&
           std::abs(e.p(0, k) - e.q(0, k)) < (5 * tc + 1) >> 1;
  };
  const bool strong = flat(0) && flat(3);
  const bool more_p = p_both < (beta + (beta >> 1)) >> 3;
  const bool more_q = q_both < (beta + (beta >> 1)) >> 3;
  for (int k = 0; k < 4; ++k) {
    const int p0 = e.p(0, k), p1 = e.p(1, k), p2 = e.p(2, k), p3 = e.p(3, k);
    const int q0 = e.q(0, k), q1 = e.q(1, k), q2 = e.q(2, k), q3 = e.q(3, k);
    if (strong) {
      auto near = [tc](int old, int v) { return static_cast<uint8_t>(std::clamp(v, old - 2 * tc, old + 2 * tc)); };
      e.p(0, k) = near(p0, (p2 + 2 * p1 + 2 * p0 + 2 * q0 + q1 + 4) >> 3);
      e.p(1, k) = near(p1, (p2 + p1 + p0 + q0 + 2) >> 2);
      e.p(2, k) = near(p2, (2 * p3 + 3 * p2 + p1 + p0 + q0 + 4) >> 3);
      e.q(0, k) = near(q0, (p1 + 2 * p0 + 2 * q0 + 2 * q1 + q2 + 4) >> 3);
      e.q(1, k) = near(q1, (p0 + q0 + q1 + q2 + 2) >> 2);
      e.q(2, k) = near(q2, (p0 + q0 + q1 + 3 * q2 + 2 * q3 + 4) >> 3);
      continue;
    }
    int delta = (9 * (q0 - p0) - 3 * (q1 - p1) + 8) >> 4;
    if (std::abs(delta) >= tc * 10) continue;
    delta = std::clamp(delta, -tc, tc);
    e.p(0, k) = Clip(p0 + delta);
    e.q(0, k) = Clip(q0 - delta);
    const int half = tc >> 1;
    if (more_p) e.p(1, k) = Clip(p1 + std::clamp((((p2 + p0 + 1) >> 1) - p1 + delta) >> 1, -half, half));
    if (more_q) e.q(1, k) = Clip(q1 + std::clamp((((q2 + q0 + 1) >> 1) - q1 - delta) >> 1, -half, half));
  }
}

void FilterChroma(const Edge& e, int tc) {
  for (int k = 0; k < 4; ++k) {
    const int p0 = e.p(0, k), q0 = e.q(0, k);
    const int delta = std::clamp((((q0 - p0) * 4) + e.p(1, k) - e.q(1, k) + 4) >> 3, -tc, tc);
    e.p(0, k) = Clip(p0 + delta);
    e.q(0, k) = Clip(q0 - delta);
  }
}

int TcOf(const Slice& s, int qp) {
  return kTc[std::clamp(qp + 2 * (kStrength - 1) + s.tc_offset_div2 * 2, 0, 53)];
}

// The edge before the 8x8 luma samples at that place, if there is one.
void FilterEdge(const Slice& s, Blocks& blocks, Picture& picture, int x, int y, bool vertical) {
  const int across = vertical ? x : y;
  const Block& q = blocks.at(x, y);
  if (across == 0 || across % (1 << q.log2_size) != 0) return;
  const Block& p = vertical ? blocks.at(x - 1, y) : blocks.at(x, y - 1);
  if (p.skipped && q.skipped) return;
  const int qp = (q.qp + p.qp + 1) >> 1;
  auto edge = [&](Plane& plane, int at_x, int at_y) {
    const ptrdiff_t row = plane.width;
    return Edge{&plane.at(at_x, at_y), vertical ? 1 : row, vertical ? row : 1};
  };
  const int beta = kBeta[std::clamp(qp + s.beta_offset_div2 * 2, 0, 51)];
  for (int part = 0; part < 8; part += 4) {
    FilterLuma(edge(picture.planes[0], vertical ? x : x + part, vertical ? y + part : y), beta, TcOf(s, qp));
  }
  if (across % 16 != 0) return;
  for (int c = 0; c < 2; ++c) {
    FilterChroma(edge(picture.planes[c + 1], x / 2, y / 2), TcOf(s, ChromaQp(qp + s.chroma_pps_offset[c])));
  }
}

}  // namespace

int ChromaQp(int index) {
  static constexpr int kFrom30[] = {29, 30, 31, 32, 33, 33, 34, 34, 35, 35, 36, 36, 37, 37};
  index = std::clamp(index, 0, 57);
  return index < 30 ? index : index < 44 ? kFrom30[index - 30] : index - 6;
}

void Deblock(const Slice& s, Blocks& blocks, Picture& picture) {
  const Plane& luma = picture.planes[0];
  for (bool vertical : {true, false}) {
    for (int y = 0; y < luma.height; y += 8) {
      for (int x = 0; x < luma.width; x += 8) FilterEdge(s, blocks, picture, x, y, vertical);
    }
  }
}

}  // namespace doubles::hevc
