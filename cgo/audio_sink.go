// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/audio_sink.h"
*/
import "C"

import "unsafe"

// AudioBlockMaxSamples is the most samples, of all channels together, that a
// block has.
const AudioBlockMaxSamples = C.NRTC_AUDIO_BLOCK_MAX_SAMPLES

// AudioBlock is nrtc_audio_block.
type AudioBlock struct{ c C.nrtc_audio_block }

// Rate is in samples a second of each channel.
func (b *AudioBlock) Rate() int { return int(b.c.rate) }

// Channels is how many channels are interleaved.
func (b *AudioBlock) Channels() int { return int(b.c.channels) }

// Samples is the number of samples of all channels together.
func (b *AudioBlock) Samples() int { return int(b.c.frames) * int(b.c.channels) }

// Waiting is how many blocks wait behind this one.
func (b *AudioBlock) Waiting() int { return int(b.c.waiting) }

// TimestampMicros is the capture time on libwebrtc's monotonic clock, -1 if not
// known.
func (b *AudioBlock) TimestampMicros() int64 { return int64(b.c.timestamp_us) }

// Each function here is the function of bridge/audio_sink.h of that name; the
// header tells what its arguments and values are.

// NewAudioSink attaches a sink; nil if the track is not audio.
func NewAudioSink(track unsafe.Pointer, capacity int, wakeKey uint64) unsafe.Pointer {
	crossed()
	return unsafe.Pointer(C.nrtc_audio_sink_new((*C.nrtc_media_stream_track)(track), C.size_t(capacity), C.uint64_t(wakeKey)))
}

// AudioSinkTake copies the oldest block, if there is one.
func AudioSinkTake(sink unsafe.Pointer, samples *[AudioBlockMaxSamples]int16, b *AudioBlock) bool {
	crossed()
	return C.nrtc_audio_sink_take((*C.nrtc_audio_sink)(sink), (*C.int16_t)(&samples[0]), &b.c) != 0
}

// AudioSinkDropped tells how many blocks were dropped so far.
func AudioSinkDropped(sink unsafe.Pointer) uint64 {
	crossed()
	return uint64(C.nrtc_audio_sink_dropped((*C.nrtc_audio_sink)(sink)))
}

// AudioSinkDetach ends the sink.
func AudioSinkDetach(sink unsafe.Pointer) {
	crossed()
	C.nrtc_audio_sink_detach((*C.nrtc_audio_sink)(sink))
}
