// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::LogMessage and LogSink: libwebrtc's log, one for the process.

#ifndef NRTC_BRIDGE_LOG_H_
#define NRTC_BRIDGE_LOG_H_

#include "bridge/base.h"
#include "bridge/event_queue.h"

#ifdef __cplusplus
extern "C" {
#endif

// Keeps the log off stderr, where libwebrtc writes it by default.
void nrtc_log_silence(void);

// Sends lines to queue, as NRTC_EVENT_LOG with subject 0:
//   str severity ("verbose", "info", "warning", "error"), str file, i32 line, str message,
//   u64 lines dropped so far for want of room in the queue
// A line counts against the queue's bound with NRTC_LOG_LINE_COST and the bytes
// of file and message. Ends what was started before.
//
// in: str least severity
void nrtc_log_start(nrtc_event_queue* queue, NRTC_IN);

#define NRTC_LOG_LINE_COST 64

// Ends it; no line is appended after this has returned.
void nrtc_log_stop(void);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_LOG_H_
