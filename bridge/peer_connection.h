// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::PeerConnectionInterface.

#ifndef NRTC_BRIDGE_PEER_CONNECTION_H_
#define NRTC_BRIDGE_PEER_CONNECTION_H_

#include "bridge/base.h"
#include "bridge/event_queue.h"
#include "bridge/factory.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted. Events, with subject 0 unless told otherwise:
//   NRTC_EVENT_COMPLETION            u64 op, then a result as NRTC_OUT describes
//   NRTC_EVENT_SIGNALING_STATE       str W3C state
//   NRTC_EVENT_ICE_CONNECTION_STATE  str
//   NRTC_EVENT_CONNECTION_STATE      str
//   NRTC_EVENT_ICE_GATHERING_STATE   str
//   NRTC_EVENT_ICE_CANDIDATE         str candidate-attribute, str mid, i32 m-line index, str username fragment,
//                                    str server url
//   NRTC_EVENT_ICE_CANDIDATE_ERROR   str address, i32 port, str url, i32 code, str text
//   NRTC_EVENT_NEGOTIATION_NEEDED    u32 event id, see nrtc_peer_connection_should_fire_negotiation_needed
//   NRTC_EVENT_TRACK                 u64 nrtc_rtp_transceiver, list of str ids of the streams that the other peer has put
//                                    the track in, bool whether the track was received before, in other streams
//   NRTC_EVENT_TRACK_REMOVED         u64 nrtc_rtp_receiver
//   NRTC_EVENT_DATA_CHANNEL          u64 nrtc_data_channel, then its properties: str label, str protocol, bool
//                                    ordered, opt i32 maxPacketLifeTime, opt i32 maxRetransmits, bool negotiated,
//                                    i32 id or -1, str priority
// and after nrtc_peer_connection_report_descriptions:
//   NRTC_EVENT_DESCRIPTIONS          u64 nrtc_descriptions; before an NRTC_EVENT_ICE_CANDIDATE and the completion of
//                                    nrtc_peer_connection_add_ice_candidate
//   NRTC_EVENT_NEGOTIATED            u64 nrtc_descriptions, list of transceivers: u64 nrtc_rtp_transceiver; before an
//                                    NRTC_EVENT_SIGNALING_STATE and the completion of what makes or sets a description
typedef struct nrtc_peer_connection nrtc_peer_connection;

// in: configuration (see configuration_wire.h)
// out: u64 nrtc_peer_connection
size_t nrtc_peer_connection_new(nrtc_factory* factory, nrtc_event_queue* queue, NRTC_IN, NRTC_OUT);

// Closes for good. Blocks until no callback is in flight; no event follows.
void nrtc_peer_connection_close(nrtc_peer_connection* pc);

// The operations below end with NRTC_EVENT_COMPLETION for op, exactly once,
// unless the connection is closed first. Those that create or set a description
// are made one at a time, with no transceiver being stopped meanwhile: what libwebrtc
// must not be asked is checked before.

// in: bool ice restart, bool voice activity detection, i32 offer to receive audio, i32 ... video (-1: unset)
// completion: str type, str sdp
void nrtc_peer_connection_create_offer(nrtc_peer_connection* pc, uint64_t op, NRTC_IN);
void nrtc_peer_connection_create_answer(nrtc_peer_connection* pc, uint64_t op, NRTC_IN);

// in: str type, str sdp; an empty type is the parameterless setLocalDescription
void nrtc_peer_connection_set_local_description(nrtc_peer_connection* pc, uint64_t op, NRTC_IN);
// in: str type, str sdp
void nrtc_peer_connection_set_remote_description(nrtc_peer_connection* pc, uint64_t op, NRTC_IN);

// Tells whether a description parses, without an operation.
// in: str type, str sdp
size_t nrtc_description_check(NRTC_IN, NRTC_OUT);

// in: str candidate-attribute, str mid, i32 m-line index
void nrtc_peer_connection_add_ice_candidate(nrtc_peer_connection* pc, uint64_t op, NRTC_IN);

// in: str selector ("", "sender" or "receiver"), u64 nrtc_rtp_sender or nrtc_rtp_receiver
// completion: str report (stats_json_internal.h)
void nrtc_peer_connection_get_stats(nrtc_peer_connection* pc, uint64_t op, NRTC_IN);

// The rest answer at once.

// in: configuration
size_t nrtc_peer_connection_set_configuration(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT);

// out: for current local, current remote, pending local and pending remote: bool present, str type, str sdp
size_t nrtc_peer_connection_descriptions(nrtc_peer_connection* pc, NRTC_OUT);

// The four descriptions of one moment. Reference-counted.
typedef struct nrtc_descriptions nrtc_descriptions;

// out: as nrtc_peer_connection_descriptions
size_t nrtc_descriptions_read(nrtc_descriptions* descriptions, NRTC_OUT);

// Begins the events that tell what each description has made of the connection.
void nrtc_peer_connection_report_descriptions(nrtc_peer_connection* pc);

// out: opt bool
size_t nrtc_peer_connection_can_trickle(nrtc_peer_connection* pc, NRTC_OUT);

void nrtc_peer_connection_restart_ice(nrtc_peer_connection* pc);

int nrtc_peer_connection_should_fire_negotiation_needed(nrtc_peer_connection* pc, uint32_t event_id);

// in: str label, str protocol, bool ordered, opt i32 maxPacketLifeTime, opt i32 maxRetransmits, bool negotiated,
//     i32 id or -1, str priority ("" for unset)
// out: u64 nrtc_data_channel, properties as with NRTC_EVENT_DATA_CHANNEL
// It raises nothing until nrtc_data_channel_attach.
size_t nrtc_peer_connection_create_data_channel(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT);

// in: opt i32 min, opt i32 start, opt i32 max, all in bit/s
size_t nrtc_peer_connection_set_bitrate(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_PEER_CONNECTION_H_
