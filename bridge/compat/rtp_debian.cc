// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/rtp.h"
#include "rtc_base/time_utils.h"

namespace nrtc::compat {

const char* RtcpFeedbackTypeName(webrtc::RtcpFeedbackType type) {
  switch (type) {
    case webrtc::RtcpFeedbackType::CCM:
      return "ccm";
    case webrtc::RtcpFeedbackType::LNTF:
      return "goog-lntf";
    case webrtc::RtcpFeedbackType::NACK:
      return "nack";
    case webrtc::RtcpFeedbackType::REMB:
      return "goog-remb";
    case webrtc::RtcpFeedbackType::TRANSPORT_CC:
      return "transport-cc";
  }
  return "";
}

std::optional<RtpCodec> EncodingCodec(const webrtc::RtpEncodingParameters&) {
  return std::nullopt;
}

bool SetEncodingCodec(webrtc::RtpEncodingParameters&, const std::optional<RtpCodec>& codec) {
  return !codec.has_value();
}

bool RequestKeyFrame(webrtc::RtpEncodingParameters&) {
  return false;
}

std::optional<webrtc::Resolution> ScaleResolutionDownTo(const webrtc::RtpEncodingParameters& encoding) {
  if (!encoding.requested_resolution.has_value()) return std::nullopt;
  return *encoding.requested_resolution;
}

void SetScaleResolutionDownTo(webrtc::RtpEncodingParameters& encoding, std::optional<webrtc::Resolution> size) {
  encoding.requested_resolution.reset();
  if (size.has_value()) encoding.requested_resolution = *size;
}

void SetSenderParameters(webrtc::RtpSenderInterface& sender, const webrtc::RtpParameters& parameters,
                         std::function<void(webrtc::RTCError)> done) {
  done(sender.SetParameters(parameters));
}

std::vector<webrtc::RtpHeaderExtensionCapability> HeaderExtensionsToNegotiate(
    const webrtc::RtpTransceiverInterface& transceiver) {
  return transceiver.HeaderExtensionsToOffer();
}

std::vector<webrtc::RtpHeaderExtensionCapability> NegotiatedHeaderExtensions(
    const webrtc::RtpTransceiverInterface& transceiver) {
  return transceiver.HeaderExtensionsNegotiated();
}

webrtc::RTCError SetHeaderExtensionsToNegotiate(webrtc::RtpTransceiverInterface& transceiver,
                                                const std::vector<webrtc::RtpHeaderExtensionCapability>& extensions) {
  return transceiver.SetOfferedRtpHeaderExtensions(extensions);
}

int64_t SourceAge(const webrtc::RtpSource& source) {
  return (rtc::TimeMillis() - source.timestamp_ms()) * 1000;
}

}  // namespace nrtc::compat
