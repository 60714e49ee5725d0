// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/rtp_parameters_internal.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace nrtc {
namespace {

using FmtpMap = std::map<std::string, std::string>;

std::string FormatFmtp(const FmtpMap& parameters) {
  std::string line;
  for (const auto& [name, value] : parameters) {
    if (!line.empty()) line += ';';
    if (!name.empty()) line += name + '=';
    line += value;
  }
  return line;
}

std::string TrimSpaces(const std::string& s) {
  const char* spaces = " \t\r\n";
  size_t first = s.find_first_not_of(spaces);
  if (first == std::string::npos) return {};
  return s.substr(first, s.find_last_not_of(spaces) - first + 1);
}

FmtpMap ParseFmtp(const std::string& line) {
  FmtpMap parameters;
  for (size_t start = 0; start <= line.size();) {
    size_t end = std::min(line.find(';', start), line.size());
    std::string part = TrimSpaces(line.substr(start, end - start));
    start = end + 1;
    if (part.empty()) continue;
    size_t equals = part.find('=');
    if (equals == std::string::npos) {
      parameters[""] = part;
    } else {
      parameters[TrimSpaces(part.substr(0, equals))] = TrimSpaces(part.substr(equals + 1));
    }
  }
  return parameters;
}

const char* FeedbackParameterName(const webrtc::RtcpFeedback& feedback) {
  // RFC 8888 calls its feedback "ack ccfb".
  if (std::string_view(compat::RtcpFeedbackTypeName(feedback.type)) == "ack") return "ccfb";
  if (!feedback.message_type.has_value()) return "";
  switch (*feedback.message_type) {
    case webrtc::RtcpFeedbackMessageType::PLI:
      return "pli";
    case webrtc::RtcpFeedbackMessageType::FIR:
      return "fir";
    case webrtc::RtcpFeedbackMessageType::GENERIC_NACK:
      break;
  }
  return "";
}

// Any of libwebrtc's three structures that are a codec.
template <typename Codec>
void WriteCodec(Writer& w, const Codec& codec) {
  w.Str(std::string(MediaKindName(codec.kind)) + "/" + codec.name);
  w.Opt(codec.clock_rate, [&](int v) { w.I32(v); });
  w.Opt(codec.num_channels, [&](int v) { w.I32(v); });
  w.Str(FormatFmtp(codec.parameters));
  w.List(codec.rtcp_feedback, [&](const webrtc::RtcpFeedback& feedback) {
    w.Str(compat::RtcpFeedbackTypeName(feedback.type));
    w.Str(FeedbackParameterName(feedback));
  });
}

template <typename Codec>
bool ReadAnyCodec(Reader& in, Codec& codec) {
  std::string mime_type = in.Str();
  auto i32 = [&] { return in.Opt([&] { return in.I32(); }); };
  if (auto v = i32()) codec.clock_rate = *v;
  if (auto v = i32()) codec.num_channels = *v;
  codec.parameters = ParseFmtp(in.Str());
  in.List([&] {
    in.Str();
    in.Str();
    return 0;
  });
  size_t slash = mime_type.find('/');
  if (slash == std::string::npos) return false;
  std::string kind_name = mime_type.substr(0, slash);
  for (char& c : kind_name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c;
  auto kind = ParseMediaKind(kind_name);
  if (!kind.has_value()) return false;
  codec.kind = *kind;
  codec.name = mime_type.substr(slash + 1);
  return true;
}

// bitrate_priority is a factor, the W3C has four names for it.
const char* BitratePriorityName(double priority) {
  if (priority >= 4) return "high";
  if (priority >= 2) return "medium";
  if (priority >= 1) return "low";
  return "very-low";
}

double BitratePriority(webrtc::Priority priority) {
  switch (priority) {
    case webrtc::Priority::kVeryLow:
      return 0.5;
    case webrtc::Priority::kMedium:
      return 2;
    case webrtc::Priority::kHigh:
      return 4;
    case webrtc::Priority::kLow:
      break;
  }
  return 1;
}

const char* DegradationPreferenceName(webrtc::DegradationPreference preference) {
  switch (preference) {
    case webrtc::DegradationPreference::MAINTAIN_FRAMERATE:
      return "maintain-framerate";
    case webrtc::DegradationPreference::MAINTAIN_RESOLUTION:
      return "maintain-resolution";
    case webrtc::DegradationPreference::BALANCED:
      return "balanced";
    case webrtc::DegradationPreference::DISABLED:
      break;
  }
  return "maintain-framerate-and-resolution";
}

void WriteEncoding(Writer& w, const webrtc::RtpEncodingParameters& e) {
  w.Str(e.rid);
  w.Opt(e.ssrc, [&](uint32_t v) { w.U32(v); });
  w.Bool(e.active);
  w.Opt(e.max_bitrate_bps, [&](int v) { w.U64(static_cast<uint64_t>(std::max(v, 0))); });
  w.Opt(e.max_framerate, [&](double v) { w.F64(v); });
  w.Opt(e.scale_resolution_down_by, [&](double v) { w.F64(v); });
  w.Opt(compat::ScaleResolutionDownTo(e), [&](const webrtc::Resolution& v) {
    w.U32(static_cast<uint32_t>(v.width));
    w.U32(static_cast<uint32_t>(v.height));
  });
  w.Opt(e.scalability_mode, [&](const std::string& v) { w.Str(v); });
  w.Str(BitratePriorityName(e.bitrate_priority));
  w.Str(PriorityName(e.network_priority));
  w.Bool(e.adaptive_ptime);
  w.Opt(compat::EncodingCodec(e), [&](const compat::RtpCodec& codec) { WriteCodec(w, codec); });
}

bool IsToken(const std::string& s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
    return c > ' ' && c < 0x7f && std::string_view("\"(),/:;<=>?@[\\]").find(c) == std::string_view::npos;
  });
}

