// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/session.h"

namespace nrtc::hw {

const char* Name(Profile profile) {
  switch (profile) {
    case Profile::kH264Main:
      return "H264 main";
    case Profile::kH264High:
      return "H264 high";
    default:
      return "H264 constrained baseline";
  }
}

const char* Name(RateMode mode) {
  switch (mode) {
    case RateMode::kVbr:
      return "VBR";
    case RateMode::kCbr:
      return "CBR";
    default:
      return "CQP";
  }
}

}  // namespace nrtc::hw
