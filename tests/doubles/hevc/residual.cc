// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "residual.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace doubles::hevc {
namespace {

// Values of 9.3.2.2 of H.265, for I, P and B slices.
template <size_t N>
using Initial = std::array<std::array<uint8_t, N>, 3>;

constexpr uint8_t kUnused = 154;
constexpr Initial<1> kSaoMerge{{{153}, {153}, {153}}};
constexpr Initial<1> kSaoType{{{200}, {185}, {160}}};
constexpr Initial<3> kSplitCu{{{139, 141, 157}, {107, 139, 126}, {107, 139, 126}}};
constexpr Initial<3> kSkip{{{kUnused, kUnused, kUnused}, {197, 185, 201}, {197, 185, 201}}};
constexpr Initial<1> kPredMode{{{kUnused}, {149}, {134}}};
constexpr Initial<1> kPartMode{{{184}, {154}, {154}}};
constexpr Initial<1> kPrevIntra{{{184}, {154}, {183}}};
constexpr Initial<1> kChromaMode{{{63}, {152}, {152}}};
constexpr Initial<1> kMergeIndex{{{kUnused}, {122}, {137}}};
constexpr Initial<3> kSplitTransform{{{153, 138, 138}, {124, 138, 94}, {224, 167, 122}}};
constexpr Initial<2> kCbfLuma{{{111, 141}, {153, 111}, {153, 111}}};
constexpr Initial<2> kCbfChroma{{{94, 138}, {149, 107}, {149, 92}}};
constexpr Initial<2> kQpDelta{{{154, 154}, {154, 154}, {154, 154}}};
constexpr Initial<2> kTransformSkip{{{139, 139}, {139, 139}, {139, 139}}};
constexpr Initial<18> kLast{
    {{110, 110, 124, 125, 140, 153, 125, 127, 140, 109, 111, 143, 127, 111, 79, 108, 123, 63},
     {125, 110, 94, 110, 95, 79, 125, 111, 110, 78, 110, 111, 111, 95, 94, 108, 123, 108},
     {125, 110, 124, 110, 95, 94, 125, 111, 111, 79, 125, 126, 111, 111, 79, 108, 123, 93}}};
constexpr Initial<4> kCodedBlock{{{91, 171, 134, 141}, {121, 140, 61, 154}, {121, 140, 61, 154}}};
constexpr Initial<42> kSignificant{
    {{111, 111, 125, 110, 110, 94,  124, 108, 124, 107, 125, 141, 179, 153, 125, 107, 125, 141, 179, 153, 125,
      107, 125, 141, 179, 153, 125, 140, 139, 182, 182, 152, 136, 152, 136, 153, 136, 139, 111, 136, 139, 111},
     {155, 154, 139, 153, 139, 123, 123, 63,  153, 166, 183, 140, 136, 153, 154, 166, 183, 140, 136, 153, 154,
      166, 183, 140, 136, 153, 154, 170, 153, 123, 123, 107, 121, 107, 121, 167, 151, 183, 140, 151, 183, 140},
     {170, 154, 139, 153, 139, 123, 123, 63,  124, 166, 183, 140, 136, 153, 154, 166, 183, 140, 136, 153, 154,
      166, 183, 140, 136, 153, 154, 170, 153, 138, 138, 122, 121, 122, 121, 167, 151, 183, 140, 151, 183, 140}}};
constexpr Initial<24> kGreater1{{{140, 92,  137, 138, 140, 152, 138, 139, 153, 74,  149, 92,
                                  139, 107, 122, 152, 140, 179, 166, 182, 140, 227, 122, 197},
                                 {154, 196, 196, 167, 154, 152, 167, 182, 182, 134, 149, 136,
                                  153, 121, 136, 137, 169, 194, 166, 167, 154, 167, 137, 182},
                                 {154, 196, 167, 167, 154, 152, 167, 182, 182, 134, 149, 136,
                                  153, 121, 136, 122, 169, 208, 166, 167, 154, 152, 167, 182}}};
constexpr Initial<6> kGreater2{
    {{138, 153, 136, 167, 152, 152}, {107, 167, 91, 122, 107, 167}, {107, 167, 91, 107, 107, 167}}};

ContextVariable Begin(uint8_t value, int qp) {
  const int m = (value >> 4) * 5 - 45;
  const int n = ((value & 15) << 3) - 16;
  return ContextVariable::Of((m * std::clamp(qp, 0, 51) >> 4) + n);
}

// The matrix of 16x16, of which the smaller ones are parts.
struct Matrix {
  int values[16][16];
  Matrix() {
    // cos(i * pi / 32), of which a row has those of odd multiples of its number.
    static constexpr int kCosines[] = {64, 90, 89, 87, 83, 80, 75, 70, 64, 57, 50, 43, 36, 25, 18, 9};
    for (int row = 0; row < 16; ++row) {
      for (int column = 0; column < 16; ++column) {
        const int angle = row * (2 * column + 1) % 64;
        const int folded = angle > 32 ? 64 - angle : angle;
        values[row][column] = folded < 16 ? kCosines[folded] : -kCosines[32 - folded];
      }
    }
  }
};

int Coefficient(int log2_size, int row, int column) {
  static const Matrix matrix;
  // The columns of the smaller ones are those of the first rows.
  return matrix.values[row << (4 - log2_size)][column];
}

// Transforms the columns, and transposes.
Square Pass(const Square& in, int log2_size, bool inverse, int shift) {
  const int n = 1 << log2_size;
  Square out(in.size());
  for (int x = 0; x < n; ++x) {
    for (int i = 0; i < n; ++i) {
      int sum = 0;
      for (int k = 0; k < n; ++k) {
        const int c = inverse ? Coefficient(log2_size, k, i) : Coefficient(log2_size, i, k);
        sum += c * in[static_cast<size_t>(k * n + x)];
      }
      sum = (sum + (1 << (shift - 1))) >> shift;
      out[static_cast<size_t>(x * n + i)] = std::clamp(sum, -32768, 32767);
    }
  }
  return out;
}

// Places along the diagonals of a square, from the bottom left to the top right of each.
std::vector<std::pair<int, int>> Diagonal(int size) {
  std::vector<std::pair<int, int>> places;
  for (int sum = 0; sum < 2 * size - 1; ++sum) {
    for (int y = std::min(sum, size - 1); y >= 0 && sum - y < size; --y) places.push_back({sum - y, y});
  }
  return places;
}

const std::vector<std::pair<int, int>>& Scan(int size) {
  static const std::vector<std::pair<int, int>> scans[] = {Diagonal(1), Diagonal(2), Diagonal(4)};
  return scans[size / 2];
}

// The levels of a block of 4x4 within a larger one, in the order of the scan.
std::array<int, 16> Within(const Square& levels, int log2_size, std::pair<int, int> block) {
  std::array<int, 16> out{};
  for (size_t i = 0; i < 16; ++i) {
    const auto [x, y] = Scan(4)[i];
    out[i] = levels[static_cast<size_t>(((block.second * 4 + y) << log2_size) + block.first * 4 + x)];
  }
  return out;
}

// The first and the last that are not zero; false if there are none.
bool Ends(const std::array<int, 16>& levels, int& first, int& last) {
  first = -1;
  for (int i = 0; i < 16; ++i) {
    if (levels[static_cast<size_t>(i)] == 0) continue;
    if (first < 0) first = i;
    last = i;
  }
  return first >= 0;
}

// Whether the sign of the first is told by the parity of the sum.
bool HidesSign(int first, int last) {
  return last - first > 3;
}

void MatchParities(Square& levels, int log2_size) {
  for (const auto& block : Scan(1 << (log2_size - 2))) {
    const auto within = Within(levels, log2_size, block);
    int first = 0, last = 0;
    if (!Ends(within, first, last) || !HidesSign(first, last)) continue;
    int sum = 0;
    size_t largest = 0;
    for (size_t i = 0; i < 16; ++i) {
      sum += std::abs(within[i]);
      if (std::abs(within[i]) > std::abs(within[largest])) largest = i;
    }
    if ((sum % 2 != 0) == (within[static_cast<size_t>(first)] < 0)) continue;
    const auto [x, y] = Scan(4)[largest];
    int& changed = levels[static_cast<size_t>(((block.second * 4 + y) << log2_size) + block.first * 4 + x)];
    changed += changed < 0 ? -1 : 1;
  }
}

// The prefix of a position, and what of it the suffix tells.
void SplitPosition(int position, int& prefix, int& suffix_bits, int& suffix) {
  prefix = position;
  suffix_bits = suffix = 0;
  if (position < 4) return;
  int log2 = 2;
  while (position >> (log2 + 1) != 0) ++log2;
  suffix_bits = log2 - 1;
  prefix = 2 * log2 + (position >> suffix_bits & 1);
  suffix = position & ((1 << suffix_bits) - 1);
}

void WritePrefix(ArithmeticEncoder& out, ContextVariable* contexts, int prefix, int log2_size, bool chroma) {
  const int offset = chroma ? 15 : 3 * (log2_size - 2) + ((log2_size - 1) >> 2);
  const int shift = chroma ? log2_size - 2 : (log2_size + 1) >> 2;
  const int most = 2 * log2_size - 1;
  for (int i = 0; i < prefix; ++i) out.Encode(contexts[offset + (i >> shift)], true);
  if (prefix < most) out.Encode(contexts[offset + (prefix >> shift)], false);
}

void WriteRemaining(ArithmeticEncoder& out, int value, int rice) {
  if (value < 3 << rice) {
    const int ones = value >> rice;
    out.Bypass((2u << ones) - 2, ones + 1);
    out.Bypass(static_cast<uint32_t>(value) & ((1u << rice) - 1), rice);
    return;
  }
  int length = rice;
  value -= 3 << rice;
  while (value >= 1 << length) value -= 1 << length++;
  const int ones = 3 + length - rice;
  out.Bypass((2u << ones) - 2, ones + 1);
  out.Bypass(static_cast<uint32_t>(value), length);
}

// The context of a flag that says whether a level is zero.
int SignificantContext(int x, int y, int log2_size, bool chroma, bool right, bool below) {
  static constexpr int kSmall[] = {0, 1, 4, 5, 2, 3, 4, 5, 6, 6, 8, 8, 7, 7, 8};
  const int base = chroma ? 27 : 0;
  if (log2_size == 2) return base + kSmall[y * 4 + x];
  if (x == 0 && y == 0) return base;
  const int in_x = x & 3, in_y = y & 3;
  int ctx = 2;
  if (!right && !below) ctx = in_x + in_y == 0 ? 2 : in_x + in_y < 3 ? 1 : 0;
  if (right && !below) ctx = in_y == 0 ? 2 : in_y == 1 ? 1 : 0;
  if (!right && below) ctx = in_x == 0 ? 2 : in_x == 1 ? 1 : 0;
  if (chroma) return base + ctx + (log2_size == 3 ? 9 : 12);
  if (x > 3 || y > 3) ctx += 3;
  return ctx + (log2_size == 3 ? 9 : 21);
}

// The sizes and signs of a block of 4x4. Tells in went_on whether the contexts of the next one
// go on from a level greater than 1.
void WriteLevels(ArithmeticEncoder& out, Contexts& c, const std::array<int, 16>& levels, int first, int last,
                 bool first_block, bool chroma, bool hide_signs, bool& went_on) {
  int set = first_block || chroma ? 0 : 2;
  if (went_on) ++set;
  int greater1 = 1, flags = 0, greater2_at = -1;
  for (int i = last; i >= first && flags < 8; --i) {
    const int level = std::abs(levels[static_cast<size_t>(i)]);
    if (level == 0) continue;
    out.Encode(c.greater1[set * 4 + greater1 + (chroma ? 16 : 0)], level > 1);
    ++flags;
    if (level > 1) {
      greater1 = 0;
      if (greater2_at < 0) greater2_at = i;
    } else if (greater1 > 0 && greater1 < 3) {
      ++greater1;
    }
  }
  went_on = greater1 == 0;
  if (greater2_at >= 0) {
    out.Encode(c.greater2[set + (chroma ? 4 : 0)], std::abs(levels[static_cast<size_t>(greater2_at)]) > 2);
  }
  for (int i = last; i >= first; --i) {
    const int level = levels[static_cast<size_t>(i)];
    if (level == 0 || (i == first && hide_signs && HidesSign(first, last))) continue;
    out.Bypass(level < 0, 1);
  }
  int rice = 0, count = 0;
  for (int i = last; i >= first; --i) {
    const int level = std::abs(levels[static_cast<size_t>(i)]);
    if (level == 0) continue;
    // What the flags tell.
    const int least = count >= 8 ? 1 : i == greater2_at ? 3 : 2;
    ++count;
    if (level < least) continue;
    WriteRemaining(out, level - least, rice);
    if (level > 3 << rice) rice = std::min(rice + 1, 4);
  }
}

}  // namespace

