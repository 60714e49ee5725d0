// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::MdnsResponderInterface and webrtc::AsyncDnsResolverInterface, as far as
// they are about names of multicast DNS.

#ifndef NRTC_BRIDGE_MDNS_H_
#define NRTC_BRIDGE_MDNS_H_

#include "bridge/base.h"
#include "bridge/factory.h"

#ifdef __cplusplus
extern "C" {
#endif

// What the connections of a factory ask comes as events of the queue that the
// factory was made with, of which each has a number:
//   NRTC_EVENT_MDNS_NAME_WANTED     u64 question, str address of this host: a name to show in
//                                   its place, and to answer queries for
//   NRTC_EVENT_MDNS_ADDRESS_WANTED  u64 question, str name that another peer has sent: its address
//   NRTC_EVENT_MDNS_NOT_WANTED      u64 question: nobody waits for the answer any more, or uses the
//                                   name. It comes for each name, and for no address that was found

// Answers a question, from any thread; one that nobody waits for is ignored. A
// candidate appears only when its name is there. Without an address the candidate
// of the other peer is dropped.
//
// in: u64 question, str name or address, "" if there is none, str what went wrong, for the log
void nrtc_factory_answer_mdns(nrtc_factory* factory, NRTC_IN);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_MDNS_H_
