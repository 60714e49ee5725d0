// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::RtpTransceiverInterface.

#ifndef NRTC_BRIDGE_RTP_TRANSCEIVER_H_
#define NRTC_BRIDGE_RTP_TRANSCEIVER_H_

#include "bridge/base.h"
#include "bridge/rtp_parameters.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted. One address for the life of the transceiver, and the same
// for its sender and receiver.
typedef struct nrtc_rtp_transceiver nrtc_rtp_transceiver;

// What does not change in a transceiver's life.
// out: str kind, u64 nrtc_rtp_sender, u64 nrtc_rtp_receiver
size_t nrtc_rtp_transceiver_parts(nrtc_rtp_transceiver* transceiver, NRTC_OUT);

// out: opt str
size_t nrtc_rtp_transceiver_mid(nrtc_rtp_transceiver* transceiver, NRTC_OUT);

// out: str W3C direction
size_t nrtc_rtp_transceiver_direction(nrtc_rtp_transceiver* transceiver, NRTC_OUT);

// out: opt str W3C direction
size_t nrtc_rtp_transceiver_current_direction(nrtc_rtp_transceiver* transceiver, NRTC_OUT);

int nrtc_rtp_transceiver_stopped(nrtc_rtp_transceiver* transceiver);

// in: str W3C direction, not "stopped"
size_t nrtc_rtp_transceiver_set_direction(nrtc_rtp_transceiver* transceiver, NRTC_IN, NRTC_OUT);

size_t nrtc_rtp_transceiver_stop(nrtc_rtp_transceiver* transceiver, NRTC_OUT);

// in: list of codec
size_t nrtc_rtp_transceiver_set_codec_preferences(nrtc_rtp_transceiver* transceiver, NRTC_IN, NRTC_OUT);

// Header extension control of WebRTC Extensions.
// out: list of header extension capability
size_t nrtc_rtp_transceiver_header_extensions_to_negotiate(nrtc_rtp_transceiver* transceiver, NRTC_OUT);
size_t nrtc_rtp_transceiver_negotiated_header_extensions(nrtc_rtp_transceiver* transceiver, NRTC_OUT);
// in: list of header extension capability, those of _to_negotiate with other directions
size_t nrtc_rtp_transceiver_set_header_extensions(nrtc_rtp_transceiver* transceiver, NRTC_IN, NRTC_OUT);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_RTP_TRANSCEIVER_H_
