// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/video_frame.h"
*/
import "C"

import "unsafe"

// The values of nrtc_pixel_format.
const (
	PixelI420 = C.NRTC_PIXEL_I420
	PixelNV12 = C.NRTC_PIXEL_NV12
	PixelI010 = C.NRTC_PIXEL_I010
)

// VideoFrame is nrtc_video_frame: a frame that leaves libwebrtc, with a
// reference to its buffer.
type VideoFrame struct{ c C.nrtc_video_frame }

// Buffer is the buffer; its reference passes to the caller.
func (f *VideoFrame) Buffer() unsafe.Pointer { return unsafe.Pointer(f.c.buffer) }

// Plane returns where plane i begins and how many bytes its rows are apart.
func (f *VideoFrame) Plane(i int) (unsafe.Pointer, int) {
	return unsafe.Pointer(f.c.data[i]), int(f.c.stride[i])
}

// Format is one of the Pixel constants.
func (f *VideoFrame) Format() int { return int(f.c.format) }

// Size returns width and height.
func (f *VideoFrame) Size() (width, height int) { return int(f.c.width), int(f.c.height) }

// Rotation is in degrees clockwise.
func (f *VideoFrame) Rotation() int { return int(f.c.rotation) }

// RTPTimestamp is in 1/90000 s.
func (f *VideoFrame) RTPTimestamp() uint32 { return uint32(f.c.rtp_timestamp) }

// TimestampMicros is on libwebrtc's monotonic clock.
func (f *VideoFrame) TimestampMicros() int64 { return int64(f.c.timestamp_us) }

// NTPMillis is the capture time, 0 or less if not known.
func (f *VideoFrame) NTPMillis() int64 { return int64(f.c.ntp_time_ms) }

// ReceiveMicros is the arrival of the frame's last packet on libwebrtc's
// monotonic clock, 0 if there was none.
func (f *VideoFrame) ReceiveMicros() int64 { return int64(f.c.receive_us) }

// Waiting is how many frames wait behind this one.
func (f *VideoFrame) Waiting() int { return int(f.c.waiting) }

// TimeMicros reads libwebrtc's monotonic clock.
func TimeMicros() int64 {
	crossed()
	return int64(C.nrtc_time_us())
}
