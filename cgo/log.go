// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/log.h"
*/
import "C"

// LogLineCost is what a line counts beside its file and message.
const LogLineCost = C.NRTC_LOG_LINE_COST

// A program that links libwebrtc stays silent from its beginning.
func init() { C.nrtc_log_silence() }

// LogStart sends lines of the least severity and above to queue.
func LogStart(queue *EventQueue, leastSeverity string) {
	q := queue.Acquire()
	if q == nil {
		return
	}
	defer queue.Release()
	var in Writer
	in.Str(leastSeverity)
	p, n := in.view()
	crossed()
	C.nrtc_log_start((*C.nrtc_event_queue)(q), p, n)
}

// LogStop ends what LogStart began.
func LogStop() {
	crossed()
	C.nrtc_log_stop()
}
