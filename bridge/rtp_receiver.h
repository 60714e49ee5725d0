// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::RtpReceiverInterface.

#ifndef NRTC_BRIDGE_RTP_RECEIVER_H_
#define NRTC_BRIDGE_RTP_RECEIVER_H_

#include "bridge/base.h"
#include "bridge/peer_connection.h"
#include "bridge/rtp_parameters.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted.
typedef struct nrtc_rtp_receiver nrtc_rtp_receiver;

// The receiver's track, one for its life.
// out: u64 track (webrtc::MediaStreamTrackInterface)
size_t nrtc_rtp_receiver_track(nrtc_rtp_receiver* receiver, NRTC_OUT);

// out: RTP parameters, list of encodings: str RID, opt u32 SSRC
size_t nrtc_rtp_receiver_get_parameters(nrtc_rtp_receiver* receiver, NRTC_OUT);

// out: list of sources, the one last played first: bool contributing (CSRC), u32 source, i64 age in microseconds, u32
//      RTP timestamp, opt u8 audio level in -dBov, opt absolute capture time: u64 NTP time (32.32 fixed point), opt i64
//      offset of the capture clock (32.32)
size_t nrtc_rtp_receiver_sources(nrtc_rtp_receiver* receiver, NRTC_OUT);

// in: opt f64 target in seconds
size_t nrtc_rtp_receiver_set_jitter_buffer_target(nrtc_rtp_receiver* receiver, NRTC_IN, NRTC_OUT);

// out: u64 DTLS transport (webrtc::DtlsTransportInterface), 0 for none yet
size_t nrtc_rtp_receiver_dtls_transport(nrtc_rtp_receiver* receiver, NRTC_OUT);

// Reference-counted. Its events, whose subject is the receiver, come to the queue
// of the connection:
//   NRTC_EVENT_RTP_RECEIVED  bool again
// The first packet has come; if again, the event is also raised for the first one
// after each negotiation that lets the receiver receive again.
typedef struct nrtc_rtp_receiver_observer nrtc_rtp_receiver_observer;

// To be called once for each receiver: libwebrtc tells only one observer.
// out: u64 nrtc_rtp_receiver_observer
size_t nrtc_rtp_receiver_observe(nrtc_rtp_receiver* receiver, nrtc_peer_connection* pc, NRTC_OUT);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_RTP_RECEIVER_H_
