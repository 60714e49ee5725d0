// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "sync"

// subjects finds the Go object that an event is about. An identity is the
// address of the bridge's object, unique while a reference to it is held.
type subjects struct {
	mu sync.Mutex
	m  map[uint64]subject
}

func (s *subjects) add(id uint64, o subject) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.m == nil {
		s.m = map[uint64]subject{}
	}
	s.m[id] = o
}

func (s *subjects) remove(id uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.m, id)
}

func (s *subjects) find(id uint64) subject {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m[id]
}
