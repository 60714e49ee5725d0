// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/audio_source.h"
*/
import "C"

import "unsafe"

// Each function here is the function of bridge/audio_source.h of that name; the
// header tells what its arguments and values are.

// NewAudioSource makes a source.
func NewAudioSource() unsafe.Pointer {
	crossed()
	return unsafe.Pointer(C.nrtc_audio_source_new())
}

// AudioSourcePush delivers 10 ms of audio.
func AudioSourcePush(source unsafe.Pointer, samples []int16, rate, channels int, timestampMicros int64) PushStatus {
	crossed()
	return PushStatus(C.nrtc_audio_source_push((*C.nrtc_audio_source)(source), (*C.int16_t)(unsafe.SliceData(samples)), C.int(rate),
		C.size_t(channels), C.size_t(len(samples)/channels), C.int64_t(timestampMicros)))
}

// AudioSourceCreateTrack makes a track of the source.
func AudioSourceCreateTrack(source, factory unsafe.Pointer, id string) unsafe.Pointer {
	p, n := chars(id)
	crossed()
	return unsafe.Pointer(C.nrtc_audio_source_create_track((*C.nrtc_audio_source)(source), (*C.nrtc_factory)(factory), p, n))
}

// AudioSourceEnd ends the source.
func AudioSourceEnd(source, factory unsafe.Pointer) {
	crossed()
	C.nrtc_audio_source_end((*C.nrtc_audio_source)(source), (*C.nrtc_factory)(factory))
}
