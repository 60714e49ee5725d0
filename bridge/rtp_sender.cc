// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/rtp_sender.h"

#include "bridge/peer_connection_internal.h"
#include "bridge/rtp_parameters_internal.h"

namespace nrtc {
namespace {

webrtc::RtpSenderInterface& NativeSender(nrtc_rtp_sender* sender) {
  return *FromHandle<webrtc::RtpSenderInterface>(sender);
}

// Reads over parameters what nrtc_rtp_sender_set_parameters documents.
webrtc::RTCError ReadSendParameters(Reader& in, webrtc::RtpParameters& parameters) {
  auto preference = in.Opt([&] { return in.Str(); });
  bool preference_ok = true;
  parameters.degradation_preference.reset();
  if (auto v = ParseDegradationPreference(preference.value_or(""), preference_ok))
    parameters.degradation_preference = *v;
  size_t n = 0;
  webrtc::RTCError error = webrtc::RTCError::OK();
  in.List([&] {
    webrtc::RtpEncodingParameters extra;
    auto& encoding = n < parameters.encodings.size() ? parameters.encodings[n] : extra;
    auto result = ReadEncoding(in, encoding);
    if (error.ok() && !result.ok()) error = std::move(result);
    ++n;
    return 0;
  });
  if (!error.ok()) return error;
  if (!preference_ok)
    return webrtc::RTCError(webrtc::RTCErrorType::INVALID_PARAMETER, "not a degradationPreference");
  if (n != parameters.encodings.size())
    return webrtc::RTCError(webrtc::RTCErrorType::INVALID_MODIFICATION, "the number of encodings has changed");
  auto key_frames = in.List([&] { return in.Bool(); });
  if (!in.ok() || key_frames.size() > n)
    return webrtc::RTCError(webrtc::RTCErrorType::INVALID_PARAMETER, "malformed parameters");
  for (size_t i = 0; i < key_frames.size(); ++i) {
    if (key_frames[i] && !compat::RequestKeyFrame(parameters.encodings[i]))
      return webrtc::RTCError(webrtc::RTCErrorType::UNSUPPORTED_OPERATION,
                              "this revision of libwebrtc makes no key frame on request");
  }
  return webrtc::RTCError::OK();
}

}  // namespace
}  // namespace nrtc

size_t nrtc_rtp_sender_get_parameters(nrtc_rtp_sender* sender, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::WriteSendParameters(w, nrtc::NativeSender(sender).GetParameters());
    return webrtc::RTCError::OK();
  });
}

void nrtc_rtp_sender_set_parameters(nrtc_rtp_sender* sender, nrtc_peer_connection* pc, uint64_t op, NRTC_IN) {
  nrtc::Reader r(in, in_len);
  auto* connection = nrtc::FromHandle<nrtc::PeerConnection>(pc);
  auto queue = connection->queue();
  auto& native = nrtc::NativeSender(sender);
  // Every reading of parameters outdates those read before: on the one thread that
  // reads them, so that none comes in between.
  connection->signaling_thread().BlockingCall([&] {
    auto parameters = native.GetParameters();
    auto error = nrtc::ReadSendParameters(r, parameters);
    if (!error.ok()) return nrtc::PeerConnection::Complete(*queue, op, error);
    nrtc::compat::SetSenderParameters(native, parameters, [queue, op](webrtc::RTCError result) {
      nrtc::PeerConnection::Complete(*queue, op, result);
    });
  });
}

size_t nrtc_rtp_sender_set_track(nrtc_rtp_sender* sender, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer&) {
    nrtc::Reader r(in, in_len);
    auto* track = r.Borrow<webrtc::MediaStreamTrackInterface>();
    auto& native = nrtc::NativeSender(sender);
    if (track != nullptr && track->kind() != nrtc::MediaKindName(native.media_type()))
      return webrtc::RTCError(webrtc::RTCErrorType::UNSUPPORTED_PARAMETER, "the track is of the other kind");
    if (!native.SetTrack(track))
      return webrtc::RTCError(webrtc::RTCErrorType::INVALID_STATE, "the sender is stopped");
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_rtp_sender_set_streams(nrtc_rtp_sender* sender, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer&) {
    nrtc::Reader r(in, in_len);
    auto ids = r.List([&] { return r.Str(); });
    auto error = nrtc::CheckStreamIds(ids);
    if (error.ok()) nrtc::NativeSender(sender).SetStreams(ids);
    return error;
  });
}

size_t nrtc_rtp_sender_dtls_transport(nrtc_rtp_sender* sender, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.Ref(nrtc::NativeSender(sender).dtls_transport());
    return webrtc::RTCError::OK();
  });
}
