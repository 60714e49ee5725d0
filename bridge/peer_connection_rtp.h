// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The part of webrtc::PeerConnectionInterface that is about tracks.

#ifndef NRTC_BRIDGE_PEER_CONNECTION_RTP_H_
#define NRTC_BRIDGE_PEER_CONNECTION_RTP_H_

#include "bridge/base.h"
#include "bridge/peer_connection.h"
#include "bridge/rtp_parameters.h"
#include "bridge/rtp_receiver.h"
#include "bridge/rtp_sender.h"
#include "bridge/rtp_transceiver.h"

#ifdef __cplusplus
extern "C" {
#endif

// in: u64 track, list of str stream ids
// out: u64 nrtc_rtp_transceiver, that of the sender that has got the track
size_t nrtc_peer_connection_add_track(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT);

// in: u64 nrtc_rtp_sender
size_t nrtc_peer_connection_remove_track(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT);

// in: u64 track or 0, str kind (of no meaning with a track), str direction, list of str stream ids, list of encoding
// out: u64 nrtc_rtp_transceiver
size_t nrtc_peer_connection_add_transceiver(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT);

// out: list of u64 nrtc_rtp_transceiver
size_t nrtc_peer_connection_get_transceivers(nrtc_peer_connection* pc, NRTC_OUT);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_PEER_CONNECTION_RTP_H_
