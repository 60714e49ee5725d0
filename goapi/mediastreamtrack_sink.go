// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"io"
	goruntime "runtime"
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// mediaSink is what VideoSink and AudioSink have in common. The bridge keeps the
// newest items; here they are taken, either by read or by a goroutine that feeds
// a handler.
type mediaSink[T any] struct {
	track    *MediaStreamTrack
	ref      *cgo.Ref
	waker    *cgo.Waker
	capacity int
	done     chan struct{} // closed by Close
	native   nativeSink[T]

	mu     sync.Mutex
	closed bool
	drops  uint64 // once closed
	left   int    // items that may still be read after the track has ended
	cancel context.CancelFunc
	pump   chan struct{} // closed when the last handler's goroutine has ended
}

// nativeSink is the functions of the bridge for one kind of media.
type nativeSink[T any] struct {
	kind    RTPCodecType
	attach  func(track unsafe.Pointer, capacity int, wakeKey uint64) unsafe.Pointer
	take    func(sink unsafe.Pointer) (item T, waiting int, ok bool)
	dropped func(sink unsafe.Pointer) uint64
	detach  func(sink unsafe.Pointer)
	discard func(item T)
}

func (s *mediaSink[T]) init(track *MediaStreamTrack, capacity, defaultCapacity int, native nativeSink[T]) error {
	if track == nil || track.kind != native.kind {
		return newError(typeError, "the track is not "+native.kind.String(), nil)
	}
	if capacity < 0 {
		return newError(typeError, "the capacity is negative", nil)
	}
	if capacity == 0 {
		capacity = defaultCapacity
	}
	p := track.ref.Acquire()
	if p == nil {
		return ErrClosed
	}
	defer track.ref.Release()
	s.track, s.native, s.capacity, s.left = track, native, capacity, capacity
	s.done = make(chan struct{})
	s.waker = cgo.NewWaker()
	s.ref = track.rt.newRef(native.attach(p, capacity, s.waker.Key()))
	return nil
}

// guard releases what s holds when owner, the object around it, is forgotten.
func guard[O, T any](owner *O, s *mediaSink[T]) {
	type held struct {
		ref   *cgo.Ref
		waker *cgo.Waker
	}
	goruntime.AddCleanup(owner, func(h held) {
		h.waker.Close()
		h.ref.Close()
	}, held{s.ref, s.waker})
}

// poll takes the oldest item.
func (s *mediaSink[T]) poll() (item T, ok bool) {
	p := s.ref.Acquire()
	if p == nil {
		return item, false
	}
	defer s.ref.Release()
	item, waiting, ok := s.native.take(p)
	if ok && waiting > 0 {
		// The bridge tells of the first only.
		s.waker.Wake()
	}
	return item, ok
}

// read waits for an item.
func (s *mediaSink[T]) read(ctx context.Context) (item T, err error) {
	for {
		if err := ctx.Err(); err != nil {
			return item, err
		}
		select {
		case <-s.done:
			return item, ErrClosed
		case <-s.track.over:
			return s.rest()
		default:
		}
		if item, ok := s.poll(); ok {
			return item, nil
		}
		select {
		case <-s.waker.C():
		case <-ctx.Done():
		case <-s.done:
		case <-s.track.over:
		}
	}
}

// rest is read after the end of the track: what had come can still be read. A
// track that was stopped goes on to bring items; they are not the application's.
func (s *mediaSink[T]) rest() (item T, err error) {
	s.mu.Lock()
	readable := s.left > 0
	if readable {
		s.left--
	}
	s.mu.Unlock()
	if readable {
		if item, ok := s.poll(); ok {
			return item, nil
		}
	}
	s.stop()
	return item, io.EOF
}

// handle replaces the handler. Handlers run on a goroutine of the sink's, one at
// a time.
func (s *mediaSink[T]) handle(f func(T)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
	if f == nil || s.closed {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	before, pump := s.pump, make(chan struct{})
	s.cancel, s.pump = cancel, pump
	go func() {
		defer close(pump)
		if before != nil {
			<-before
		}
		for {
			item, err := s.read(ctx)
			if err != nil {
				return
			}
			if ctx.Err() != nil {
				s.native.discard(item)
				return
			}
			f(item)
		}
	}()
}

// dropped tells how many items were left out because nobody took them in time.
func (s *mediaSink[T]) dropped() uint64 {
	if p := s.ref.Acquire(); p != nil {
		defer s.ref.Release()
		return s.native.dropped(p)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drops
}

// stop ends the flow of items from libwebrtc; on return no callback of it is in
// flight.
func (s *mediaSink[T]) stop() {
	if p := s.ref.Acquire(); p != nil {
		s.native.detach(p)
		s.ref.Release()
	}
}

func (s *mediaSink[T]) close() {
	drops := s.dropped()
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed, s.drops = true, drops
	close(s.done)
	if s.cancel != nil {
		s.cancel()
	}
	s.mu.Unlock()
	s.stop()
	s.waker.Close()
	s.ref.Close()
}
