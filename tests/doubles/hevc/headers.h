// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Headers of H.265 streams as the test doubles read and write them; on purpose no code is
// shared with the encoder under test.

#ifndef NRTC_TESTS_DOUBLES_HEVC_HEADERS_H_
#define NRTC_TESTS_DOUBLES_HEVC_HEADERS_H_

#include <vector>

#include "../h264/bits.h"

namespace doubles::hevc {

enum NalType { kTsaN = 2, kTsaR = 3, kIdrWRadl = 19, kIdrNLp = 20, kVps = 32, kSps = 33, kPps = 34 };

// The pictures before that are to be kept.
struct Kept {
  int distance = 0;
  bool used = false;
};
using References = std::vector<Kept>;

struct SequenceSet {
  int layers = 1;
  int level = 0;
  int width = 0;
  int height = 0;
  bool window = false;
  int crop[4] = {};  // left, right, top, bottom
  int log2_max_poc = 8;
  bool ordering_of_each = false;
  int buffering[7] = {1, 1, 1, 1, 1, 1, 1};  // pictures kept beside the current one, by layer
  int reorder[7] = {};
  int latency[7] = {};
  int log2_min_cb = 3, log2_ctb = 3, log2_min_tb = 2, log2_max_tb = 2;
  int depth_inter = 0, depth_intra = 0;
  bool scaling_lists = false, amp = false, sao = false, pcm = false;
  std::vector<References> sets;
  bool long_term = false, temporal_mvp = false, strong_intra = false;
};

struct PictureSet {
  bool dependent_slices = false, output_flag = false;
  int extra_bits = 0;
  bool sign_hiding = false, cabac_init = false;
  int active[2] = {1, 1};
  int init_qp = 26;
  bool constrained_intra = false, transform_skip = false, cu_qp_delta = false;
  int cu_qp_delta_depth = 0;
  int cb_offset = 0, cr_offset = 0;
  bool slice_chroma_offsets = false, weighted = false, bi_weighted = false, bypass = false;
  bool tiles = false, sync = false, across_slices = false;
  bool deblocking_control = false, deblocking_override = false, deblocking_off = false;
  int beta = 0, tc = 0;
  bool scaling_lists = false, lists_modification = false;
  int merge_level = 2;
  bool slice_extension = false;
};

struct SliceHeader {
  int nal = kIdrWRadl;
  int temporal_id = 0;
  int type = 2;  // as SliceType
  int poc_lsb = 0;
  bool of_sequence = false;
  References references;
  bool temporal_mvp = false, sao_luma = false, sao_chroma = false;
  bool active_override = false;
  int active[2] = {1, 1};
  bool mvd_l1_zero = false, cabac_init = false, collocated_from_l0 = true;
  int merge_candidates = 5;
  int qp = 26;
  int cb_offset = 0, cr_offset = 0;
  bool deblocking_override = false, deblocking_off = false;
  int beta = 0, tc = 0;
  bool across_slices = false;

  bool idr() const { return nal == kIdrWRadl || nal == kIdrNLp; }
};

// Read the unit that follows its header of two bytes; false if there is anything in it that the
// doubles do not know.
bool ReadSequence(const Bytes& unit, SequenceSet& s);
bool ReadPicture(const Bytes& unit, PictureSet& p);
// A whole slice header, with that of its unit, up to where the data begin, which is so many bits.
bool ReadSlice(const Bytes& unit, size_t bits, const SequenceSet& s, const PictureSet& p, SliceHeader& h);

// Appends all three parameter sets.
void AppendSets(Bytes& out, const SequenceSet& s, const PictureSet& p);
// Without the header of the unit.
BitSink WriteSlice(const SequenceSet& s, const PictureSet& p, SliceHeader h);
// Start code, header and payload.
void AppendUnit(Bytes& out, int type, int temporal_id, const Bytes& payload);

// The units of a stream, without start codes and emulation prevention.
std::vector<Bytes> Units(const Bytes& stream);

}  // namespace doubles::hevc

#endif  // NRTC_TESTS_DOUBLES_HEVC_HEADERS_H_
