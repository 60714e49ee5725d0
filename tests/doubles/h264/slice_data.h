// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Slice data that decodes to exactly the picture given: macroblocks that equal the
// reference are skipped, all others are not compressed.

#ifndef NRTC_TESTS_DOUBLES_H264_SLICE_DATA_H_
#define NRTC_TESTS_DOUBLES_H264_SLICE_DATA_H_

#include <functional>
#include <vector>

#include "bits.h"

namespace doubles {

struct SliceData {
  bool intra = false;
  bool cabac = false;
  int qp = 26;
  int columns = 0;
  int rows = 0;
  std::vector<bool> skip;  // by macroblock; none in an intra slice
  // The 384 samples of a macroblock: luma, then Cb, then Cr.
  std::function<Bytes(int)> samples;
};

// Appends the data, the end of the RBSP included, to a slice header.
void AppendSliceData(BitSink& out, const SliceData& slice);

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_H264_SLICE_DATA_H_
