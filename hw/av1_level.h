// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// AV1 levels.

#ifndef NRTC_HW_AV1_LEVEL_H_
#define NRTC_HW_AV1_LEVEL_H_

#include <cstdint>

namespace nrtc::hw {

// The seq_level_idx of the lowest level of the main tier that allows the stream; -1 if none
// does.
int ChooseAv1Level(int width, int height, double framerate, uint32_t bitrate_bps, int tiles, int tile_columns);

}  // namespace nrtc::hw

#endif  // NRTC_HW_AV1_LEVEL_H_
