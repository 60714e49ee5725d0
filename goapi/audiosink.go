// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// AudioSinkInit configures an AudioSink. Its zero value is the default.
type AudioSinkInit struct {
	// Capacity is how many blocks of 10 ms are kept until they are read; when one
	// more comes, the oldest is dropped. 0 is 50, half a second.
	Capacity int
}

const defaultAudioSinkCapacity = 50

// AudioSink takes the sound out of an audio track, decoded if it is a remote one,
// in blocks of 10 ms. They are had by ReadFrame or by OnFrame; a block is given
// once only. A reader that is slow delays nobody: the sink drops the oldest blocks
// and counts them.
//
// A remote track gives a block every 10 ms from when it is first negotiated, of
// silence or concealment where nothing was received, at a rate of libwebrtc's
// choice, which may change. A local track gives what its source is given.
//
// The sound of a remote track is mono unless this peer asks for stereo: as in
// browsers, by stereo=1 among the parameters of Opus (the a=fmtp line) in its own
// offer or answer, put there before SetLocalDescription.
//
// All methods may be called from any goroutine and from the sink's handler.
//
// A sink holds resources until Close.
type AudioSink struct{ mediaSink[*AudioFrame] }

// NewAudioSink attaches a sink to a track. It is a TypeError for a track that is
// not audio and for a negative capacity, and an InvalidStateError for a track
// that is closed.
func NewAudioSink(track *MediaStreamTrack, init AudioSinkInit) (*AudioSink, error) {
	s := &AudioSink{}
	err := s.init(track, init.Capacity, defaultAudioSinkCapacity, nativeSink[*AudioFrame]{
		kind:    RTPCodecTypeAudio,
		attach:  cgo.NewAudioSink,
		take:    takeAudioFrame,
		dropped: cgo.AudioSinkDropped,
		detach:  cgo.AudioSinkDetach,
		discard: func(*AudioFrame) {},
	})
	if err != nil {
		return nil, err
	}
	guard(s, &s.mediaSink)
	return s, nil
}

var audioScratch = sync.Pool{New: func() any { return new([cgo.AudioBlockMaxSamples]int16) }}

func takeAudioFrame(sink unsafe.Pointer) (*AudioFrame, int, bool) {
	buf := audioScratch.Get().(*[cgo.AudioBlockMaxSamples]int16)
	defer audioScratch.Put(buf)
	var block cgo.AudioBlock
	if !cgo.AudioSinkTake(sink, buf, &block) {
		return nil, 0, false
	}
	return newAudioFrame(&block, buf[:]), block.Waiting(), true
}

// Track returns the track that the sink is attached to.
func (s *AudioSink) Track() *MediaStreamTrack { return s.track }

// ReadFrame waits for the next block, which is the caller's to keep. It fails
// with ErrClosed after Close, with io.EOF when the track has ended and its last
// blocks were read, and with ctx's error.
func (s *AudioSink) ReadFrame(ctx context.Context) (*AudioFrame, error) { return s.read(ctx) }

// OnFrame sets a handler that gets the blocks from now on, in order, on a
// goroutine of the sink's. A block is the handler's to keep. nil removes it; a
// call that runs already is not waited for.
func (s *AudioSink) OnFrame(f func(*AudioFrame)) { s.handle(f) }

// Dropped returns how many blocks were dropped because they were not read in
// time.
func (s *AudioSink) Dropped() uint64 { return s.dropped() }

// Close detaches the sink. What waits is dropped, and no handler is called from
// then on, but one that runs is not waited for, so that Close can be called from
// it. Closing twice is fine; the error is always nil.
func (s *AudioSink) Close() error {
	s.close()
	return nil
}
