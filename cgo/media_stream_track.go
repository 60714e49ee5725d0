// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/media_stream_track.h"
*/
import "C"

import "unsafe"

// Each function here is the function of bridge/media_stream_track.h of that
// name; the header tells what its arguments and values are.

// chars gives C a string for the length of a call.
func chars(s string) (*C.char, C.size_t) {
	return (*C.char)(unsafe.Pointer(unsafe.StringData(s))), C.size_t(len(s))
}

// MediaStreamTrackInfo reads the track's attributes.
func MediaStreamTrackInfo(track unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_media_stream_track_info((*C.nrtc_media_stream_track)(track), o.out, o.size, o.more)
	})
}

// MediaStreamTrackSetEnabled sets enabled.
func MediaStreamTrackSetEnabled(track unsafe.Pointer, enabled bool) {
	e := C.int(0)
	if enabled {
		e = 1
	}
	crossed()
	C.nrtc_media_stream_track_set_enabled((*C.nrtc_media_stream_track)(track), e)
}

// MediaStreamTrackSetContentHint sets contentHint.
func MediaStreamTrackSetContentHint(track unsafe.Pointer, hint string) {
	p, n := chars(hint)
	crossed()
	C.nrtc_media_stream_track_set_content_hint((*C.nrtc_media_stream_track)(track), p, n)
}

// MediaStreamTrackClone makes another track of the same source.
func MediaStreamTrackClone(track, factory unsafe.Pointer, id string) unsafe.Pointer {
	p, n := chars(id)
	crossed()
	return unsafe.Pointer(C.nrtc_media_stream_track_clone((*C.nrtc_media_stream_track)(track), (*C.nrtc_factory)(factory), p, n))
}

// NewTrackObserver lets the track raise events on queue.
func NewTrackObserver(track, queue unsafe.Pointer) unsafe.Pointer {
	crossed()
	return unsafe.Pointer(C.nrtc_track_observer_new((*C.nrtc_media_stream_track)(track), (*C.nrtc_event_queue)(queue)))
}

// TrackObserverDetach ends those events.
func TrackObserverDetach(observer unsafe.Pointer) {
	crossed()
	C.nrtc_track_observer_detach((*C.nrtc_track_observer)(observer))
}
