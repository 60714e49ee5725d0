// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package load

import (
	"sync"
)

// Trickle hands candidates to a connection, from when it has a remote
// description.
type Trickle[C any] struct {
	add  func(C) error
	fail func(error)

	mu      sync.Mutex
	started bool
	pending []C
}

// Add hands over a candidate, now or with Start.
func (t *Trickle[C]) Add(c C) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.started {
		t.pending = append(t.pending, c)
		return
	}
	t.deliver(c)
}

// Start tells that the connection has a remote description.
func (t *Trickle[C]) Start() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.started = true
	for _, c := range t.pending {
		t.deliver(c)
	}
	t.pending = nil
}

func (t *Trickle[C]) deliver(c C) {
	if err := t.add(c); err != nil {
		t.fail(err)
	}
}

// Opening waits for a pair to open.
type Opening struct {
	opened chan struct{}
	failed chan error
}

// NewOpening returns the wait for both ends of one channel.
func NewOpening() *Opening {
	return &Opening{make(chan struct{}, 2), make(chan error, 1)}
}

// Opened tells that one end is open.
func (o *Opening) Opened() { o.opened <- struct{}{} }

// Fail ends the wait. The first failure counts.
func (o *Opening) Fail(err error) {
	select {
	case o.failed <- err:
	default:
	}
}

// Wait waits until both ends are open.
func (o *Opening) Wait() error {
	ends := make(chan error, 1)
	go func() {
		for range 2 {
			select {
			case <-o.opened:
			case err := <-o.failed:
				ends <- err
				return
			}
		}
		ends <- nil
	}()
	err, late := wait(ends, "the data channel does not open")
	if late != nil {
		o.Fail(late)
		return late
	}
	return err
}

// NewTrickle returns a Trickle that calls add for candidates, one at a time, and
// o.Fail with its errors.
func NewTrickle[C any](o *Opening, add func(C) error) *Trickle[C] {
	return &Trickle[C]{add: add, fail: o.Fail}
}
