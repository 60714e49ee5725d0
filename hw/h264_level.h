// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// H.264 levels (Annex A, table A-1).

#ifndef NRTC_HW_H264_LEVEL_H_
#define NRTC_HW_H264_LEVEL_H_

#include <cstdint>

#include "hw/h264_headers.h"

namespace nrtc::hw {

// The lowest level_idc that allows all of it (9 for level 1b), or 0 if none does.
// What a peer forces by SDP plays no part: a level higher than needed is refused
// by some hardware.
int ChooseH264Level(H264Profile profile, int width, int height, double framerate, uint32_t bitrate_bps,
                    int max_num_ref_frames);

}  // namespace nrtc::hw

#endif  // NRTC_HW_H264_LEVEL_H_
