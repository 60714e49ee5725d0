// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/video_sink.h"
*/
import "C"

import "unsafe"

// Each function here is the function of bridge/video_sink.h of that name; the
// header tells what its arguments and values are.

// NewVideoSink attaches a sink; nil if the track is not video.
func NewVideoSink(track unsafe.Pointer, capacity int, wakeKey uint64) unsafe.Pointer {
	crossed()
	return unsafe.Pointer(C.nrtc_video_sink_new((*C.nrtc_media_stream_track)(track), C.size_t(capacity), C.uint64_t(wakeKey)))
}

// VideoSinkTake takes the oldest frame, if there is one.
func VideoSinkTake(sink unsafe.Pointer, f *VideoFrame) bool {
	crossed()
	return C.nrtc_video_sink_take((*C.nrtc_video_sink)(sink), &f.c) != 0
}

// VideoSinkDropped tells how many frames were dropped so far.
func VideoSinkDropped(sink unsafe.Pointer) uint64 {
	crossed()
	return uint64(C.nrtc_video_sink_dropped((*C.nrtc_video_sink)(sink)))
}

// VideoSinkDetach ends the sink.
func VideoSinkDetach(sink unsafe.Pointer) {
	crossed()
	C.nrtc_video_sink_detach((*C.nrtc_video_sink)(sink))
}
