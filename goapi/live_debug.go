// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build nativertc_debug

package webrtc

import (
	"runtime/debug"
	"sync"
)

var (
	liveMu sync.Mutex
	live   = map[any]string{}
)

func trackLive(o any) {
	liveMu.Lock()
	defer liveMu.Unlock()
	live[o] = string(debug.Stack())
}

func untrackLive(o any) {
	liveMu.Lock()
	defer liveMu.Unlock()
	delete(live, o)
}

// Leaks returns the stacks that made the objects that should have been closed
// and are not. It exists only with the build tag nativertc_debug.
func Leaks() []string {
	liveMu.Lock()
	defer liveMu.Unlock()
	var stacks []string
	for _, s := range live {
		stacks = append(stacks, s)
	}
	return stacks
}
