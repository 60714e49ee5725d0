// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// libx265 as the encoder inside the test doubles: one picture in, one out, each referring
// to the one before.

#ifndef NRTC_TESTS_DOUBLES_HEVC_X265_H_
#define NRTC_TESTS_DOUBLES_HEVC_X265_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "../h264/bits.h"

namespace doubles {

class X265 {
 public:
  // nullptr if libx265 does not take the size: 16x16 is the least.
  static std::unique_ptr<X265> Open(int width, int height);
  ~X265();
  X265(const X265&) = delete;

  // NV12, the rows of both planes of one pitch. The quantiser is 0 to 51. False if there is
  // no picture.
  bool Encode(const uint8_t* luma, const uint8_t* chroma, int pitch, bool idr, int qp, Bytes& stream);

 private:
  struct State;
  explicit X265(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_HEVC_X265_H_
