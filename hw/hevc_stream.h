// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// H.265: the level of a stream, and a look at what comes out of a device.

#ifndef NRTC_HW_HEVC_STREAM_H_
#define NRTC_HW_HEVC_STREAM_H_

#include <cstdint>
#include <vector>

namespace nrtc::hw {

// The general_level_idc of the lowest level of the main tier that allows this; 0 if none
// does.
int ChooseHevcLevel(int width, int height, double framerate, uint32_t bitrate_bps);

// What an Annex B stream of one picture holds.
struct HevcContents {
  bool parameter_sets = false;  // all three
  bool slice = false;
  bool idr = false;
};
HevcContents InspectHevc(const std::vector<uint8_t>& stream);

}  // namespace nrtc::hw

#endif  // NRTC_HW_HEVC_STREAM_H_
