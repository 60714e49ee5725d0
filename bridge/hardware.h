// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Hardware video encoders: hw/ does the work.

#ifndef NRTC_BRIDGE_HARDWARE_H_
#define NRTC_BRIDGE_HARDWARE_H_

#include "bridge/base.h"
#include "bridge/event_queue.h"
#include "bridge/rtp_sender.h"

#ifdef __cplusplus
extern "C" {
#endif

// Finds devices and what they encode. Asks drivers, which may take seconds, and
// opens a session for each profile.
// in: str backend ("" for all), str device ("" for all found), i64 milliseconds
//     that a driver has to answer
// out: list of
//        str backend, str device, str name, str reason,
//        list of str profile, i32 maximum width, i32 maximum height (0: not
//          known), i32 temporal layers, list of str rate control mode,
//        list of str kind of memory of which pictures are taken without a copy, str format,
//          bool scaled also
size_t nrtc_hardware_probe(NRTC_IN, NRTC_OUT);

// Sessions open on a device, or on all if it is empty.
int nrtc_hardware_open_sessions(const char* device, size_t size);

// How many sessions the process may have open; 0 or less for any number.
void nrtc_hardware_set_session_limit(int limit);

// Chooses among the encoders of the factory for one sender of video; holds from the
// next frame on, which is a key frame if the encoder changes.
// in: bool hardware, bool require it, str backend, str device ("" for any)
void nrtc_hardware_choose(nrtc_rtp_sender* sender, NRTC_IN);

// Appends to queue, from now on, what happens to hardware encoders; replaces the queue
// of an earlier call. Records NRTC_EVENT_HARDWARE, whose subject is a number of
// the encoder:
//   bool restored (else failed), str backend, str device, str reason,
//   i32 width, i32 height
void nrtc_hardware_start_events(nrtc_event_queue* queue);

void nrtc_hardware_stop_events(void);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_HARDWARE_H_
