// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package clip

// Video is a source of frames of one size at a constant rate.
type Video interface {
	// Size returns the width and height of every frame in pixels.
	Size() (width, height int)
	// FPS returns the rate in frames per second.
	FPS() float64
	// Next writes the next frame into dst, whose planes it allocates where dst has
	// none. It returns io.EOF after the last frame. Next must not be called by two
	// goroutines at a time.
	Next(dst *Frame) error
	// Close releases the source. A Next that waits returns with an error.
	Close() error
}

// SampleRate and Channels are the format of all sound of this package, and
// BlockSamples the length of its blocks: 10 ms, counted per channel.
const (
	SampleRate   = 48000
	Channels     = 2
	BlockSamples = SampleRate / 100
)

// Audio is a source of sound: 48 kHz, stereo, interleaved, in blocks of 10 ms.
type Audio interface {
	// Next fills dst, of BlockSamples*Channels samples, with the next 10 ms. The
	// last block is filled up with silence; after it comes io.EOF. Next must not be
	// called by two goroutines at a time.
	Next(dst []int16) error
	// Close releases the source. A Next that waits returns with an error.
	Close() error
}
