// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::PeerConnectionFactoryInterface, with the threads it runs on: signaling, network and,
// where compat::kWorkerIsNetworkThread does not make it the same, worker.

#ifndef NRTC_BRIDGE_FACTORY_H_
#define NRTC_BRIDGE_FACTORY_H_

#include "bridge/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nrtc_factory nrtc_factory;

// Makes a factory. Reference-counted; the last release stops and joins its
// threads, and must come after the release of everything made with it, from a
// thread that is not one of them.
//
// in: str field trials, bool include loopback networks, bool restrict networks,
//     list of str "interface/address" that may be used if restricted,
//     bool hardware video encoders, bool require them, str backend, str device ("" for
//     any), i64 milliseconds that a driver has to open a session, to encode a frame,
//     to wait after a failure at first, and at most, u64 nrtc_event_queue for what is
//     asked of multicast DNS (mdns.h) or 0 if that is the system's, bool hide the
//     addresses of this host behind its names
// out: u64 nrtc_factory
size_t nrtc_factory_new(NRTC_IN, NRTC_OUT);

// Replaces the networks that connections made from now on may use.
// in: bool restrict, list of str "interface/address"
void nrtc_factory_set_networks(nrtc_factory* factory, NRTC_IN);

// in: str kind ("audio" or "video"), bool receiver
// out: the capabilities, as rtp_parameters.h writes them
size_t nrtc_factory_get_capabilities(nrtc_factory* factory, NRTC_IN, NRTC_OUT);

// Whether text is a well-formed field trial string.
int nrtc_valid_field_trials(const char* text, size_t size);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_FACTORY_H_
