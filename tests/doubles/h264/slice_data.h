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

// A picture in memory. Between two samples of Cb, and of Cr, there are as many bytes as step says.
struct PlanarPicture {
  int width = 0, height = 0;
  const uint8_t* y = nullptr;
  const uint8_t* u = nullptr;
  const uint8_t* v = nullptr;
  int stride = 0, chroma_stride = 0, step = 1;
};

// The samples of so many macroblocks, row by row; beyond the picture its edges.
Bytes Macroblocks(const PlanarPicture& picture, int columns, int rows);

// The data of a picture of which Macroblocks made the samples, which must outlive it: intra, or
// what differs from those of a reference.
SliceData DataOf(const Bytes& samples, const Bytes* reference, bool cabac, int columns, int rows);

// Appends the data, the end of the RBSP included, to a slice header.
void AppendSliceData(BitSink& out, const SliceData& slice);

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_H264_SLICE_DATA_H_
