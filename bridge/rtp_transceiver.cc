// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/rtp_transceiver.h"

#include "bridge/rtp_parameters_internal.h"

namespace nrtc {
namespace {

webrtc::RtpTransceiverInterface& NativeTransceiver(nrtc_rtp_transceiver* transceiver) {
  return *FromHandle<webrtc::RtpTransceiverInterface>(transceiver);
}

// Reads the extensions to negotiate. W3C: they must be those that the transceiver
// has, in the same order; what can be changed is the direction.
webrtc::RTCError ReadHeaderExtensions(Reader& in, std::vector<webrtc::RtpHeaderExtensionCapability>& extensions) {
  size_t n = 0;
  bool same = true;
  bool directions_ok = true;
  in.List([&] {
    std::string uri = in.Str();
    std::string name = in.Str();
    auto direction = ParseDirection(name);
    if (name == "stopped") direction = webrtc::RtpTransceiverDirection::kStopped;
    directions_ok = directions_ok && direction.has_value();
    same = same && n < extensions.size() && extensions[n].uri == uri;
    if (same && direction.has_value()) extensions[n].direction = *direction;
    ++n;
    return 0;
  });
  if (!in.ok() || !directions_ok)
    return webrtc::RTCError(webrtc::RTCErrorType::INVALID_PARAMETER, "not a direction of a header extension");
  if (!same || n != extensions.size())
    return webrtc::RTCError(webrtc::RTCErrorType::INVALID_MODIFICATION,
                            "the header extensions are not those of the transceiver, in their order");
  return webrtc::RTCError::OK();
}

}  // namespace
}  // namespace nrtc

size_t nrtc_rtp_transceiver_parts(nrtc_rtp_transceiver* transceiver, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    auto& native = nrtc::NativeTransceiver(transceiver);
    w.Str(nrtc::MediaKindName(native.media_type()));
    w.Ref(native.sender());
    w.Ref(native.receiver());
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_rtp_transceiver_mid(nrtc_rtp_transceiver* transceiver, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.Opt(nrtc::NativeTransceiver(transceiver).mid(), [&](const std::string& mid) { w.Str(mid); });
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_rtp_transceiver_direction(nrtc_rtp_transceiver* transceiver, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.Str(nrtc::DirectionName(nrtc::NativeTransceiver(transceiver).direction()));
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_rtp_transceiver_current_direction(nrtc_rtp_transceiver* transceiver, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.Opt(nrtc::NativeTransceiver(transceiver).current_direction(),
          [&](webrtc::RtpTransceiverDirection d) { w.Str(nrtc::DirectionName(d)); });
    return webrtc::RTCError::OK();
  });
}

int nrtc_rtp_transceiver_stopped(nrtc_rtp_transceiver* transceiver) {
  return nrtc::NativeTransceiver(transceiver).stopped() ? 1 : 0;
}

size_t nrtc_rtp_transceiver_set_direction(nrtc_rtp_transceiver* transceiver, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer&) {
    nrtc::Reader r(in, in_len);
    auto direction = nrtc::ParseDirection(r.Str());
    if (!direction.has_value())
      return webrtc::RTCError(webrtc::RTCErrorType::INVALID_PARAMETER, "not a direction that can be set");
    return nrtc::NativeTransceiver(transceiver).SetDirectionWithError(*direction);
  });
}

size_t nrtc_rtp_transceiver_stop(nrtc_rtp_transceiver* transceiver, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more,
                     [&](nrtc::Writer&) { return nrtc::NativeTransceiver(transceiver).StopStandard(); });
}

size_t nrtc_rtp_transceiver_set_codec_preferences(nrtc_rtp_transceiver* transceiver, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer&) {
    nrtc::Reader r(in, in_len);
    bool ok = true;
    auto codecs = r.List([&] {
      webrtc::RtpCodecCapability codec;
      ok = nrtc::ReadCodecCapability(r, codec) && ok;
      return codec;
    });
    if (!ok || !r.ok())
      return webrtc::RTCError(webrtc::RTCErrorType::INVALID_MODIFICATION, "a codec is neither audio nor video");
    return nrtc::NativeTransceiver(transceiver).SetCodecPreferences(codecs);
  });
}

size_t nrtc_rtp_transceiver_header_extensions_to_negotiate(nrtc_rtp_transceiver* transceiver, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::WriteHeaderExtensionCapabilities(
        w, nrtc::compat::HeaderExtensionsToNegotiate(nrtc::NativeTransceiver(transceiver)));
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_rtp_transceiver_negotiated_header_extensions(nrtc_rtp_transceiver* transceiver, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::WriteHeaderExtensionCapabilities(
        w, nrtc::compat::NegotiatedHeaderExtensions(nrtc::NativeTransceiver(transceiver)));
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_rtp_transceiver_set_header_extensions(nrtc_rtp_transceiver* transceiver, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer&) {
    nrtc::Reader r(in, in_len);
    auto& native = nrtc::NativeTransceiver(transceiver);
    auto extensions = nrtc::compat::HeaderExtensionsToNegotiate(native);
    auto error = nrtc::ReadHeaderExtensions(r, extensions);
    if (!error.ok()) return error;
    return nrtc::compat::SetHeaderExtensionsToNegotiate(native, extensions);
  });
}
