// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::DtmfSenderInterface.

#ifndef NRTC_BRIDGE_DTMF_SENDER_H_
#define NRTC_BRIDGE_DTMF_SENDER_H_

#include "bridge/base.h"
#include "bridge/rtp_sender.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted.
typedef struct nrtc_dtmf_sender nrtc_dtmf_sender;

// out: u64 nrtc_dtmf_sender, 0 for a sender of video
size_t nrtc_dtmf_sender_of(nrtc_rtp_sender* sender, NRTC_OUT);

int nrtc_dtmf_sender_can_insert(nrtc_dtmf_sender* dtmf);

// Plays a tone at once, in place of one that plays.
// in: str tone (one of 0-9 A-D # *), i32 duration, i32 gap after it, both in milliseconds
size_t nrtc_dtmf_sender_insert(nrtc_dtmf_sender* dtmf, NRTC_IN, NRTC_OUT);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_DTMF_SENDER_H_
