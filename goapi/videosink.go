// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// VideoSinkInit configures a VideoSink. Its zero value is the default.
type VideoSinkInit struct {
	// Capacity is how many frames are kept until they are read; when one more
	// comes, the oldest is dropped. 0 is 3.
	Capacity int
}

const defaultVideoSinkCapacity = 3

// VideoSink takes the frames out of a video track, decoded if it is a remote one.
// They are had by ReadFrame or by OnFrame; a frame is given once only. A reader
// that is slow delays nobody: the sink drops the oldest frames and counts them.
//
// All methods may be called from any goroutine and from the sink's handler.
//
// A sink holds resources, and keeps a remote track decoding, until Close.
type VideoSink struct{ mediaSink[*VideoFrame] }

// NewVideoSink attaches a sink to a track. It is a TypeError for a track that is
// not video and for a negative capacity, and an InvalidStateError for a track
// that is closed.
func NewVideoSink(track *MediaStreamTrack, init VideoSinkInit) (*VideoSink, error) {
	s := &VideoSink{}
	err := s.init(track, init.Capacity, defaultVideoSinkCapacity, nativeSink[*VideoFrame]{
		kind:    RTPCodecTypeVideo,
		attach:  cgo.NewVideoSink,
		take:    takeVideoFrame,
		dropped: cgo.VideoSinkDropped,
		detach:  cgo.VideoSinkDetach,
		discard: (*VideoFrame).Release,
	})
	if err != nil {
		return nil, err
	}
	guard(s, &s.mediaSink)
	return s, nil
}

func takeVideoFrame(sink unsafe.Pointer) (*VideoFrame, int, bool) {
	native := new(cgo.VideoFrame)
	if !cgo.VideoSinkTake(sink, native) {
		return nil, 0, false
	}
	return newNativeFrame(native), native.Waiting(), true
}

// Track returns the track that the sink is attached to.
func (s *VideoSink) Track() *MediaStreamTrack { return s.track }

// ReadFrame waits for the next frame. The caller releases it. It fails with
// ErrClosed after Close, with io.EOF when the track has ended and its last frames
// were read, and with ctx's error.
func (s *VideoSink) ReadFrame(ctx context.Context) (*VideoFrame, error) { return s.read(ctx) }

// OnFrame sets a handler that gets the frames from now on, in order, on a
// goroutine of the sink's. It releases each frame, there or later. nil removes
// it; a call that runs already is not waited for.
func (s *VideoSink) OnFrame(f func(*VideoFrame)) { s.handle(f) }

// Dropped returns how many frames were dropped because they were not read in
// time.
func (s *VideoSink) Dropped() uint64 { return s.dropped() }

// Close detaches the sink. What waits is dropped, and no handler is called from
// then on, but one that runs is not waited for, so that Close can be called from
// it. Frames that were read stay valid until their Release. Closing twice is fine;
// the error is always nil.
func (s *VideoSink) Close() error {
	s.close()
	return nil
}
