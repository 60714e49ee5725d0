// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// How libwebrtc's threads tell the process's one owner of queues and sinks that
// some of them have ceased to be empty: a pipe, and the keys of those that have.
//
// A pipe and not a callback, because a thread that calls into Go has to wait for a
// processor of Go's, and what it makes ready waits until another thread finds it:
// 95 microseconds in all. Go's network poller sees a pipe in a fifth of that.

#ifndef NRTC_BRIDGE_WAKE_H_
#define NRTC_BRIDGE_WAKE_H_

#include "bridge/base.h"

#ifdef __cplusplus
extern "C" {
#endif

// The end of the pipe to be read, non-blocking; the same at every call. It becomes
// readable, by one byte, when a key is there and none was. -1 where the system has
// no pipe to give.
int nrtc_wake_fd(void);

// Moves up to cap keys out and returns how many. Fewer than cap means that all
// were moved: the next one makes the pipe readable.
size_t nrtc_wake_take(uint64_t* keys, size_t cap);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_WAKE_H_