int SaturateToInt(uint64_t v) {
  return static_cast<int>(std::min<uint64_t>(v, std::numeric_limits<int>::max()));
}

}  // namespace

const char* PriorityName(webrtc::Priority priority) {
  switch (priority) {
    case webrtc::Priority::kVeryLow:
      return "very-low";
    case webrtc::Priority::kMedium:
      return "medium";
    case webrtc::Priority::kHigh:
      return "high";
    case webrtc::Priority::kLow:
      break;
  }
  return "low";
}

std::optional<webrtc::Priority> ParsePriority(std::string_view name) {
  if (name == "very-low") return webrtc::Priority::kVeryLow;
  if (name == "low") return webrtc::Priority::kLow;
  if (name == "medium") return webrtc::Priority::kMedium;
  if (name == "high") return webrtc::Priority::kHigh;
  return std::nullopt;
}

const char* MediaKindName(compat::MediaType kind) {
  return kind == compat::kAudio ? "audio" : "video";
}

std::optional<compat::MediaType> ParseMediaKind(std::string_view name) {
  if (name == "audio") return compat::kAudio;
  if (name == "video") return compat::kVideo;
  return std::nullopt;
}

const char* DirectionName(webrtc::RtpTransceiverDirection direction) {
  switch (direction) {
    case webrtc::RtpTransceiverDirection::kSendRecv:
      return "sendrecv";
    case webrtc::RtpTransceiverDirection::kSendOnly:
      return "sendonly";
    case webrtc::RtpTransceiverDirection::kRecvOnly:
      return "recvonly";
    case webrtc::RtpTransceiverDirection::kInactive:
      return "inactive";
    case webrtc::RtpTransceiverDirection::kStopped:
      break;
  }
  return "stopped";
}

std::optional<webrtc::RtpTransceiverDirection> ParseDirection(std::string_view name) {
  if (name == "sendrecv") return webrtc::RtpTransceiverDirection::kSendRecv;
  if (name == "sendonly") return webrtc::RtpTransceiverDirection::kSendOnly;
  if (name == "recvonly") return webrtc::RtpTransceiverDirection::kRecvOnly;
  if (name == "inactive") return webrtc::RtpTransceiverDirection::kInactive;
  return std::nullopt;
}

void WriteHeaderExtensionCapabilities(Writer& w, const std::vector<webrtc::RtpHeaderExtensionCapability>& extensions) {
  w.List(extensions, [&](const webrtc::RtpHeaderExtensionCapability& e) {
    w.Str(e.uri);
    w.Str(DirectionName(e.direction));
  });
}

void WriteCapabilities(Writer& w, const webrtc::RtpCapabilities& capabilities) {
  w.List(capabilities.codecs, [&](const webrtc::RtpCodecCapability& codec) { WriteCodec(w, codec); });
  WriteHeaderExtensionCapabilities(w, capabilities.header_extensions);
}

void WriteRtpParameters(Writer& w, const webrtc::RtpParameters& parameters) {
  w.List(parameters.codecs, [&](const webrtc::RtpCodecParameters& codec) {
    WriteCodec(w, codec);
    w.I32(codec.payload_type);
  });
  w.List(parameters.header_extensions, [&](const webrtc::RtpExtension& e) {
    w.Str(e.uri);
    w.I32(e.id);
    w.Bool(e.encrypt);
  });
  w.Str(parameters.rtcp.cname);
  w.Bool(parameters.rtcp.reduced_size);
  w.Opt(parameters.degradation_preference,
        [&](webrtc::DegradationPreference v) { w.Str(DegradationPreferenceName(v)); });
}

void WriteSendParameters(Writer& w, const webrtc::RtpParameters& parameters) {
  w.Str(parameters.transaction_id);
  WriteRtpParameters(w, parameters);
  w.List(parameters.encodings, [&](const webrtc::RtpEncodingParameters& e) { WriteEncoding(w, e); });
}

