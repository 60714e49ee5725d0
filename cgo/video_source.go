// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/video_source.h"
*/
import "C"

import "unsafe"

// PushStatus tells what became of a frame or of a block of audio.
type PushStatus int

// The values of nrtc_push_status.
const (
	PushOK      PushStatus = C.NRTC_PUSH_OK
	PushUnused  PushStatus = C.NRTC_PUSH_UNUSED
	PushDropped PushStatus = C.NRTC_PUSH_DROPPED
	PushEnded   PushStatus = C.NRTC_PUSH_ENDED
)

// Each function here is the function of bridge/video_source.h of that name; the
// header tells what its arguments and values are.

// NewVideoSource makes a source.
func NewVideoSource(wakeKey uint64, screencast bool) unsafe.Pointer {
	s := C.int(0)
	if screencast {
		s = 1
	}
	crossed()
	return unsafe.Pointer(C.nrtc_video_source_new(C.uint64_t(wakeKey), s))
}

// VideoSourcePush delivers a frame in Go memory. A plane that the format does
// not have is nil.
func VideoSourcePush(source unsafe.Pointer, format, width, height int, data0 []byte, stride0 int, data1 []byte, stride1 int, data2 []byte, stride2 int, rotation int, timestampMicros int64) PushStatus {
	crossed()
	return PushStatus(C.nrtc_video_source_push((*C.nrtc_video_source)(source), C.int(format), C.int(width), C.int(height),
		(*C.uint8_t)(unsafe.SliceData(data0)), C.int(stride0),
		(*C.uint8_t)(unsafe.SliceData(data1)), C.int(stride1),
		(*C.uint8_t)(unsafe.SliceData(data2)), C.int(stride2),
		C.int(rotation), C.int64_t(timestampMicros)))
}

// VideoSourcePushBuffer delivers a buffer of libwebrtc's.
func VideoSourcePushBuffer(source, buffer unsafe.Pointer, rotation int, timestampMicros int64) PushStatus {
	crossed()
	return PushStatus(C.nrtc_video_source_push_buffer((*C.nrtc_video_source)(source), (*C.nrtc_video_frame_buffer)(buffer), C.int(rotation), C.int64_t(timestampMicros)))
}

// VideoSourceLend lends an I420 buffer; false if too many are in use.
func VideoSourceLend(source unsafe.Pointer, width, height int) (*VideoFrame, bool) {
	f := new(VideoFrame)
	crossed()
	if C.nrtc_video_source_lend((*C.nrtc_video_source)(source), C.int(width), C.int(height), &f.c) == 0 {
		return nil, false
	}
	return f, true
}

// VideoSourceWants is nrtc_video_source_wants.
type VideoSourceWants struct {
	Active                                 bool
	MaxPixelCount, MaxFramerate, Alignment int
}

// VideoSourceGetWants reads what the takers of the source want.
func VideoSourceGetWants(source unsafe.Pointer) VideoSourceWants {
	var w C.nrtc_video_source_wants
	crossed()
	C.nrtc_video_source_get_wants((*C.nrtc_video_source)(source), &w)
	return VideoSourceWants{w.active != 0, int(w.max_pixel_count), int(w.max_framerate), int(w.alignment)}
}

// VideoSourceCreateTrack makes a track of the source.
func VideoSourceCreateTrack(source, factory unsafe.Pointer, id string) unsafe.Pointer {
	p, n := chars(id)
	crossed()
	return unsafe.Pointer(C.nrtc_video_source_create_track((*C.nrtc_video_source)(source), (*C.nrtc_factory)(factory), p, n))
}

// VideoSourceEnd ends the source.
func VideoSourceEnd(source, factory unsafe.Pointer) {
	crossed()
	C.nrtc_video_source_end((*C.nrtc_video_source)(source), (*C.nrtc_factory)(factory))
}
