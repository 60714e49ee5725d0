// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::DtlsTransportInterface.

#ifndef NRTC_BRIDGE_DTLS_TRANSPORT_H_
#define NRTC_BRIDGE_DTLS_TRANSPORT_H_

#include "bridge/factory.h"
#include "bridge/ice_transport.h"
#include "bridge/peer_connection.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted. Its events go to the queue of its connection, with the
// transport's own address as their subject:
//   NRTC_EVENT_DTLS_TRANSPORT_STATE  str W3C state, list of str remote certificates (DER), bool whether the
//                                    ICE transport below is gone
typedef struct nrtc_dtls_transport nrtc_dtls_transport;

// Makes the observer of a webrtc::DtlsTransportInterface, which is borrowed, and
// that of its ICE transport. There must be no other for the same transport.
// out: u64 nrtc_dtls_transport, u64 nrtc_ice_transport
size_t nrtc_dtls_transport_new(nrtc_factory* factory, nrtc_peer_connection* pc, void* native, NRTC_OUT);

// Begins the events. Blocks until the network thread has answered.
// out: as NRTC_EVENT_DTLS_TRANSPORT_STATE has it
size_t nrtc_dtls_transport_attach(nrtc_dtls_transport* transport, NRTC_OUT);

// Ends the events; none comes after this has returned.
void nrtc_dtls_transport_detach(nrtc_dtls_transport* transport);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_DTLS_TRANSPORT_H_
