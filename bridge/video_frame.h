// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::VideoFrame and webrtc::VideoFrameBuffer, as they cross the ABI.

#ifndef NRTC_BRIDGE_VIDEO_FRAME_H_
#define NRTC_BRIDGE_VIDEO_FRAME_H_

#include "bridge/base.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted: libwebrtc's own buffer.
typedef struct nrtc_video_frame_buffer nrtc_video_frame_buffer;

enum nrtc_pixel_format {
  NRTC_PIXEL_I420 = 0,  // Y, U, V of 8 bits
  NRTC_PIXEL_NV12,      // Y; U and V interleaved, of 8 bits
  NRTC_PIXEL_I010,      // Y, U, V of 10 bits in 16
};

// A frame that leaves libwebrtc, flat, so that reading its pixels needs no
// further call.
typedef struct nrtc_video_frame {
  nrtc_video_frame_buffer* buffer;  // a reference, the taker's to release
  const uint8_t* data[3];           // planes inside the buffer
  int32_t stride[3];                // in bytes
  int32_t format;                   // nrtc_pixel_format
  int32_t width;
  int32_t height;
  int32_t rotation;        // degrees clockwise that show it upright
  uint32_t rtp_timestamp;  // 90 kHz; 0 if it did not come by RTP
  int64_t timestamp_us;    // on libwebrtc's monotonic clock
  int64_t ntp_time_ms;     // capture time, 0 or less if not known
  int64_t receive_us;      // arrival of its last packet on that clock; 0 if it did not come by RTP
  uint32_t waiting;        // frames that wait behind it
} nrtc_video_frame;

// libwebrtc's monotonic clock.
int64_t nrtc_time_us(void);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_VIDEO_FRAME_H_
