// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/hardware.h"
#include <stdlib.h>
*/
import "C"

import "unsafe"

// HardwareProbe asks for devices; see nrtc_hardware_probe.
func HardwareProbe(in *Writer) (*Reader, error) {
	p, n := in.view()
	return call(func(o reply) C.size_t { return C.nrtc_hardware_probe(p, n, o.out, o.size, o.more) })
}

// HardwareOpenSessions counts the sessions open on a device, or on all.
func HardwareOpenSessions(device string) int {
	crossed()
	return int(C.nrtc_hardware_open_sessions((*C.char)(unsafe.Pointer(unsafe.StringData(device))), C.size_t(len(device))))
}

// HardwareSetSessionLimit limits the sessions of the process.
func HardwareSetSessionLimit(limit int) {
	crossed()
	C.nrtc_hardware_set_session_limit(C.int(limit))
}

// HardwareChoose chooses a sender's encoders; see nrtc_hardware_choose.
func HardwareChoose(sender unsafe.Pointer, in *Writer) {
	p, n := in.view()
	crossed()
	C.nrtc_hardware_choose((*C.nrtc_rtp_sender)(sender), p, n)
}

// HardwareStartEvents appends what happens to hardware encoders to queue.
func HardwareStartEvents(queue *EventQueue) {
	q := queue.Acquire()
	if q == nil {
		return
	}
	defer queue.Release()
	crossed()
	C.nrtc_hardware_start_events((*C.nrtc_event_queue)(q))
}

// HardwareStopEvents ends what HardwareStartEvents began.
func HardwareStopEvents() {
	crossed()
	C.nrtc_hardware_stop_events()
}
