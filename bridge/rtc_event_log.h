// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::RtcEventLogOutput: a connection's event log, for rtc_event_log
// visualizers.

#ifndef NRTC_BRIDGE_RTC_EVENT_LOG_H_
#define NRTC_BRIDGE_RTC_EVENT_LOG_H_

#include "bridge/event_queue.h"
#include "bridge/peer_connection.h"

#ifdef __cplusplus
extern "C" {
#endif

// Begins to log to queue, as NRTC_EVENT_RTC_EVENT_LOG with subject 0:
//   bool end, bool whether the log ended early for want of room in the queue, str bytes (counted against the
//   queue's bound)
// The record with end is the last; it comes after nrtc_peer_connection_stop_rtc_event_log
// or when the connection is closed. Returns 0, and nothing comes, if libwebrtc
// refuses.
int nrtc_peer_connection_start_rtc_event_log(nrtc_peer_connection* pc, nrtc_event_queue* queue, int64_t period_ms);

// Blocks until the log is complete.
void nrtc_peer_connection_stop_rtc_event_log(nrtc_peer_connection* pc);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_RTC_EVENT_LOG_H_
