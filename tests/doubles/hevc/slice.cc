// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "slice.h"

#include <algorithm>
#include <cmath>

#include "residual.h"

namespace doubles::hevc {
namespace {

class Writer {
 public:
  Writer(BitSink& out, const Slice& slice, const Picture& source, const Picture& reference, Picture& reconstructed)
      : s_(slice),
        source_(source),
        reference_(reference),
        made_(reconstructed),
        width_(source.planes[0].width),
        height_(source.planes[0].height),
        cabac_(out),
        contexts_(slice.type == kI ? 0 : slice.type == kP ? 1 : 2, slice.header_qp),
        block_qp_(slice.header_qp),
        last_qp_(slice.header_qp) {
    blocks_.columns = (width_ + 7) / 8;
    blocks_.all.resize(static_cast<size_t>(blocks_.columns * ((height_ + 7) / 8)));
  }

  void Run() {
    const int size = 1 << s_.log2_ctb;
    for (int y = 0; y < height_; y += size) {
      for (int x = 0; x < width_; x += size) {
        if (s_.sao_luma || s_.sao_chroma) WriteNoSao(x, y);
        Tree(x, y, s_.log2_ctb, 0);
        cabac_.Terminate(x + size >= width_ && y + size >= height_);
      }
    }
    if (s_.deblocking) Deblock(s_, blocks_, made_);
  }

 private:
  // Offsets of nothing.
  void WriteNoSao(int x, int y) {
    if (x > 0) cabac_.Encode(contexts_.sao_merge, false);
    if (y > 0) cabac_.Encode(contexts_.sao_merge, false);
    if (s_.sao_luma) cabac_.Encode(contexts_.sao_type, false);
    if (s_.sao_chroma) cabac_.Encode(contexts_.sao_type, false);
  }

  const Block* Beside(int x, int y) { return x < 0 || y < 0 ? nullptr : &blocks_.at(x, y); }

  void Tree(int x, int y, int log2, int depth) {
    const int size = 1 << log2;
    const bool whole = x + size <= width_ && y + size <= height_;
    const bool skips = whole && Skippable(x, y, size);
    // Transforms go up to 16x16 here.
    bool split = log2 > s_.log2_min_cb && (!whole || (log2 > 4 && !skips));
    if (whole && log2 > s_.log2_min_cb) {
      int ctx = 0;
      for (const Block* b : {Beside(x - 1, y), Beside(x, y - 1)}) ctx += b != nullptr && b->depth > depth;
      cabac_.Encode(contexts_.split_cu[ctx], split);
    }
    if (s_.cu_qp_delta && log2 >= s_.log2_ctb - s_.cu_qp_delta_depth) {
      delta_due_ = true;
      block_qp_ = (QpBeside(x - 1, y, x, y) + QpBeside(x, y - 1, x, y) + 1) >> 1;
    }
    if (!split) {
      Unit(x, y, log2, depth, skips);
      return;
    }
    const int half = size / 2;
    for (int i = 0; i < 4; ++i) {
      const int at_x = x + i % 2 * half, at_y = y + i / 2 * half;
      if (at_x < width_ && at_y < height_) Tree(at_x, at_y, log2 - 1, depth + 1);
    }
  }

  // The quantiser that a group of blocks takes from one beside it in the same coding tree block, or from
  // the one before.
  int QpBeside(int x, int y, int of_x, int of_y) {
    const int ctb = s_.log2_ctb;
    const bool same = x >= 0 && y >= 0 && x >> ctb == of_x >> ctb && y >> ctb == of_y >> ctb;
    return same ? blocks_.at(x, y).qp : last_qp_;
  }

  // Whether the reference is as good as the quantiser would make it.
  bool Skippable(int x, int y, int size) const {
    if (s_.type == kI) return false;
    // About what quantisation by steps of that size costs.
    const double tolerated = std::max(1.0, std::exp2((s_.qp - 4) / 3.0) / 10);
    for (int at_y = y; at_y < y + size; at_y += 8) {
      for (int at_x = x; at_x < x + size; at_x += 8) {
        for (int c = 0; c < 3; ++c) {
          const int part = c == 0 ? 8 : 4, scale = c == 0 ? 1 : 2;
          double sum = 0;
          for (int i = 0; i < part * part; ++i) {
            const int px = at_x / scale + i % part, py = at_y / scale + i / part;
            const int d = source_.planes[c].at(px, py) - reference_.planes[c].at(px, py);
            sum += d * d;
          }
          if (sum > tolerated * part * part) return false;
        }
      }
    }
    return true;
  }

  void Unit(int x, int y, int log2, int depth, bool skips) {
    if (s_.type != kI) {
      int ctx = 0;
      for (const Block* b : {Beside(x - 1, y), Beside(x, y - 1)}) ctx += b != nullptr && b->skipped;
      cabac_.Encode(contexts_.skip[ctx], skips);
    }
    if (skips) {
      // No block of ours moves, so that every candidate stands still.
      if (s_.merge_candidates > 1) cabac_.Encode(contexts_.merge_index, false);
      for (int c = 0; c < 3; ++c) {
        const int scale = c == 0 ? 1 : 2, size = (1 << log2) / scale;
        for (int i = 0; i < size * size; ++i) {
          const int px = x / scale + i % size, py = y / scale + i / size;
          made_.planes[c].at(px, py) = reference_.planes[c].at(px, py);
        }
      }
    } else {
      Intra(x, y, log2);
    }
    for (int at_y = y; at_y < y + (1 << log2); at_y += 8) {
      for (int at_x = x; at_x < x + (1 << log2); at_x += 8) blocks_.at(at_x, at_y) = {log2, depth, skips, block_qp_};
    }
    last_qp_ = block_qp_;
  }

