// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"math"
	goruntime "runtime"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// VideoSourceInit configures a VideoSource. Its zero value is a camera.
type VideoSourceInit struct {
	// Label is the label of the source's tracks.
	Label string

	// Screencast tells that the source shows a screen, so that detail matters
	// more than motion.
	Screencast bool

	// PeerIdentity isolates the tracks of the source: their media can be sent to
	// the peer of this identity (user@domain) only, as with the getUserMedia
	// constraint of this name. Empty isolates nothing. See MediaStreamTrack.Isolated.
	//
	// https://www.w3.org/TR/2017/WD-webrtc-20170605/#isolated-media-streams
	PeerIdentity string
}

// VideoSource turns frames of the application into video tracks, any number of
// them. Frames are scaled down or left out as the tracks' senders ask for when
// bandwidth or processor are short, as in a browser.
//
// All methods may be called from any goroutine and from every handler.
//
// A source holds resources until Close.
type VideoSource struct {
	rt    *engine // lives while ref is acquired
	ref   *cgo.Ref
	waker *cgo.Waker
	label string
	peer  string // Init.PeerIdentity
	group *trackGroup
	done  chan struct{}

	reader *cgo.Ref // of dmabufs; nil before there is one

	pushed, unused, dropped atomic.Uint64

	mu       sync.Mutex
	closed   bool
	watching bool
	onWants  func(VideoSourceWants)
}

// NewVideoSource makes a source with the default API.
func NewVideoSource(init VideoSourceInit) (*VideoSource, error) {
	return defaultAPI.NewVideoSource(init)
}

// NewVideoSource makes a source whose tracks can be used with a's connections.
func (a *API) NewVideoSource(init VideoSourceInit) (*VideoSource, error) {
	rt, err := a.acquire()
	if err != nil {
		return nil, err
	}
	defer rt.release()
	waker := cgo.NewWaker()
	s := &VideoSource{
		rt:    rt,
		ref:   rt.newRef(cgo.NewVideoSource(waker.Key(), init.Screencast)),
		waker: waker,
		label: init.Label,
		peer:  init.PeerIdentity,
		group: &trackGroup{},
		done:  make(chan struct{}),
	}
	type held struct {
		ref   *cgo.Ref
		waker *cgo.Waker
	}
	goruntime.AddCleanup(s, func(h held) {
		h.waker.Close()
		h.ref.Close()
	}, held{s.ref, s.waker})
	return s, nil
}

// NewTrack makes a track of the source. If id is empty, it is made up. streamID is
// the ID of the stream that AddTrack signals the track as part of, and may be
// empty.
func (s *VideoSource) NewTrack(id, streamID string) (*MediaStreamTrack, error) {
	p := s.ref.Acquire()
	if p == nil {
		return nil, ErrClosed
	}
	defer s.ref.Release()
	return newLocalTrack(s.rt, p, cgo.VideoSourceCreateTrack, RTPCodecTypeVideo, id, streamID, s.label, s.peer, s.group)
}

// PushFrame delivers a frame to the tracks of the source. The pixels of a frame of
// the application's own are copied once; it may be reused when PushFrame returns.
// A frame that a VideoSink gave or LendBuffer lent is delivered without a copy:
// the former remains the caller's to release, the latter is consumed. A frame with
// a NativeVideoBuffer is not copied either; its Release is called, whatever comes of it.
//
// Timestamps should grow from frame to frame: encoders leave out those that do
// not.
//
// It is a TypeError for planes that do not fit the frame's format and size, and an
// InvalidStateError after Close or for a frame that was released. A frame that
// nobody wants is no error.
func (s *VideoSource) PushFrame(f *VideoFrame) error {
	if f == nil {
		return newError(typeError, "no video frame", nil)
	}
	p, err := s.takesFrame(f)
	if err != nil {
		f.giveUpNative()
		return err
	}
	defer s.ref.Release()
	timestamp := int64(f.Timestamp / time.Microsecond)
	if f.Native != nil {
		return s.pushNative(p, f, timestamp)
	}
	if f.ref == nil {
		if err := f.validate(); err != nil {
			return err
		}
		return s.count(cgo.VideoSourcePush(p, f.Format.native(), f.Width, f.Height,
			f.Planes[0].Data, f.Planes[0].Stride,
			f.Planes[1].Data, f.Planes[1].Stride,
			f.Planes[2].Data, f.Planes[2].Stride,
			int(f.Rotation), timestamp))
	}
	buffer := f.ref.Acquire()
	if buffer == nil {
		return newError(invalidStateError, "the frame was released", nil)
	}
	status := cgo.VideoSourcePushBuffer(p, buffer, int(f.Rotation), timestamp)
	f.ref.Release()
	if f.lent {
		f.Release()
	}
	return s.count(status)
}

