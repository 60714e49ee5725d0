// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/descriptions.h"

#include "pc/session_description.h"

namespace nrtc::compat {
namespace {

using Pc = webrtc::PeerConnectionInterface;

// The media section whose transport carries data channels, or "" for none.
std::string DataTransport(const webrtc::SessionDescriptionInterface* description) {
  if (description == nullptr) return "";
  for (const auto& content : description->description()->contents()) {
    if (content.media_description()->as_sctp() == nullptr) continue;
    for (const auto& group : description->description()->groups()) {
      if (group.semantics() == webrtc::GROUP_TYPE_BUNDLE && group.HasContentName(content.mid()))
        return group.content_names().front();
    }
    return content.mid();
  }
  return "";
}

// Until DTLS tells the roles, a channel may wait for its id. Taken back to another
// transport it would be opened without one, which ends the process.
webrtc::RTCError CheckRollback(Pc& pc) {
  auto sctp = pc.GetSctpTransport();
  if (!sctp) return webrtc::RTCError::OK();
  auto dtls = sctp->dtls_transport();
  if (dtls && dtls->Information().state() == webrtc::DtlsTransportState::kConnected) return webrtc::RTCError::OK();
  auto moves = [](const webrtc::SessionDescriptionInterface* current,
                  const webrtc::SessionDescriptionInterface* pending) {
    return current != nullptr && pending != nullptr && DataTransport(current) != DataTransport(pending);
  };
  if (!moves(pc.current_local_description(), pc.pending_local_description()) &&
      !moves(pc.current_remote_description(), pc.pending_remote_description()))
    return webrtc::RTCError::OK();
  return webrtc::RTCError(webrtc::RTCErrorType::INVALID_STATE,
                          "data channels cannot be taken back to another transport before they are connected");
}

}  // namespace

webrtc::RTCError CheckCreateOffer(webrtc::PeerConnectionInterface&) {
  return webrtc::RTCError::OK();
}

webrtc::RTCError CheckCreateAnswer(webrtc::PeerConnectionInterface&) {
  return webrtc::RTCError::OK();
}

webrtc::RTCError CheckSetLocal(webrtc::PeerConnectionInterface& pc, webrtc::SessionDescriptionInterface& description) {
  return description.GetType() == webrtc::SdpType::kRollback ? CheckRollback(pc) : webrtc::RTCError::OK();
}

webrtc::RTCError CheckSetRemote(webrtc::PeerConnectionInterface& pc, webrtc::SessionDescriptionInterface& description) {
  // An offer amid an offer of our own rolls that back first.
  const bool implicit =
      description.GetType() == webrtc::SdpType::kOffer && pc.signaling_state() == Pc::kHaveLocalOffer;
  return implicit || description.GetType() == webrtc::SdpType::kRollback ? CheckRollback(pc) : webrtc::RTCError::OK();
}

}  // namespace nrtc::compat