  void Intra(int x, int y, int log2) {
    if (s_.type != kI) cabac_.Encode(contexts_.pred_mode, true);
    if (log2 == s_.log2_min_cb) cabac_.Encode(contexts_.part_mode, true);
    // The second of the likely modes is DC wherever all beside it are DC.
    cabac_.Encode(contexts_.prev_intra, true);
    cabac_.Bypass(2, 2);
    cabac_.Encode(contexts_.chroma_mode, false);  // as luma

    // Not split, where it could be.
    if (log2 <= s_.log2_max_tb && log2 > s_.log2_min_tb && s_.max_depth_intra > 0) {
      cabac_.Encode(contexts_.split_transform[5 - log2], false);
    }
    // Whether anything is left is told before the rest of it; chroma comes after luma, of which it does
    // not depend.
    Square levels[3];
    bool coded[3];
    for (int c = 0; c < 3; ++c) {
      levels[c] = Predict(c, x, y, log2);
      coded[c] = std::any_of(levels[c].begin(), levels[c].end(), [](int v) { return v != 0; });
    }
    cabac_.Encode(contexts_.cbf_chroma[0], coded[1]);
    cabac_.Encode(contexts_.cbf_chroma[0], coded[2]);
    cabac_.Encode(contexts_.cbf_luma[1], coded[0]);
    if (delta_due_ && (coded[0] || coded[1] || coded[2])) WriteDelta();
    for (int c = 0; c < 3; ++c) {
      if (!coded[c]) continue;
      WriteResidual(cabac_, contexts_, levels[c], c == 0 ? log2 : log2 - 1, c > 0,
                    {s_.transform_skip, s_.sign_data_hiding});
    }
  }

  void WriteDelta() {
    delta_due_ = false;
    const int delta = s_.qp - block_qp_;
    const int size = delta < 0 ? -delta : delta;
    for (int i = 0; i < std::min(size, 5); ++i) cabac_.Encode(contexts_.qp_delta[i > 0], true);
    if (size < 5) {
      cabac_.Encode(contexts_.qp_delta[size > 0], false);
    } else {
      // Exponential Golomb, with ones before.
      int rest = size - 5, k = 0;
      while (rest >= 1 << k) {
        cabac_.Bypass(1, 1);
        rest -= 1 << k++;
      }
      cabac_.Bypass(0, 1);
      cabac_.Bypass(static_cast<uint32_t>(rest), k);
    }
    if (size > 0) cabac_.Bypass(delta < 0, 1);
    block_qp_ = s_.qp;
  }

  int QpOf(int c) const {
    return c == 0 ? s_.qp : ChromaQp(s_.qp + s_.chroma_pps_offset[c - 1] + s_.chroma_slice_offset[c - 1]);
  }

  // Predicts a block, makes what a decoder makes, and returns the levels.
  Square Predict(int c, int luma_x, int luma_y, int log2) {
    const int scale = c == 0 ? 1 : 2;
    if (c > 0) --log2;
    const int x = luma_x / scale, y = luma_y / scale, n = 1 << log2;
    Plane& made = made_.planes[c];
    // What is not there is as what is beside it on the other side.
    auto above = [&](int i) { return y > 0 ? made.at(x + i, y - 1) : x > 0 ? made.at(x - 1, y) : 128; };
    auto left = [&](int i) { return x > 0 ? made.at(x - 1, y + i) : y > 0 ? made.at(x, y - 1) : 128; };
    int mean = n;
    for (int i = 0; i < n; ++i) mean += above(i) + left(i);
    mean >>= log2 + 1;
    Square predicted(static_cast<size_t>(n * n), mean);
    if (c == 0) {
      for (int i = 1; i < n; ++i) {
        predicted[static_cast<size_t>(i)] = (above(i) + 3 * mean + 2) >> 2;
        predicted[static_cast<size_t>(i * n)] = (left(i) + 3 * mean + 2) >> 2;
      }
      predicted[0] = (left(0) + 2 * mean + above(0) + 2) >> 2;
    }
    Square differences(predicted.size());
    for (int i = 0; i < n * n; ++i) {
      differences[static_cast<size_t>(i)] =
          source_.planes[c].at(x + i % n, y + i / n) - predicted[static_cast<size_t>(i)];
    }
    const Square levels = Quantise(differences, log2, QpOf(c), s_.sign_data_hiding);
    differences = Dequantise(levels, log2, QpOf(c));
    for (int i = 0; i < n * n; ++i) {
      const int value = predicted[static_cast<size_t>(i)] + differences[static_cast<size_t>(i)];
      made.at(x + i % n, y + i / n) = static_cast<uint8_t>(std::clamp(value, 0, 255));
    }
    return levels;
  }

  const Slice& s_;
  const Picture& source_;
  const Picture& reference_;
  Picture& made_;
  const int width_;
  const int height_;
  ArithmeticEncoder cabac_;
  Contexts contexts_;
  Blocks blocks_;
  int block_qp_;  // of what is coded next, until a difference is told
  int last_qp_;   // of what was coded last
  bool delta_due_ = false;  // no difference was told in this group of blocks
};

}  // namespace

void AppendSliceData(BitSink& out, const Slice& slice, const Picture& source, const Picture& reference,
                     Picture& reconstructed) {
  Writer(out, slice, source, reference, reconstructed).Run();
  out.Align();
}

}  // namespace doubles::hevc
