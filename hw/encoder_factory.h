// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The encoder factory of an application that wants hardware.

#ifndef NRTC_HW_ENCODER_FACTORY_H_
#define NRTC_HW_ENCODER_FACTORY_H_

#include <memory>

#include "bridge/compat/compat.h"
#include "hw/encoder_options.h"

namespace nrtc::hw {

// Offers what the devices encode, before what the software factory does, which it falls
// back to; nothing but the former if hardware is required. The software
// factory as it is, if no hardware is wanted.
std::unique_ptr<webrtc::VideoEncoderFactory> CreateHardwareEncoderFactory(
    const EncoderOptions& options, std::unique_ptr<webrtc::VideoEncoderFactory> software);

}  // namespace nrtc::hw

#endif  // NRTC_HW_ENCODER_FACTORY_H_
