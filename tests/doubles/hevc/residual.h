// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Transforms of H.265 blocks of 4x4 to 16x16 and the syntax of what is left of them.

#ifndef NRTC_TESTS_DOUBLES_HEVC_RESIDUAL_H_
#define NRTC_TESTS_DOUBLES_HEVC_RESIDUAL_H_

#include <vector>

#include "../h264/cabac.h"

namespace doubles::hevc {

// A square of values, row by row.
using Square = std::vector<int>;

// The context variables that are used.
struct Contexts {
  explicit Contexts(int init_type, int qp);

  ContextVariable sao_merge, sao_type, split_cu[3], skip[3], pred_mode, part_mode, prev_intra, chroma_mode,
      merge_index, split_transform[3], cbf_luma[2], cbf_chroma[2], qp_delta[2], transform_skip[2], last_x[18],
      last_y[18], coded_block[4], significant[42], greater1[24], greater2[6];
};

// What of the differences is left after transform and quantisation. With signs hidden, the sums
// have the parities that tell them.
Square Quantise(const Square& differences, int log2_size, int qp, bool hide_signs);
// The differences as a decoder has them.
Square Dequantise(const Square& levels, int log2_size, int qp);

struct ResidualSyntax {
  bool transform_skip = false;
  bool hide_signs = false;
};
// Writes levels of which not all are zero; of luma or chroma.
void WriteResidual(ArithmeticEncoder& out, Contexts& contexts, const Square& levels, int log2_size, bool chroma,
                   const ResidualSyntax& syntax);

}  // namespace doubles::hevc

#endif  // NRTC_TESTS_DOUBLES_HEVC_RESIDUAL_H_
