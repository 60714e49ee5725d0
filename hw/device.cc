// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/device.h"

namespace nrtc::hw {

const char* Name(Backend backend) {
  switch (backend) {
    case Backend::kNvenc:
      return "nvenc";
    case Backend::kVideoToolbox:
      return "videotoolbox";
    default:
      return "vaapi";
  }
}

}  // namespace nrtc::hw
