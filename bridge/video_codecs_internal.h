// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_VIDEO_CODECS_INTERNAL_H_
#define NRTC_BRIDGE_VIDEO_CODECS_INTERNAL_H_

#include <memory>

#include "bridge/compat/compat.h"
#include "hw/encoder_options.h"

namespace nrtc {

// The video codecs of every factory, in the order in which they are offered.
std::unique_ptr<webrtc::VideoEncoderFactory> CreateVideoEncoderFactory(const hw::EncoderOptions& options);
std::unique_ptr<webrtc::VideoDecoderFactory> CreateVideoDecoderFactory();

}  // namespace nrtc

#endif  // NRTC_BRIDGE_VIDEO_CODECS_INTERNAL_H_
