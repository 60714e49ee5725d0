// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// One slice of H.265 as the test doubles write it: the data behind a slice header, and what
// a decoder makes of it. Blocks that equal the reference are skipped, all others are
// predicted by the mean of what is beside them, and transformed.

#ifndef NRTC_TESTS_DOUBLES_HEVC_SLICE_H_
#define NRTC_TESTS_DOUBLES_HEVC_SLICE_H_

#include <cstddef>
#include <vector>

#include "../h264/bits.h"

namespace doubles::hevc {

struct Plane {
  int width = 0;
  int height = 0;
  Bytes samples;

  Plane() = default;
  Plane(int w, int h) : width(w), height(h), samples(static_cast<size_t>(w * h)) {}
  uint8_t& at(int x, int y) { return samples[static_cast<size_t>(y * width + x)]; }
  uint8_t at(int x, int y) const { return samples[static_cast<size_t>(y * width + x)]; }
};

// Luma, Cb and Cr, of the coded size.
struct Picture {
  Plane planes[3];
};

enum SliceType { kB, kP, kI };

// What the parameter sets and the slice header say, as far as the data depend on it.
struct Slice {
  SliceType type = kI;
  int log2_ctb = 5;
  int log2_min_cb = 4;  // 3 or 4
  int log2_min_tb = 2;
  int log2_max_tb = 5;  // 4 or 5
  int max_depth_intra = 0;
  int merge_candidates = 5;
  bool sao_luma = false;
  bool sao_chroma = false;
  bool sign_data_hiding = false;
  bool transform_skip = false;
  bool cu_qp_delta = false;
  int cu_qp_delta_depth = 0;
  bool deblocking = true;
  int beta_offset_div2 = 0;
  int tc_offset_div2 = 0;
  int header_qp = 26;
  int qp = 26;  // that of all blocks; without cu_qp_delta the header's
  int chroma_pps_offset[2] = {};
  int chroma_slice_offset[2] = {};
};

// What is known of each 8x8 luma samples.
struct Block {
  int log2_size = 3;  // of its coding unit
  int depth = -1;     // -1: not coded yet
  bool skipped = false;
  int qp = 0;
};

struct Blocks {
  int columns = 0;
  std::vector<Block> all;
  Block& at(int x, int y) { return all[static_cast<size_t>((y >> 3) * columns + (x >> 3))]; }
};

// Appends the data, the end of the RBSP included, behind a slice header that ends at a whole
// byte. The reference is used unless the slice is of intra pictures.
void AppendSliceData(BitSink& out, const Slice& slice, const Picture& source, const Picture& reference,
                     Picture& reconstructed);

// The quantiser of chroma.
int ChromaQp(int index);
// The filter that a decoder applies.
void Deblock(const Slice& slice, Blocks& blocks, Picture& picture);

}  // namespace doubles::hevc

#endif  // NRTC_TESTS_DOUBLES_HEVC_SLICE_H_
