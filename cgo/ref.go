// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/base.h"
*/
import "C"

import (
	"sync/atomic"
	"unsafe"
)

// Ref owns one reference to an object of the bridge. It is safe for use by many
// goroutines: the reference is released when Close was called and the last call
// that uses the object has returned, so a call never meets a freed object.
type Ref struct {
	ptr unsafe.Pointer
	// Twice the number of calls in flight, plus one if closed.
	state atomic.Int64
	// Runs before the reference is released.
	onRelease func()
}

// NewRef takes over the reference that the caller holds to ptr. onRelease, if
// not nil, runs just after the reference is given up.
func NewRef(ptr unsafe.Pointer, onRelease func()) *Ref { return &Ref{ptr: ptr, onRelease: onRelease} }

// Acquire returns the object for the length of a call that Release ends, or nil
// if r is nil or closed.
func (r *Ref) Acquire() unsafe.Pointer {
	if r == nil {
		return nil
	}
	for {
		s := r.state.Load()
		if s&1 != 0 {
			return nil
		}
		if r.state.CompareAndSwap(s, s+2) {
			return r.ptr
		}
	}
}

// Release ends what Acquire began.
func (r *Ref) Release() {
	if r.state.Add(-2) == 1 {
		r.free()
	}
}

// Close gives up the reference, at once or when the calls in flight are over. It
// reports whether this call was the first.
func (r *Ref) Close() bool {
	for {
		s := r.state.Load()
		if s&1 != 0 {
			return false
		}
		if r.state.CompareAndSwap(s, s|1) {
			if s == 0 {
				r.free()
			}
			return true
		}
	}
}

// Closed reports whether Close was called.
func (r *Ref) Closed() bool { return r.state.Load()&1 != 0 }

// ID is the address of the object: its identity in events, as long as the
// reference is held.
func (r *Ref) ID() uint64 { return uint64(uintptr(r.ptr)) }

func (r *Ref) free() {
	Unref(r.ptr)
	if r.onRelease != nil {
		r.onRelease()
	}
}

// Unref gives up a reference that no Ref owns.
func Unref(ptr unsafe.Pointer) {
	crossed()
	C.nrtc_unref(ptr)
}

// AddRef adds a reference, for a NewRef of its own.
func AddRef(ptr unsafe.Pointer) {
	crossed()
	C.nrtc_ref(ptr)
}
