// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Descriptions, of a hostile peer too, on which libwebrtc would end the process by
// a check of its own or by a fault. What is refused here, it never sees.

#ifndef NRTC_BRIDGE_DESCRIPTION_CHECKS_INTERNAL_H_
#define NRTC_BRIDGE_DESCRIPTION_CHECKS_INTERNAL_H_

#include "bridge/compat/descriptions.h"

namespace nrtc {

// Called on the signaling thread, right before libwebrtc does what they are about,
// with no other such operation under way and no transceiver being stopped meanwhile.
webrtc::RTCError CheckCreateOffer(webrtc::PeerConnectionInterface& pc);
webrtc::RTCError CheckCreateAnswer(webrtc::PeerConnectionInterface& pc);
// For the parameterless setLocalDescription.
webrtc::RTCError CheckCreateImplicit(webrtc::PeerConnectionInterface& pc);
webrtc::RTCError CheckSetLocal(webrtc::PeerConnectionInterface& pc, webrtc::SessionDescriptionInterface& description);
webrtc::RTCError CheckSetRemote(webrtc::PeerConnectionInterface& pc, webrtc::SessionDescriptionInterface& description);

}  // namespace nrtc

#endif  // NRTC_BRIDGE_DESCRIPTION_CHECKS_INTERNAL_H_
