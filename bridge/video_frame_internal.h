// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_VIDEO_FRAME_INTERNAL_H_
#define NRTC_BRIDGE_VIDEO_FRAME_INTERNAL_H_

#include "bridge/compat/media.h"
#include "bridge/video_frame.h"

namespace nrtc {

// The buffer, or a converted copy if its format is none of nrtc_pixel_format;
// nullptr if it cannot be mapped.
webrtc::scoped_refptr<webrtc::VideoFrameBuffer> Mapped(webrtc::scoped_refptr<webrtc::VideoFrameBuffer> buffer);

// Describes a buffer that came from Mapped. The reference passes to frame.
void Describe(webrtc::scoped_refptr<webrtc::VideoFrameBuffer> buffer, nrtc_video_frame& frame);

}  // namespace nrtc

#endif  // NRTC_BRIDGE_VIDEO_FRAME_INTERNAL_H_
