// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The headers of an H.265 stream of ours: main profile, frames only, one slice a picture,
// pictures in the order in which they are shown.

#ifndef NRTC_HW_HEVC_HEADERS_H_
#define NRTC_HW_HEVC_HEADERS_H_

#include <cstdint>
#include <vector>

#include "hw/bit_writer.h"

namespace nrtc::hw {

// Types of NAL units. A picture of an upper temporal layer is a TSA: neither it nor what follows
// refers to anything of that layer or above before it. Nothing of its layer refers to an _N.
enum HevcNal : uint8_t {
  kHevcTrailR = 1,
  kHevcTsaN = 2,
  kHevcTsaR = 3,
  kHevcIdrWRadl = 19,
  kHevcIdrNLp = 20,
  kHevcVps = 32,
  kHevcSps = 33,
  kHevcPps = 34,
};

// So that the field is not long enough for a slice header to need emulation prevention.
inline constexpr int kHevcLog2MaxPocLsb = 8;
// Of neighbours that a block may take its motion from; the most there can be.
inline constexpr int kHevcMergeCandidates = 5;

// What the parameter sets say.
struct HevcSequence {
  int level_idc = 93;  // 30 times the level
  int width = 0;       // true size; the coded one is filled up to whole coding blocks
  int height = 0;
  int temporal_layers = 1;
  int max_references = 1;  // pictures that are kept beside the one being decoded
  int init_qp = 26;
  // Sizes of luma blocks: coding tree, smallest coding block, transforms.
  int log2_ctb = 5;
  int log2_min_cb = 4;
  int log2_min_tb = 2;
  int log2_max_tb = 5;
  int max_depth_inter = 3;
  int max_depth_intra = 3;
  bool amp = false;
  bool sao = false;
  bool temporal_mvp = false;
  bool strong_intra_smoothing = false;
  bool sign_data_hiding = false;
  bool transform_skip = false;
  bool cu_qp_delta = false;
  int cu_qp_delta_depth = 0;  // how often a coding tree block is halved where they may differ

  int coded_width() const { return Coded(width); }
  int coded_height() const { return Coded(height); }
  // In units of two pixels. A true size that is odd is coded as the next even one:
  // 4:2:0 cannot say more.
  int crop_right() const { return (coded_width() - width) / 2; }
  int crop_bottom() const { return (coded_height() - height) / 2; }
  bool cropped() const { return crop_right() != 0 || crop_bottom() != 0; }
  int ctbs() const { return Ctbs(width) * Ctbs(height); }

 private:
  int Coded(int size) const { return (((size - 1) >> log2_min_cb) + 1) << log2_min_cb; }
  int Ctbs(int size) const { return ((Coded(size) - 1) >> log2_ctb) + 1; }
};

// A picture that must be kept for this one or for later ones.
struct HevcKept {
  int distance = 1;  // how far back, in picture order
  bool used = true;  // by this one
};

// One picture, as its slice header says.
struct HevcSlice {
  HevcNal nal = kHevcIdrWRadl;
  int temporal_index = 0;
  int poc = 0;  // since the last IDR picture
  // With the latest first. None in an IDR picture.
  std::vector<HevcKept> kept;
  // Slices with two lists of references, which are alike, where a device makes no others.
  bool bidirectional = false;
  int qp = 26;

  bool idr() const { return nal == kHevcIdrWRadl || nal == kHevcIdrNLp; }
};

PackedHeader HevcVideoParameterSet(const HevcSequence& s);
PackedHeader HevcSequenceParameterSet(const HevcSequence& s);
PackedHeader HevcPictureParameterSet(const HevcSequence& s);
// All three, as they come before a key picture.
PackedHeader HevcParameterSets(const HevcSequence& s);
PackedHeader HevcSliceHeader(const HevcSequence& s, const HevcSlice& slice);

}  // namespace nrtc::hw

#endif  // NRTC_HW_HEVC_HEADERS_H_
