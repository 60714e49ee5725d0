// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build nativertc_gcstress

package cgo

import "runtime"

// stress collects garbage often, and where it hurts: around the calls into C,
// where a pointer that Go does not know of, or an object that is used after its
// last mention, would be found out.
func stress(crossing uint64) {
	if crossing%32 == 0 {
		runtime.GC()
	}
}
