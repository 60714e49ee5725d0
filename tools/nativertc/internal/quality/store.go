// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package quality

import (
	"sync"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
)

// Store remembers the last frames that were sent, by number, until their
// counterparts arrive. Its memory is bounded: the oldest frame makes room for the
// newest, and buffers are used again. It is safe for concurrent use.
type Store struct {
	mu      sync.Mutex
	frames  map[uint32]*Reference
	order   []uint32 // ring of numbers, oldest at head
	head    int
	count   int
	free    []*clip.Frame
	evicted uint64
}

// Reference is a frame in a Store. It stays valid until Release, whether or not
// the store keeps it.
type Reference struct {
	store *Store
	frame *clip.Frame
	users int // under store.mu; the store itself is one
}

// NewStore returns a store of at most capacity frames, at least one.
func NewStore(capacity int) *Store {
	capacity = max(capacity, 1)
	return &Store{frames: make(map[uint32]*Reference, capacity), order: make([]uint32, capacity)}
}

// Put copies the frame into the store under the number. A frame that has the
// number already is replaced.
func (s *Store) Put(number uint32, f *clip.Frame) {
	s.mu.Lock()
	var buf *clip.Frame
	if n := len(s.free); n > 0 {
		buf, s.free = s.free[n-1], s.free[:n-1]
	} else {
		buf = &clip.Frame{}
	}
	s.mu.Unlock()

	buf.CopyFrom(f) // Outside of the lock: it takes the most time.

	s.mu.Lock()
	defer s.mu.Unlock()
	if old, ok := s.frames[number]; ok {
		s.drop(old)
	} else {
		if s.count == len(s.order) {
			oldest := s.order[s.head]
			s.drop(s.frames[oldest])
			delete(s.frames, oldest)
			s.head = (s.head + 1) % len(s.order)
			s.count--
			s.evicted++
		}
		s.order[(s.head+s.count)%len(s.order)] = number
		s.count++
	}
	s.frames[number] = &Reference{store: s, frame: buf, users: 1}
}

// Get returns the frame with the number, which the caller must Release; false
// where the store has it no more or never had.
func (s *Store) Get(number uint32) (*Reference, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.frames[number]
	if ok {
		r.users++
	}
	return r, ok
}

// Len returns the count of frames in the store.
func (s *Store) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// Evicted returns how many frames had to make room.
func (s *Store) Evicted() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.evicted
}

// drop takes one user off; s.mu is held.
func (s *Store) drop(r *Reference) {
	if r.users--; r.users == 0 && len(s.free) < 4 {
		s.free = append(s.free, r.frame)
		r.frame = nil
	}
}

// Frame returns the frame, which must not be written to.
func (r *Reference) Frame() *clip.Frame { return r.frame }

// Release gives the frame back. It must be called once for each Get.
func (r *Reference) Release() {
	r.store.mu.Lock()
	defer r.store.mu.Unlock()
	r.store.drop(r)
}
