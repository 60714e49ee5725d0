// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::DtmfSenderInterface.

#ifndef NRTC_BRIDGE_DTMF_SENDER_H_
#define NRTC_BRIDGE_DTMF_SENDER_H_

#include "bridge/base.h"
#include "bridge/peer_connection.h"
#include "bridge/rtp_sender.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted. Its events, whose subject is the handle's address, come to
// the queue of its connection:
//   NRTC_EVENT_DTMF_TONE  str tone ("" at the end), str tones left
typedef struct nrtc_dtmf_sender nrtc_dtmf_sender;

// To be called once for each sender: libwebrtc tells only one observer.
// out: u64 nrtc_dtmf_sender, 0 for a sender of video
size_t nrtc_dtmf_sender_new(nrtc_rtp_sender* sender, nrtc_peer_connection* pc, NRTC_OUT);

int nrtc_dtmf_sender_can_insert(nrtc_dtmf_sender* dtmf);

// in: str tones (0-9 A-D # * and comma), i32 duration, i32 gap between tones, both in milliseconds
size_t nrtc_dtmf_sender_insert(nrtc_dtmf_sender* dtmf, NRTC_IN, NRTC_OUT);

// The tones that have not been played.
// out: str
size_t nrtc_dtmf_sender_tones(nrtc_dtmf_sender* dtmf, NRTC_OUT);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_DTMF_SENDER_H_
