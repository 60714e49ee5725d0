// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/descriptions.h"

namespace nrtc::compat {

webrtc::RTCError CheckCreateOffer(webrtc::PeerConnectionInterface&) {
  return webrtc::RTCError::OK();
}

webrtc::RTCError CheckCreateAnswer(webrtc::PeerConnectionInterface&) {
  return webrtc::RTCError::OK();
}

webrtc::RTCError CheckSetLocal(webrtc::PeerConnectionInterface&, webrtc::SessionDescriptionInterface&) {
  return webrtc::RTCError::OK();
}

webrtc::RTCError CheckSetRemote(webrtc::PeerConnectionInterface&, webrtc::SessionDescriptionInterface&) {
  return webrtc::RTCError::OK();
}

}  // namespace nrtc::compat
