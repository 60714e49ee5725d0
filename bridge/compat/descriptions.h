// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What a revision must not be given in addition to what none may be
// (description_checks_internal.h, which tells when these are called). They take out of
// a description, or of a connection, what has no meaning where that is enough.

#ifndef NRTC_BRIDGE_COMPAT_DESCRIPTIONS_H_
#define NRTC_BRIDGE_COMPAT_DESCRIPTIONS_H_

#include "bridge/compat/compat.h"

namespace nrtc::compat {

webrtc::RTCError CheckCreateOffer(webrtc::PeerConnectionInterface& pc);
webrtc::RTCError CheckCreateAnswer(webrtc::PeerConnectionInterface& pc);
webrtc::RTCError CheckSetLocal(webrtc::PeerConnectionInterface& pc, webrtc::SessionDescriptionInterface& description);
webrtc::RTCError CheckSetRemote(webrtc::PeerConnectionInterface& pc, webrtc::SessionDescriptionInterface& description);

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_DESCRIPTIONS_H_
