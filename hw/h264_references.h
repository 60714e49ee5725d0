// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Which pictures of an H.264 stream refer to which: none but the one before
// (one temporal layer), or the patterns of L1T2 and L1T3.

#ifndef NRTC_HW_H264_REFERENCES_H_
#define NRTC_HW_H264_REFERENCES_H_

#include <vector>

#include "hw/h264_headers.h"

namespace nrtc::hw {

// One picture that is kept as a reference.
struct H264Reference {
  int slot = 0;  // which buffer holds it
  int frame_num = 0;
  int poc = 0;  // since the last IDR picture
  int temporal_index = 0;
};

struct H264Picture {
  H264Slice slice;
  int poc = 0;
  int temporal_index = 0;
  bool layer_sync = false;               // refers to the base layer only
  int slot = 0;                          // where it is to be reconstructed
  std::vector<H264Reference> kept;       // all references held, latest first
  const H264Reference* reference() const { return slice.idr ? nullptr : &kept[static_cast<size_t>(used)]; }
  int used = 0;  // index in kept of the one that it refers to
};

class H264References {
 public:
  explicit H264References(int temporal_layers) : layers_(temporal_layers) {}

  int max_num_ref_frames() const { return layers_ == 3 ? 2 : 1; }
  // Buffers needed for reconstructed pictures.
  int slots() const { return max_num_ref_frames() + 1; }
  bool needs_gaps() const { return layers_ == 3; }

  // Describes the next picture. The first is always an IDR picture. Nothing
  // changes until Commit.
  H264Picture Next(bool key) const;
  // The picture was encoded.
  void Commit(const H264Picture& picture);

 private:
  const int layers_;
  std::vector<H264Reference> kept_;  // latest first
  bool started_ = false;
  int since_idr_ = 0;
  int next_frame_num_ = 0;
  int idr_pic_id_ = 0;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_H264_REFERENCES_H_
