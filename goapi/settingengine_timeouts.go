// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"cmp"
	"time"
)

// libwebrtc's own durations, which those of SetICETimeouts must agree with.
const (
	iceCheckInterval      = 480 * time.Millisecond
	iceUnwritableTimeout  = 5 * time.Second
	iceInactiveTimeout    = 15 * time.Second
	iceTimeoutsContradict = "contradictory ICE timeouts"
)

// validateICETimeouts refuses what libwebrtc refuses. Not every revision survives
// that: the older one ends the process when it drops the connection that it had
// begun to make.
func (e *SettingEngine) validateICETimeouts() error {
	for _, d := range []time.Duration{e.disconnectedTimeout, e.keepAliveInterval} {
		if d != 0 && d.Truncate(time.Millisecond) < iceCheckInterval {
			return newError(invalidAccessError, iceTimeoutsContradict+": shorter than the time between checks", nil)
		}
	}
	unwritable := cmp.Or(e.disconnectedTimeout, iceUnwritableTimeout).Truncate(time.Millisecond)
	inactive := cmp.Or(e.failedTimeout, iceInactiveTimeout).Truncate(time.Millisecond)
	if unwritable > inactive {
		return newError(invalidAccessError, iceTimeoutsContradict+": failed before disconnected", nil)
	}
	return nil
}
