// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"
	"time"

	"github.com/nativertc/nativertc/cgo"
)

// mediaClock ties libwebrtc's monotonic clock to Go's, which run alike.
var mediaClock = sync.OnceValues(func() (time.Time, time.Duration) {
	return time.Now(), time.Duration(cgo.TimeMicros()) * time.Microsecond
})

// MediaTime reads the monotonic clock that the timestamps of frames are on. Its
// zero is arbitrary, and the same for everything in a process.
func MediaTime() time.Duration {
	at, reading := mediaClock()
	return reading + time.Since(at)
}

// ntpEpoch is the zero of NTP's clock.
//
// https://www.rfc-editor.org/rfc/rfc5905#section-6
var ntpEpoch = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

// ntpTime converts milliseconds of NTP's clock; none is the zero Time. The span
// since 1900 fits a Duration until 2192.
func ntpTime(millis int64) time.Time {
	if millis <= 0 {
		return time.Time{}
	}
	return ntpEpoch.Add(time.Duration(millis) * time.Millisecond)
}