// takesFrame acquires the source for a frame that says nothing wrong of itself.
func (s *VideoSource) takesFrame(f *VideoFrame) (unsafe.Pointer, error) {
	if err := f.Rotation.validate(); err != nil {
		return nil, err
	}
	if f.Timestamp < 0 {
		return nil, newError(typeError, "the timestamp is negative", nil)
	}
	p := s.ref.Acquire()
	if p == nil {
		return nil, ErrClosed
	}
	return p, nil
}

func (s *VideoSource) count(status cgo.PushStatus) error {
	switch status {
	case cgo.PushOK:
		s.pushed.Add(1)
	case cgo.PushUnused:
		s.unused.Add(1)
	case cgo.PushDropped:
		s.dropped.Add(1)
	case cgo.PushEnded:
		return ErrClosed
	}
	return nil
}

// LendBuffer lends a frame in libwebrtc's memory, of the format I420, to be
// written and pushed, which then needs no copy. What the pixels are before is not
// specified. It must be pushed, or released if it is not to be.
//
// It is a TypeError for a size that is not valid, an OperationError if too many
// frames (32) are lent or still in use by encoders, and an InvalidStateError after
// Close.
func (s *VideoSource) LendBuffer(width, height int) (*VideoFrame, error) {
	size := VideoFrameBuffer{Width: width, Height: height}
	if err := size.validateSize(); err != nil {
		return nil, err
	}
	p := s.ref.Acquire()
	if p == nil {
		return nil, ErrClosed
	}
	defer s.ref.Release()
	native, ok := cgo.VideoSourceLend(p, width, height)
	if !ok {
		return nil, newError(operationError, "too many frames are in use", nil)
	}
	f := newNativeFrame(native)
	f.lent = true
	return f, nil
}

// VideoSourceWants is what the senders and sinks of a source want of its frames.
// The source sees to it by itself; an application that can make smaller or fewer
// frames in the first place saves the work.
type VideoSourceWants struct {
	// Active tells whether anybody takes frames.
	Active bool

	// MaxPixelCount is how many pixels a frame should have at most, or 0 for any
	// number.
	MaxPixelCount int

	// MaxFramerate is how many frames a second there should be at most, or 0 for
	// any number.
	MaxFramerate int

	// Alignment is what width and height should be multiples of; at least 1.
	Alignment int
}

// Wants returns what is wanted now. After Close, nothing is.
func (s *VideoSource) Wants() VideoSourceWants {
	p := s.ref.Acquire()
	if p == nil {
		return VideoSourceWants{Alignment: 1}
	}
	defer s.ref.Release()
	native := cgo.VideoSourceGetWants(p)
	any0 := func(v int) int {
		if v == math.MaxInt32 {
			return 0
		}
		return v
	}
	return VideoSourceWants{native.Active, any0(native.MaxPixelCount), any0(native.MaxFramerate), native.Alignment}
}

// OnWants sets a handler that gets what is wanted whenever that has changed, on a
// goroutine of the source's. Changes in quick succession may come as one. nil
// removes it.
func (s *VideoSource) OnWants(f func(VideoSourceWants)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onWants = f
	if f != nil && !s.watching && !s.closed {
		s.watching = true
		go s.watch()
	}
}

func (s *VideoSource) watch() {
	for {
		select {
		case <-s.done:
			return
		case <-s.waker.C():
		}
		s.mu.Lock()
		f, closed := s.onWants, s.closed
		s.mu.Unlock()
		if f != nil && !closed {
			f(s.Wants())
		}
	}
}

// VideoSourceCounts tells what became of the frames that were pushed.
type VideoSourceCounts struct {
	Delivered uint64 // to at least one sender or sink
	Unused    uint64 // while there was none
	Dropped   uint64 // to keep to the frame rate that is wanted
}

// Counts returns how many frames were pushed, and what became of them.
func (s *VideoSource) Counts() VideoSourceCounts {
	return VideoSourceCounts{s.pushed.Load(), s.unused.Load(), s.dropped.Load()}
}

// Close ends the source and its tracks, which raise their ended event. It does
// not wait for their handlers. Closing twice is fine; the error is always nil.
func (s *VideoSource) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.onWants = nil
	reader := s.reader
	s.mu.Unlock()
	if reader != nil {
		reader.Close()
	}
	close(s.done)
	s.waker.Close()
	p := s.ref.Acquire()
	cgo.VideoSourceEnd(p, s.rt.factory.Acquire())
	s.rt.factory.Release()
	s.ref.Release()
	s.ref.Close()
	s.group.endAndFire()
	return nil
}
