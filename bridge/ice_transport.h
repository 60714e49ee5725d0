// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::IceTransportInterface.

#ifndef NRTC_BRIDGE_ICE_TRANSPORT_H_
#define NRTC_BRIDGE_ICE_TRANSPORT_H_

#include "bridge/base.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted. Its events go to the queue of its connection, with the
// transport's own address as their subject:
//   NRTC_EVENT_ICE_TRANSPORT_STATE            str W3C state
//   NRTC_EVENT_ICE_TRANSPORT_GATHERING_STATE  str W3C state
//   NRTC_EVENT_SELECTED_CANDIDATE_PAIR        opt pair; it may be the same as before
//
// A pair is two candidates, the local and the remote one. A candidate is a str
// candidate-attribute, str mid, i32 m-line index or -1, str server url, str relay
// protocol; mid and index are "" and -1 in pairs.
//
// The functions block until the network thread has answered.
typedef struct nrtc_ice_transport nrtc_ice_transport;

// Begins the events.
// out: str state, str gathering state, i32 component, opt pair
size_t nrtc_ice_transport_attach(nrtc_ice_transport* transport, NRTC_OUT);

// Ends the events; none comes after this has returned.
void nrtc_ice_transport_detach(nrtc_ice_transport* transport);

// out: str W3C role
size_t nrtc_ice_transport_role(nrtc_ice_transport* transport, NRTC_OUT);

// What the description in force, pending or current, tells of this transport.
//
// in: bool remote
// out: opt parameters: str username fragment, str password, bool ice lite;
//      list of candidates
size_t nrtc_ice_transport_description(nrtc_ice_transport* transport, NRTC_IN, NRTC_OUT);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_ICE_TRANSPORT_H_