Contexts::Contexts(int init_type, int qp) {
  auto begin = [&](auto* to, const auto& initial) {
    for (size_t i = 0; i < initial[0].size(); ++i) to[i] = Begin(initial[static_cast<size_t>(init_type)][i], qp);
  };
  begin(&sao_merge, kSaoMerge);
  begin(&sao_type, kSaoType);
  begin(split_cu, kSplitCu);
  begin(skip, kSkip);
  begin(&pred_mode, kPredMode);
  begin(&part_mode, kPartMode);
  begin(&prev_intra, kPrevIntra);
  begin(&chroma_mode, kChromaMode);
  begin(&merge_index, kMergeIndex);
  begin(split_transform, kSplitTransform);
  begin(cbf_luma, kCbfLuma);
  begin(cbf_chroma, kCbfChroma);
  begin(qp_delta, kQpDelta);
  begin(transform_skip, kTransformSkip);
  begin(last_x, kLast);
  begin(last_y, kLast);
  begin(coded_block, kCodedBlock);
  begin(significant, kSignificant);
  begin(greater1, kGreater1);
  begin(greater2, kGreater2);
}

Square Quantise(const Square& differences, int log2_size, int qp, bool hide_signs) {
  static constexpr int kScale[] = {26214, 23302, 20560, 18396, 16384, 14564};
  Square levels = Pass(Pass(differences, log2_size, false, log2_size - 1), log2_size, false, log2_size + 6);
  const int shift = 14 + qp / 6 + 7 - log2_size;
  for (int& level : levels) {
    const int64_t size = (int64_t{std::abs(level)} * kScale[qp % 6] + (int64_t{1} << shift) / 3) >> shift;
    level = level < 0 ? -static_cast<int>(size) : static_cast<int>(size);
  }
  if (hide_signs) MatchParities(levels, log2_size);
  return levels;
}

