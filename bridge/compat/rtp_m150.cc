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
    case webrtc::RtcpFeedbackType::CCFB:
      return "ack";
    case webrtc::RtcpFeedbackType::NONE:
      break;
  }
  return "";
}

std::optional<RtpCodec> EncodingCodec(const webrtc::RtpEncodingParameters& encoding) {
  return encoding.codec;
}

bool SetEncodingCodec(webrtc::RtpEncodingParameters& encoding, const std::optional<RtpCodec>& codec) {
  encoding.codec = codec;
  return true;
}

bool RequestKeyFrame(webrtc::RtpEncodingParameters& encoding) {
  encoding.request_key_frame = true;
  return true;
}

std::optional<webrtc::Resolution> ScaleResolutionDownTo(const webrtc::RtpEncodingParameters& encoding) {
  return encoding.scale_resolution_down_to;
}

void SetScaleResolutionDownTo(webrtc::RtpEncodingParameters& encoding, std::optional<webrtc::Resolution> size) {
  encoding.scale_resolution_down_to = size;
}

void SetSenderParameters(webrtc::RtpSenderInterface& sender, const webrtc::RtpParameters& parameters,
                         std::function<void(webrtc::RTCError)> done) {
  sender.SetParametersAsync(parameters, [done = std::move(done)](webrtc::RTCError error) { done(std::move(error)); });
}

std::vector<webrtc::RtpHeaderExtensionCapability> HeaderExtensionsToNegotiate(
    const webrtc::RtpTransceiverInterface& transceiver) {
  return transceiver.GetHeaderExtensionsToNegotiate();
}

std::vector<webrtc::RtpHeaderExtensionCapability> NegotiatedHeaderExtensions(
    const webrtc::RtpTransceiverInterface& transceiver) {
  return transceiver.GetNegotiatedHeaderExtensions();
}

webrtc::RTCError SetHeaderExtensionsToNegotiate(webrtc::RtpTransceiverInterface& transceiver,
                                                const std::vector<webrtc::RtpHeaderExtensionCapability>& extensions) {
  return transceiver.SetHeaderExtensionsToNegotiate(extensions);
}

int64_t SourceAge(const webrtc::RtpSource& source) {
  return webrtc::TimeMicros() - source.timestamp().us();
}

}  // namespace nrtc::compat
