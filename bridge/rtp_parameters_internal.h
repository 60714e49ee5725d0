// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Writers and readers of what rtp_parameters.h describes.

#ifndef NRTC_BRIDGE_RTP_PARAMETERS_INTERNAL_H_
#define NRTC_BRIDGE_RTP_PARAMETERS_INTERNAL_H_

#include <optional>
#include <string>
#include <vector>

#include "bridge/compat/rtp.h"
#include "bridge/rtp_parameters.h"
#include "bridge/wire.h"

namespace nrtc {

const char* MediaKindName(compat::MediaType kind);
std::optional<compat::MediaType> ParseMediaKind(std::string_view name);

const char* DirectionName(webrtc::RtpTransceiverDirection direction);
// Not "stopped", which no one can set; header extensions can be stopped.
std::optional<webrtc::RtpTransceiverDirection> ParseDirection(std::string_view name);

// The W3C's names ("very-low" ...).
const char* PriorityName(webrtc::Priority priority);
std::optional<webrtc::Priority> ParsePriority(std::string_view name);

void WriteCapabilities(Writer& w, const webrtc::RtpCapabilities& capabilities);
void WriteHeaderExtensionCapabilities(Writer& w, const std::vector<webrtc::RtpHeaderExtensionCapability>& extensions);
void WriteRtpParameters(Writer& w, const webrtc::RtpParameters& parameters);
void WriteSendParameters(Writer& w, const webrtc::RtpParameters& parameters);
// A receiver's encodings, of which only the RID and the SSRC mean something.
void WriteDecodings(Writer& w, const std::vector<webrtc::RtpEncodingParameters>& encodings);

// False if the MIME type is none of audio or video.
bool ReadCodec(Reader& in, compat::RtpCodec& codec);
bool ReadCodecCapability(Reader& in, webrtc::RtpCodecCapability& codec);

// Reads an encoding over e; what the wire does not have stays as it was.
webrtc::RTCError ReadEncoding(Reader& in, webrtc::RtpEncodingParameters& e);
// Reads a list of encodings for a sender yet to be made.
webrtc::RTCError ReadInitialEncodings(Reader& in, std::vector<webrtc::RtpEncodingParameters>& encodings);

// nullopt for "". Sets ok to false, and leaves it otherwise, for a name that is
// none.
std::optional<webrtc::DegradationPreference> ParseDegradationPreference(std::string_view name, bool& ok);

// Ids of streams and of tracks go into SDP as they are: RFC 8830's token, so that
// nobody can write lines of their own there. track may be nullptr.
webrtc::RTCError CheckStreamIds(const std::vector<std::string>& ids);
webrtc::RTCError CheckTrackId(const webrtc::MediaStreamTrackInterface* track);

}  // namespace nrtc

#endif  // NRTC_BRIDGE_RTP_PARAMETERS_INTERNAL_H_
