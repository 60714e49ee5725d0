// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::RtpSenderInterface.

#ifndef NRTC_BRIDGE_RTP_SENDER_H_
#define NRTC_BRIDGE_RTP_SENDER_H_

#include "bridge/base.h"
#include "bridge/peer_connection.h"
#include "bridge/rtp_parameters.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted.
typedef struct nrtc_rtp_sender nrtc_rtp_sender;

// out: sender's parameters
size_t nrtc_rtp_sender_get_parameters(nrtc_rtp_sender* sender, NRTC_OUT);

// Changes what can be changed in parameters. What the wire does not have, codecs,
// header extensions and the like, stays as it is: the caller has compared it with
// what nrtc_rtp_sender_get_parameters gave it. Ends with NRTC_EVENT_COMPLETION of
// pc for op, without values.
// in: opt str degradationPreference, list of encoding, list of bool (for each encoding, whether a key frame is wanted)
void nrtc_rtp_sender_set_parameters(nrtc_rtp_sender* sender, nrtc_peer_connection* pc, uint64_t op, NRTC_IN);

// in: u64 track, 0 for none
size_t nrtc_rtp_sender_set_track(nrtc_rtp_sender* sender, NRTC_IN, NRTC_OUT);

// in: list of str stream ids
size_t nrtc_rtp_sender_set_streams(nrtc_rtp_sender* sender, NRTC_IN, NRTC_OUT);

// out: u64 DTLS transport (webrtc::DtlsTransportInterface), 0 for none yet
size_t nrtc_rtp_sender_dtls_transport(nrtc_rtp_sender* sender, NRTC_OUT);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_RTP_SENDER_H_
