// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"
	"weak"

	"github.com/nativertc/nativertc/cgo"
)

// unsent is what BufferedAmount is to an application on an event loop: the amounts as
// of the beginning of the last task of any connection, with what has been sent since.
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-bufferedamount
type unsent struct {
	loop func(task func()) // nil for none

	mu      sync.Mutex
	amounts map[weak.Pointer[DataChannel]]uint64 // those that are not 0
}

// taskRunner returns what runs tasks on the application's event loop, or nil.
func (rt *engine) taskRunner() func(task func()) {
	if rt.settings.eventLoop == nil {
		return nil
	}
	return func(task func()) {
		rt.settings.eventLoop(func() {
			rt.unsent.look()
			task()
		})
	}
}

// add is for a message that was sent.
func (u *unsent) add(c *DataChannel, size int) {
	if u.loop == nil || size == 0 {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.amounts == nil {
		u.amounts = map[weak.Pointer[DataChannel]]uint64{}
	}
	u.amounts[weak.Make(c)] += uint64(size)
}

func (u *unsent) amount(c *DataChannel) uint64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.amounts[weak.Make(c)]
}

// look is for the beginning of a task. A channel that is closed keeps its amount.
func (u *unsent) look() {
	u.mu.Lock()
	defer u.mu.Unlock()
	for w := range u.amounts {
		c := w.Value()
		if c == nil {
			delete(u.amounts, w)
			continue
		}
		if c.ref.Acquire() == nil {
			continue
		}
		u.amounts[w] = cgo.LoadCounter(c.buffered)
		c.ref.Release()
		if u.amounts[w] == 0 {
			delete(u.amounts, w)
		}
	}
}
