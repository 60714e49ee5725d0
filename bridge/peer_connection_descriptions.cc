// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/peer_connection_internal.h"

// What descriptions have made of a connection by one moment, for those who want to
// see it in its place among the events.

namespace nrtc {
namespace {

Descriptions::Description Copy(const webrtc::SessionDescriptionInterface* description) {
  if (description == nullptr) return nullptr;
  return description->Clone();
}

}  // namespace

void WriteDescription(Writer& w, const webrtc::SessionDescriptionInterface* description) {
  w.Bool(description != nullptr);
  if (description == nullptr) return;
  std::string sdp;
  description->ToString(&sdp);
  w.Str(description->type());
  w.Str(sdp);
}

void Descriptions::Write(Writer& w) const {
  for (const auto* d : {&all_.current_local, &all_.current_remote, &all_.pending_local, &all_.pending_remote})
    WriteDescription(w, d->get());
}

void PeerConnection::ReportDescriptions() {
  reports_ = true;
}

void PeerConnection::PushLocalDescriptions() {
  if (!reports_) return;
  descriptions_.current_local = Copy(native_->current_local_description());
  descriptions_.pending_local = Copy(native_->pending_local_description());
  PushDescriptions();
}

void PeerConnection::PushRemoteDescriptions() {
  if (!reports_) return;
  descriptions_.current_remote = Copy(native_->current_remote_description());
  descriptions_.pending_remote = Copy(native_->pending_remote_description());
  PushDescriptions();
}

void PeerConnection::PushDescriptions() {
  webrtc::scoped_refptr<Descriptions> now = webrtc::make_ref_counted<Descriptions>(descriptions_);
  queue_->Push(NRTC_EVENT_DESCRIPTIONS, 0, [&](Writer& w) { queue_->WriteRef(w, now); });
}

void PeerConnection::PushNegotiated() {
  if (!reports_) return;
  descriptions_ = {Copy(native_->current_local_description()), Copy(native_->current_remote_description()),
                   Copy(native_->pending_local_description()), Copy(native_->pending_remote_description())};
  webrtc::scoped_refptr<Descriptions> now = webrtc::make_ref_counted<Descriptions>(descriptions_);
  auto transceivers = native_->GetTransceivers();
  queue_->Push(NRTC_EVENT_NEGOTIATED, 0, [&](Writer& w) {
    queue_->WriteRef(w, now);
    w.List(transceivers,
           [&](const webrtc::scoped_refptr<webrtc::RtpTransceiverInterface>& t) { queue_->WriteRef(w, t); });
  });
}

}  // namespace nrtc

void nrtc_peer_connection_report_descriptions(nrtc_peer_connection* pc) {
  auto* connection = nrtc::FromHandle<nrtc::PeerConnection>(pc);
  connection->signaling_thread().BlockingCall([&] { connection->ReportDescriptions(); });
}

size_t nrtc_descriptions_read(nrtc_descriptions* descriptions, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::FromHandle<nrtc::Descriptions>(descriptions)->Write(w);
    return webrtc::RTCError::OK();
  });
}
