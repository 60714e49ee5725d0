// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

// Waker lets an object of the bridge that keeps what waits itself, a media sink
// or source, tell its Go side that there is something.
type Waker struct {
	key uint64
	c   chan struct{}
}

// NewWaker makes a Waker. It must be closed.
func NewWaker() *Waker {
	w := &Waker{key: nextKey.Add(1), c: make(chan struct{}, 1)}
	wakers.Store(w.key, w.c)
	return w
}

// Key is what the object of the bridge is made with.
func (w *Waker) Key() uint64 { return w.key }

// C receives when the object has something. Many calls may be one receive.
func (w *Waker) C() <-chan struct{} { return w.c }

// Wake does what the object does, for a reader that leaves something waiting.
func (w *Waker) Wake() {
	select {
	case w.c <- struct{}{}:
	default:
	}
}

// Close ends the wake-ups.
func (w *Waker) Close() { wakers.Delete(w.key) }
