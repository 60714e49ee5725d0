// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What pictures in the memory of devices have in common.

#ifndef NRTC_TESTS_HARDWARE_DEVICE_FRAME_H_
#define NRTC_TESTS_HARDWARE_DEVICE_FRAME_H_

#include <memory>

#include "hw/native_picture.h"

namespace nrtc::hw {

class DeviceFrame {
 public:
  // The whole of it, as it is.
  Input input() const {
    Input in;
    in.width = native_->width();
    in.height = native_->height();
    in.part = {0, 0, in.width, in.height};
    in.native = native_.get();
    in.owner = native_;
    return in;
  }

 protected:
  std::shared_ptr<NativePicture> native_ = std::make_shared<NativePicture>();
};

}  // namespace nrtc::hw

#endif  // NRTC_TESTS_HARDWARE_DEVICE_FRAME_H_
