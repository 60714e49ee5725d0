// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// RTCConfiguration on the wire, for nrtc_peer_connection_new and
// _set_configuration:
//
//   list of servers: list of str urls, str username, str credential
//   str iceTransportPolicy, str bundlePolicy, str rtcpMuxPolicy, i32 iceCandidatePoolSize
//   list of u64 nrtc_certificate
//   what the W3C leaves out:
//   i32 min port, i32 max port (0 for any), bool TCP candidates, bool listen for TCP,
//   bool continual gathering, bool DSCP, opt i32 receiving timeout ms, opt i32 unwritable timeout ms, opt i32 inactive timeout ms,
//   opt i32 check interval ms, opt i32 backup candidate pair ping interval ms, opt i32 stable pair ping
//   interval ms,
//   bool verify TURN TLS certificates, i32 audio jitter buffer max packets (0: default), bool fast accelerate,
//   bool CPU adaptation, bool always negotiate data channels (for a revision that can)

#ifndef NRTC_BRIDGE_CONFIGURATION_WIRE_H_
#define NRTC_BRIDGE_CONFIGURATION_WIRE_H_

#include "bridge/wire.h"

namespace nrtc {

// Reads a configuration over base, so that what is fixed for a connection's
// life stays as it was.
void ReadConfiguration(Reader& in, webrtc::PeerConnectionInterface::RTCConfiguration& config);

}  // namespace nrtc

#endif  // NRTC_BRIDGE_CONFIGURATION_WIRE_H_