Square Dequantise(const Square& levels, int log2_size, int qp) {
  static constexpr int kScale[] = {40, 45, 51, 57, 64, 72};
  Square coefficients = levels;
  const int shift = log2_size + 3;
  for (int& c : coefficients) {
    const int64_t scaled = (int64_t{c} * 16 * (kScale[qp % 6] << qp / 6) + (int64_t{1} << (shift - 1))) >> shift;
    c = static_cast<int>(std::clamp<int64_t>(scaled, -32768, 32767));
  }
  return Pass(Pass(coefficients, log2_size, true, 7), log2_size, true, 12);
}

void WriteResidual(ArithmeticEncoder& out, Contexts& c, const Square& levels, int log2_size, bool chroma,
                   const ResidualSyntax& syntax) {
  const int blocks = 1 << (log2_size - 2);
  const auto& scan = Scan(blocks);
  if (syntax.transform_skip && log2_size == 2) out.Encode(c.transform_skip[chroma], false);
  std::vector<std::array<int, 16>> all;
  std::array<bool, 16> coded{};  // by place
  int last_block = 0, last_place = 0;
  for (size_t i = 0; i < scan.size(); ++i) {
    all.push_back(Within(levels, log2_size, scan[i]));
    int first = 0, last = 0;
    if (!Ends(all.back(), first, last)) continue;
    coded[static_cast<size_t>(scan[i].second * 4 + scan[i].first)] = true;
    last_block = static_cast<int>(i);
    last_place = last;
  }
  const auto& block = scan[static_cast<size_t>(last_block)];
  const auto& place = Scan(4)[static_cast<size_t>(last_place)];
  int prefix[2], bits[2], suffix[2];
  SplitPosition(block.first * 4 + place.first, prefix[0], bits[0], suffix[0]);
  SplitPosition(block.second * 4 + place.second, prefix[1], bits[1], suffix[1]);
  WritePrefix(out, c.last_x, prefix[0], log2_size, chroma);
  WritePrefix(out, c.last_y, prefix[1], log2_size, chroma);
  for (int i : {0, 1}) out.Bypass(static_cast<uint32_t>(suffix[i]), bits[i]);

  bool went_on = false;
  for (int i = last_block; i >= 0; --i) {
    const auto [bx, by] = scan[static_cast<size_t>(i)];
    const auto& within = all[static_cast<size_t>(i)];
    const bool right = bx + 1 < blocks && coded[static_cast<size_t>(by * 4 + bx + 1)];
    const bool below = by + 1 < blocks && coded[static_cast<size_t>((by + 1) * 4 + bx)];
    int first = 0, last = 15;
    const bool any = Ends(within, first, last);
    bool infers = false;
    if (i < last_block && i > 0) {
      out.Encode(c.coded_block[(right || below ? 1 : 0) + (chroma ? 2 : 0)], any);
      if (!any) continue;
      infers = true;
    }
    for (int n = i == last_block ? last_place - 1 : 15; n >= 0; --n) {
      // That one of them is not zero is known.
      if (n == 0 && infers) break;
      const auto [x, y] = Scan(4)[static_cast<size_t>(n)];
      const bool significant = within[static_cast<size_t>(n)] != 0;
      const int ctx = SignificantContext(bx * 4 + x, by * 4 + y, log2_size, chroma, right, below);
      out.Encode(c.significant[ctx], significant);
      infers = infers && !significant;
    }
    if (any) WriteLevels(out, c, within, first, last, i == 0, chroma, syntax.hide_signs, went_on);
  }
}

}  // namespace doubles::hevc
