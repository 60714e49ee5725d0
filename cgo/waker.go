// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/wake.h"
*/
import "C"

import (
	"os"
	"sync"
	"sync/atomic"
	"unsafe"
)

// Waker lets an object of the bridge tell its Go side that something waits: an
// event queue, a media sink or a source.
type Waker struct {
	key uint64
	c   chan struct{}
}

var (
	wakers      sync.Map // uint64 → chan struct{}
	nextKey     atomic.Uint64
	startWaking sync.Once
)

// NewWaker makes a Waker. It must be closed.
func NewWaker() *Waker {
	startWaking.Do(func() {
		pipe := os.NewFile(uintptr(C.nrtc_wake_fd()), "nativertc wake-ups")
		if pipe == nil {
			panic("cgo: the system has no file descriptor left for a pipe")
		}
		go wakeAll(pipe)
	})
	w := &Waker{key: nextKey.Add(1), c: make(chan struct{}, 1)}
	wakers.Store(w.key, w.c)
	return w
}

// Key is what the object of the bridge is made with.
func (w *Waker) Key() uint64 { return w.key }

// C receives when the object has something. Many calls may be one receive.
func (w *Waker) C() <-chan struct{} { return w.c }

// Wake does what the object does, for a reader that leaves something waiting.
func (w *Waker) Wake() { wake(w.c) }

// Close ends the wake-ups.
func (w *Waker) Close() { wakers.Delete(w.key) }

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// wakeAll hands out the wake-ups of the whole process, as long as it lives. It
// waits in Go's network poller, not in a thread.
func wakeAll(pipe *os.File) {
	var byte1 [1]byte
	var keys [64]uint64
	for {
		if _, err := pipe.Read(byte1[:]); err != nil {
			panic("cgo: wake-ups: " + err.Error())
		}
		for more := true; more; {
			crossed()
			n := int(C.nrtc_wake_take((*C.uint64_t)(unsafe.Pointer(&keys[0])), C.size_t(len(keys))))
			for _, key := range keys[:n] {
				if c, ok := wakers.Load(key); ok {
					wake(c.(chan struct{}))
				}
			}
			more = n == len(keys)
		}
	}
}
