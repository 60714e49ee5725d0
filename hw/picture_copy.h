// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Pictures into a device's memory, and a look at what comes out of it.

#ifndef NRTC_HW_PICTURE_COPY_H_
#define NRTC_HW_PICTURE_COPY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/native_picture.h"
#include "hw/session.h"

namespace nrtc::hw {

// Copies the picture into planes of a size that is even and no less than its own;
// what is beyond its edges repeats them. Strides are in bytes.
void CopyToNV12(const Input& input, uint8_t* y, int y_stride, uint8_t* uv, int uv_stride, int width, int height);

// A plane to read.
struct PlaneView {
  const uint8_t* data;
  ptrdiff_t stride;
};

// Copies a picture of luma, and of Cb and Cr by turns; of samples of two bytes, the upper.
void CopyToI420(PlaneView luma, PlaneView chroma, int bytes_a_sample, int width, int height, const I420Planes& to);

// Counts a picture that was copied otherwise.
void CountPictureCopied();

// How many pictures the process has copied.
uint64_t PicturesCopied();

// What an Annex B stream of one picture holds.
struct H264Contents {
  bool parameter_sets = false;  // both
  bool slice = false;
  bool idr = false;
  bool reference = false;
};
H264Contents InspectH264(const std::vector<uint8_t>& stream);

}  // namespace nrtc::hw

#endif  // NRTC_HW_PICTURE_COPY_H_
