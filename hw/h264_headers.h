// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The headers of an H.264 stream of ours: frames only, one slice a picture, no B
// frames, picture order count type 0.

#ifndef NRTC_HW_H264_HEADERS_H_
#define NRTC_HW_H264_HEADERS_H_

#include <cstdint>

#include "hw/bit_writer.h"

namespace nrtc::hw {

enum class H264Profile { kConstrainedBaseline, kMain, kHigh };

// So that neither field is long enough for a slice header to need emulation
// prevention.
inline constexpr int kH264Log2MaxFrameNum = 8;
inline constexpr int kH264Log2MaxPocLsb = 8;

// What the parameter sets say.
struct H264Sequence {
  H264Profile profile = H264Profile::kConstrainedBaseline;
  int level_idc = 31;  // 9 means 1b
  int width = 0;       // true size; the coded one is its multiple of 16
  int height = 0;
  int max_num_ref_frames = 1;
  // Whether frames may be missing between others: higher temporal layers that
  // somebody left out and that were references.
  bool gaps_in_frame_num = false;
  int init_qp = 26;

  int width_in_mbs() const { return (width + 15) / 16; }
  int height_in_mbs() const { return (height + 15) / 16; }
  // In units of two pixels. A true size that is odd is coded as the next even one:
  // 4:2:0 cannot say more.
  int crop_right() const { return (width_in_mbs() * 16 - width) / 2; }
  int crop_bottom() const { return (height_in_mbs() * 16 - height) / 2; }
  bool cropped() const { return crop_right() != 0 || crop_bottom() != 0; }
  bool cabac() const { return profile != H264Profile::kConstrainedBaseline; }
  bool transform_8x8() const { return profile == H264Profile::kHigh; }
  int profile_idc() const;
  // constraint_set0_flag to constraint_set5_flag and two zero bits.
  int constraint_flags() const;
};

// One picture, as its slice header says.
struct H264Slice {
  bool idr = false;
  int nal_ref_idc = 1;
  int frame_num = 0;
  int idr_pic_id = 0;
  int poc_lsb = 0;
  // How far back the one reference is, in picture numbers, if it is not the one
  // that comes first by itself; else 0.
  int reorder_distance = 0;
  int qp = 26;
};

PackedHeader H264SequenceParameterSet(const H264Sequence& s);
PackedHeader H264PictureParameterSet(const H264Sequence& s);
PackedHeader H264SliceHeader(const H264Sequence& s, const H264Slice& slice);

}  // namespace nrtc::hw

#endif  // NRTC_HW_H264_HEADERS_H_
