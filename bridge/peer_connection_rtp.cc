// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/peer_connection_rtp.h"

#include "bridge/peer_connection_internal.h"
#include "bridge/rtp_parameters_internal.h"

namespace nrtc {
namespace {

webrtc::RTCError AddTransceiverTo(webrtc::PeerConnectionInterface& pc, Reader& in, Writer& out) {
  webrtc::scoped_refptr<webrtc::MediaStreamTrackInterface> track(in.Borrow<webrtc::MediaStreamTrackInterface>());
  auto kind = ParseMediaKind(in.Str());
  auto direction = ParseDirection(in.Str());
  webrtc::RtpTransceiverInit init;
  init.stream_ids = in.List([&] { return in.Str(); });
  auto error = ReadInitialEncodings(in, init.send_encodings);
  if (!error.ok()) return error;
  if (!in.ok() || !direction.has_value() || (!track && !kind.has_value()))
    return webrtc::RTCError(webrtc::RTCErrorType::INVALID_PARAMETER, "malformed transceiver init");
  init.direction = *direction;
  error = CheckStreamIds(init.stream_ids);
  if (error.ok()) error = CheckTrackId(track.get());
  if (!error.ok()) return error;
  auto transceiver = track ? pc.AddTransceiver(std::move(track), init) : pc.AddTransceiver(*kind, init);
  if (!transceiver.ok()) return transceiver.MoveError();
  out.Ref(transceiver.MoveValue());
  return webrtc::RTCError::OK();
}

webrtc::RTCError AddTrackTo(webrtc::PeerConnectionInterface& pc, Reader& in, Writer& out) {
  webrtc::scoped_refptr<webrtc::MediaStreamTrackInterface> track(in.Borrow<webrtc::MediaStreamTrackInterface>());
  auto stream_ids = in.List([&] { return in.Str(); });
  if (!in.ok() || !track) return webrtc::RTCError(webrtc::RTCErrorType::INVALID_PARAMETER, "malformed call");
  auto error = CheckStreamIds(stream_ids);
  if (error.ok()) error = CheckTrackId(track.get());
  if (!error.ok()) return error;
  auto sender = pc.AddTrack(std::move(track), stream_ids);
  if (!sender.ok()) return sender.MoveError();
  for (auto& transceiver : pc.GetTransceivers()) {
    if (transceiver->sender() == sender.value()) {
      out.Ref(transceiver);
      return webrtc::RTCError::OK();
    }
  }
  return webrtc::RTCError(webrtc::RTCErrorType::INTERNAL_ERROR, "the sender has no transceiver");
}

}  // namespace
}  // namespace nrtc

size_t nrtc_peer_connection_add_track(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::Reader r(in, in_len);
    auto* connection = nrtc::FromHandle<nrtc::PeerConnection>(pc);
    // On the one thread that changes transceivers, so that the new one is found.
    return connection->signaling_thread().BlockingCall([&] { return nrtc::AddTrackTo(connection->native(), r, w); });
  });
}

size_t nrtc_peer_connection_remove_track(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer&) {
    nrtc::Reader r(in, in_len);
    webrtc::scoped_refptr<webrtc::RtpSenderInterface> sender(r.Borrow<webrtc::RtpSenderInterface>());
    if (!sender) return webrtc::RTCError(webrtc::RTCErrorType::INVALID_PARAMETER, "no sender");
    return nrtc::FromHandle<nrtc::PeerConnection>(pc)->native().RemoveTrackOrError(std::move(sender));
  });
}

size_t nrtc_peer_connection_add_transceiver(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::Reader r(in, in_len);
    return nrtc::AddTransceiverTo(nrtc::FromHandle<nrtc::PeerConnection>(pc)->native(), r, w);
  });
}

size_t nrtc_peer_connection_get_transceivers(nrtc_peer_connection* pc, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.List(nrtc::FromHandle<nrtc::PeerConnection>(pc)->native().GetTransceivers(),
           [&](const webrtc::scoped_refptr<webrtc::RtpTransceiverInterface>& t) { w.Ref(t); });
    return webrtc::RTCError::OK();
  });
}
