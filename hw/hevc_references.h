// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Which pictures of an H.265 stream refer to which: none but the one before (one temporal
// layer), or the patterns of L1T2 and L1T3.

#ifndef NRTC_HW_HEVC_REFERENCES_H_
#define NRTC_HW_HEVC_REFERENCES_H_

#include <vector>

#include "hw/hevc_headers.h"

namespace nrtc::hw {

// One picture that is kept.
struct HevcReference {
  int slot = 0;  // which buffer holds it
  int poc = 0;
  int temporal_index = 0;
};

struct HevcPicture {
  HevcSlice slice;
  bool referenced = true;                // by pictures to come
  bool layer_sync = false;               // refers to the base layer only
  int slot = 0;                          // where it is to be reconstructed
  std::vector<HevcReference> kept;       // as slice.kept; the first is the one that it refers to
};

class HevcReferences {
 public:
  explicit HevcReferences(int temporal_layers) : layers_(temporal_layers) {}

  // Pictures kept beside the current one.
  int max_references() const { return layers_ == 3 ? 2 : 1; }
  // Buffers needed for reconstructed pictures.
  int slots() const { return max_references() + 1; }

  // Describes the next picture. The first is always an IDR picture. Nothing
  // changes until Commit.
  HevcPicture Next(bool key) const;
  // The picture was encoded.
  void Commit(const HevcPicture& picture);

 private:
  const int layers_;
  std::vector<HevcReference> kept_;  // latest first
  bool started_ = false;
  int next_poc_ = 0;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_HEVC_REFERENCES_H_
