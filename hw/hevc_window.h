// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The true size in H.265 streams of drivers that write parameter sets themselves: VAAPI's
// parameters have no place for it.

#ifndef NRTC_HW_HEVC_WINDOW_H_
#define NRTC_HW_HEVC_WINDOW_H_

#include <cstdint>
#include <vector>

namespace nrtc::hw {

// Has the sequence parameter sets of an Annex B stream say which part of the coded size is shown:
// the true size, an odd one made even, at the top left. False, with the stream as it was, if one of them
// cannot be read, is smaller than that, or there is none.
bool SetHevcWindow(std::vector<uint8_t>& stream, int width, int height);

}  // namespace nrtc::hw

#endif  // NRTC_HW_HEVC_WINDOW_H_