void WriteDecodings(Writer& w, const std::vector<webrtc::RtpEncodingParameters>& encodings) {
  w.List(encodings, [&](const webrtc::RtpEncodingParameters& e) {
    w.Str(e.rid);
    w.Opt(e.ssrc, [&](uint32_t v) { w.U32(v); });
  });
}

bool ReadCodec(Reader& in, compat::RtpCodec& codec) {
  return ReadAnyCodec(in, codec);
}

bool ReadCodecCapability(Reader& in, webrtc::RtpCodecCapability& codec) {
  return ReadAnyCodec(in, codec);
}

webrtc::RTCError ReadEncoding(Reader& in, webrtc::RtpEncodingParameters& e) {
  using webrtc::RTCError;
  using webrtc::RTCErrorType;
  e.rid = in.Str();
  in.Opt([&] { return in.U32(); });
  e.active = in.Bool();
  e.max_bitrate_bps.reset();
  if (auto v = in.Opt([&] { return in.U64(); })) e.max_bitrate_bps = SaturateToInt(*v);
  e.max_framerate.reset();
  if (auto v = in.Opt([&] { return in.F64(); })) e.max_framerate = *v;
  e.scale_resolution_down_by.reset();
  if (auto v = in.Opt([&] { return in.F64(); })) e.scale_resolution_down_by = *v;
  compat::SetScaleResolutionDownTo(e, in.Opt([&] {
    int width = SaturateToInt(in.U32());
    return webrtc::Resolution{width, SaturateToInt(in.U32())};
  }));
  e.scalability_mode.reset();
  if (auto v = in.Opt([&] { return in.Str(); })) e.scalability_mode = *v;
  auto priority = ParsePriority(in.Str());
  auto network_priority = ParsePriority(in.Str());
  e.adaptive_ptime = in.Bool();
  bool codec_ok = true;
  auto codec = in.Opt([&] {
    compat::RtpCodec c;
    codec_ok = ReadCodec(in, c);
    return c;
  });
  if (!in.ok() || !priority.has_value() || !network_priority.has_value())
    return RTCError(RTCErrorType::INVALID_PARAMETER, "malformed encoding");
  // A number that libwebrtc's own comparisons let through.
  if (e.max_framerate.has_value() && !std::isfinite(*e.max_framerate))
    return RTCError(RTCErrorType::INVALID_RANGE, "maxFramerate is not finite");
  if (e.scale_resolution_down_by.has_value() && !std::isfinite(*e.scale_resolution_down_by))
    return RTCError(RTCErrorType::INVALID_RANGE, "scaleResolutionDownBy is not finite");
  if (!codec_ok) return RTCError(RTCErrorType::INVALID_MODIFICATION, "the codec is neither audio nor video");
  e.bitrate_priority = BitratePriority(*priority);
  e.network_priority = *network_priority;
  if (!compat::SetEncodingCodec(e, codec))
    return RTCError(RTCErrorType::UNSUPPORTED_OPERATION,
                    "this revision of libwebrtc has no codec for each encoding");
  return RTCError::OK();
}

webrtc::RTCError ReadInitialEncodings(Reader& in, std::vector<webrtc::RtpEncodingParameters>& encodings) {
  webrtc::RTCError error = webrtc::RTCError::OK();
  encodings = in.List([&] {
    webrtc::RtpEncodingParameters e;
    auto result = ReadEncoding(in, e);
    if (error.ok() && !result.ok()) error = std::move(result);
    return e;
  });
  return error;
}

std::optional<webrtc::DegradationPreference> ParseDegradationPreference(std::string_view name, bool& ok) {
  if (name == "maintain-framerate") return webrtc::DegradationPreference::MAINTAIN_FRAMERATE;
  if (name == "maintain-resolution") return webrtc::DegradationPreference::MAINTAIN_RESOLUTION;
  if (name == "balanced") return webrtc::DegradationPreference::BALANCED;
  if (name == "maintain-framerate-and-resolution") return webrtc::DegradationPreference::DISABLED;
  if (!name.empty()) ok = false;
  return std::nullopt;
}

webrtc::RTCError CheckStreamIds(const std::vector<std::string>& ids) {
  for (const auto& id : ids) {
    if (!IsToken(id)) return webrtc::RTCError(webrtc::RTCErrorType::SYNTAX_ERROR, "the id of a stream is not a token");
  }
  return webrtc::RTCError::OK();
}

webrtc::RTCError CheckTrackId(const webrtc::MediaStreamTrackInterface* track) {
  if (track == nullptr || IsToken(track->id())) return webrtc::RTCError::OK();
  return webrtc::RTCError(webrtc::RTCErrorType::SYNTAX_ERROR, "the id of the track is not a token");
}

}  // namespace nrtc
