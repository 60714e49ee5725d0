// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync/atomic"
	"time"
)

const (
	// pollInterval is how long messages wait at most where they pour in.
	pollInterval = time.Millisecond
	// flowWindow and flowBytes say what pouring is: more than 32 MB/s.
	flowWindow = 2 * time.Millisecond
	flowBytes  = 64 << 10
)

// flow tells whether messages pour in and nothing is sent in return: to wake a
// thread for each would cost more than what the message itself does. Where the
// application sends, an answer may be waited for, and each message is handed out
// at once.
type flow struct {
	sent  atomic.Bool // since start
	start time.Time
	bytes int  // that came since start
	pours bool // in the window before
}

// look begins another window if one is over. It is called before messages are
// taken.
func (f *flow) look(now time.Time) {
	if now.Sub(f.start) < flowWindow {
		return
	}
	// After a longer time than a window they came at a lower rate.
	f.pours = now.Sub(f.start) < 2*flowWindow && f.bytes >= flowBytes && !f.sent.Load()
	f.start, f.bytes = now, 0
	f.sent.Store(false)
}

// send notes that the application sent something.
func (f *flow) send() {
	if !f.sent.Load() {
		f.sent.Store(true)
	}
}

// fast tells whether to look for messages by the clock.
func (f *flow) fast() bool { return f.pours && !f.sent.Load() }
