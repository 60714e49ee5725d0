// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The quantisers of VP8 and VP9, whose are AV1's too, and what their streams hold.

#ifndef NRTC_HW_VPX_QUANTISER_H_
#define NRTC_HW_VPX_QUANTISER_H_

#include <cstdint>
#include <vector>

namespace nrtc::hw {

// The range in which rate control of our own chooses, in steps of which six double what
// is divided by; and the codec's index that comes next to one.
inline constexpr int kVp8CoarsestQp = 43;
inline constexpr int kVp9CoarsestQp = 51;
int Vp8IndexOf(int qp);
int Vp9IndexOf(int qp);

// How strongly the loop filter smoothes: more where the quantiser is coarser. The index
// is of 0 to most.
int VpxFilterLevel(int index, int most);

// What a frame says of itself.
struct VpxContents {
  bool frame = false;  // one that is shown
  bool key = false;
  int width = 0;  // of a key frame
  int height = 0;
};
VpxContents InspectVp8(const std::vector<uint8_t>& frame);
VpxContents InspectVp9(const std::vector<uint8_t>& frame);

}  // namespace nrtc::hw

#endif  // NRTC_HW_VPX_QUANTISER_H_
