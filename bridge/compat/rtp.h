// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What the revisions of libwebrtc disagree on about senders, receivers,
// transceivers and their parameters. Defined by rtp_m150.cc and rtp_debian.cc.

#ifndef NRTC_BRIDGE_COMPAT_RTP_H_
#define NRTC_BRIDGE_COMPAT_RTP_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bridge/compat/compat.h"

namespace nrtc::compat {

#if defined(NRTC_LIBWEBRTC_M150)
using RtpCodec = webrtc::RtpCodec;
// Whether RtpReceiverObserverInterface tells of the first packet after the
// receiver was negotiated to receive again.
inline constexpr bool kTellsRtpAgain = true;
#else
using RtpCodec = webrtc::RtpCodecCapability;
inline constexpr bool kTellsRtpAgain = false;
#endif

// The name of a kind of feedback as SDP has it ("nack", "goog-remb"...), "" for
// one that is not signaled.
const char* RtcpFeedbackTypeName(webrtc::RtcpFeedbackType type);

// RTCRtpEncodingParameters.codec. The setter returns false if the revision has
// no codec for each encoding.
std::optional<RtpCodec> EncodingCodec(const webrtc::RtpEncodingParameters& encoding);
bool SetEncodingCodec(webrtc::RtpEncodingParameters& encoding, const std::optional<RtpCodec>& codec);

// RTCEncodingOptions.keyFrame. Returns false if the revision cannot ask.
bool RequestKeyFrame(webrtc::RtpEncodingParameters& encoding);

// RTCRtpEncodingParameters.scaleResolutionDownTo.
std::optional<webrtc::Resolution> ScaleResolutionDownTo(const webrtc::RtpEncodingParameters& encoding);
void SetScaleResolutionDownTo(webrtc::RtpEncodingParameters& encoding, std::optional<webrtc::Resolution> size);

// Calls done exactly once, on any thread, perhaps before it returns.
void SetSenderParameters(webrtc::RtpSenderInterface& sender, const webrtc::RtpParameters& parameters,
                         std::function<void(webrtc::RTCError)> done);

// Header extension control of WebRTC Extensions.
std::vector<webrtc::RtpHeaderExtensionCapability> HeaderExtensionsToNegotiate(
    const webrtc::RtpTransceiverInterface& transceiver);
std::vector<webrtc::RtpHeaderExtensionCapability> NegotiatedHeaderExtensions(
    const webrtc::RtpTransceiverInterface& transceiver);
webrtc::RTCError SetHeaderExtensionsToNegotiate(webrtc::RtpTransceiverInterface& transceiver,
                                                const std::vector<webrtc::RtpHeaderExtensionCapability>& extensions);

// How long ago media of the source was last played, in microseconds.
int64_t SourceAge(const webrtc::RtpSource& source);

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_RTP_H_
