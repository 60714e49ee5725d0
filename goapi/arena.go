// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// arena gives small messages a home together, so that each does not cost an
// allocation of its own. What it hands out is never reused.
type arena struct{ free []byte }

const (
	arenaSize = 32 << 10
	// A message kept by the application keeps its neighbours' memory: only small
	// ones may have any.
	arenaShare = 1 << 10
)

func (a *arena) copy(data []byte) []byte {
	n := len(data)
	if n > arenaShare {
		return append(make([]byte, 0, n), data...)
	}
	if n > len(a.free) {
		a.free = make([]byte, arenaSize)
	}
	out := a.free[:n:n]
	a.free = a.free[n:]
	copy(out, data)
	return out
}
