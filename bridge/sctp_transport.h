// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::SctpTransportInterface.

#ifndef NRTC_BRIDGE_SCTP_TRANSPORT_H_
#define NRTC_BRIDGE_SCTP_TRANSPORT_H_

#include "bridge/factory.h"
#include "bridge/peer_connection.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted. Its events go to the queue of its connection, with the
// transport's own address as their subject:
//   NRTC_EVENT_SCTP_TRANSPORT_STATE  str W3C state, opt f64 greatest message, opt i32 channels
//
// The functions block until the network thread has answered.
typedef struct nrtc_sctp_transport nrtc_sctp_transport;

// out: u64 webrtc::SctpTransportInterface that the connection has now, or 0
size_t nrtc_peer_connection_sctp_transport(nrtc_peer_connection* pc, NRTC_OUT);

// Makes the observer of a webrtc::SctpTransportInterface, which is borrowed.
// There must be no other for the same transport.
// out: u64 nrtc_sctp_transport
size_t nrtc_sctp_transport_new(nrtc_factory* factory, nrtc_peer_connection* pc, void* native, NRTC_OUT);

// Begins the events.
// out: as NRTC_EVENT_SCTP_TRANSPORT_STATE has it
size_t nrtc_sctp_transport_attach(nrtc_sctp_transport* transport, NRTC_OUT);

// Ends the events; none comes after this has returned.
void nrtc_sctp_transport_detach(nrtc_sctp_transport* transport);

// out: str W3C state, opt f64 greatest message, opt i32 channels, u64 webrtc::DtlsTransportInterface or 0
size_t nrtc_sctp_transport_information(nrtc_sctp_transport* transport, NRTC_OUT);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_SCTP_TRANSPORT_H_
