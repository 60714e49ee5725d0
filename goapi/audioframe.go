// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strconv"
	"time"

	"github.com/nativertc/nativertc/cgo"
)

// AudioFrame is a block of 10 ms of sound: 16-bit samples, those of the channels
// interleaved.
type AudioFrame struct {
	// Samples has SampleRate / 100 samples for each channel.
	Samples []int16

	// SampleRate is in samples a second.
	SampleRate int

	// Channels is 1 (mono) or 2 (left, right). A received block may have more.
	Channels int

	// Timestamp is when the first sample was captured, on the clock of MediaTime.
	// Zero means now in a block that is pushed, and not known in one that was
	// read.
	Timestamp time.Duration
}

// newAudioFrame copies a block out of buf.
func newAudioFrame(block *cgo.AudioBlock, buf []int16) *AudioFrame {
	f := &AudioFrame{
		Samples:    append(make([]int16, 0, block.Samples()), buf[:block.Samples()]...),
		SampleRate: block.Rate(),
		Channels:   block.Channels(),
	}
	if us := block.TimestampMicros(); us > 0 {
		f.Timestamp = time.Duration(us) * time.Microsecond
	}
	return f
}

// validate checks what libwebrtc's encoders take.
func (f *AudioFrame) validate() error {
	if f == nil {
		return newError(typeError, "no audio frame", nil)
	}
	switch f.SampleRate {
	case 8000, 16000, 32000, 44100, 48000:
	default:
		return newError(typeError, "sample rate "+strconv.Itoa(f.SampleRate)+" is none of 8000, 16000, 32000, 44100 and 48000", nil)
	}
	if f.Channels != 1 && f.Channels != 2 {
		return newError(typeError, strconv.Itoa(f.Channels)+" channels are neither 1 nor 2", nil)
	}
	if want := f.SampleRate / 100 * f.Channels; len(f.Samples) != want {
		return newError(typeError, strconv.Itoa(len(f.Samples))+" samples are not the "+strconv.Itoa(want)+" of 10 ms", nil)
	}
	if f.Timestamp < 0 {
		return newError(typeError, "the timestamp is negative", nil)
	}
	return nil
}
