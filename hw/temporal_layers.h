// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The pattern of temporal layers, which all codecs have in common.

#ifndef NRTC_HW_TEMPORAL_LAYERS_H_
#define NRTC_HW_TEMPORAL_LAYERS_H_

namespace nrtc::hw {

// The layer of the picture that comes so many after a key picture.
inline int TemporalLayerOf(int layers, int position) {
  constexpr int kThree[] = {0, 2, 1, 2};
  if (layers == 2) return position % 2;
  return layers == 3 ? kThree[position % 4] : 0;
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_TEMPORAL_LAYERS_H_
