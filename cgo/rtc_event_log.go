// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/rtc_event_log.h"
*/
import "C"

import "unsafe"

// PeerConnectionStartRTCEventLog begins to log to queue and reports whether
// libwebrtc allows it.
func PeerConnectionStartRTCEventLog(pc, queue unsafe.Pointer, periodMilliseconds int64) bool {
	crossed()
	return C.nrtc_peer_connection_start_rtc_event_log((*C.nrtc_peer_connection)(pc), (*C.nrtc_event_queue)(queue), C.int64_t(periodMilliseconds)) != 0
}

// PeerConnectionStopRTCEventLog ends it.
func PeerConnectionStopRTCEventLog(pc unsafe.Pointer) {
	crossed()
	C.nrtc_peer_connection_stop_rtc_event_log((*C.nrtc_peer_connection)(pc))
}
