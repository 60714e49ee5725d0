// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef SMOKE_CALL_H_
#define SMOKE_CALL_H_

// Connects two peers in this process over ICE, DTLS and SCTP, with H265 video and a data
// channel, and writes an event log. Returns 0 if all of it arrives.
extern "C" __attribute__((visibility("default"))) int SmokeCall();

#endif  // SMOKE_CALL_H_
