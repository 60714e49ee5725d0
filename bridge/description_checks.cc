// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/description_checks_internal.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "pc/rtp_media_utils.h"
#include "pc/session_description.h"

namespace nrtc {
namespace {

using Pc = webrtc::PeerConnectionInterface;
using webrtc::RTCError;
using webrtc::RTCErrorType;

// A section that a pending description has rejected has no transport until the
// negotiation ends one way or the other: neither it nor another in its place can come
// before (RFC 9429, section 5.2.2). Nor can a section change its kind.
RTCError CheckAgainstPending(Pc& pc, const webrtc::SessionDescriptionInterface& description) {
  const auto& contents = description.description()->contents();
  for (const auto* pending : {pc.pending_local_description(), pc.pending_remote_description()}) {
    if (!pending) continue;
    const auto& before = pending->description()->contents();
    for (size_t i = 0; i < contents.size(); ++i) {
      if (i < before.size() && before[i].rejected && !contents[i].rejected)
        return RTCError(RTCErrorType::INVALID_PARAMETER,
                        "the section of '" + contents[i].mid() + "' was rejected earlier in this negotiation");
      const auto* same = pending->description()->GetContentByName(contents[i].mid());
      if (same && same->media_description()->type() != contents[i].media_description()->type())
        return RTCError(RTCErrorType::INVALID_PARAMETER,
                        "section '" + contents[i].mid() + "' was of another kind earlier in this negotiation");
    }
  }
  return RTCError::OK();
}

// Whether video of an answer has a codec that the offer has, and no retransmission
// of what it has not.
template <typename Codecs>
bool Usable(const Codecs& offered, const Codecs& answered) {
  bool media = false;
  for (const auto& codec : answered) {
    if (codec.name == "rtx") {
      auto apt = codec.params.find("apt");
      if (apt == codec.params.end() || std::none_of(answered.begin(), answered.end(), [&](const auto& other) {
            return other.name != "rtx" && std::to_string(other.id) == apt->second;
          }))
        return false;
    } else if (codec.name != "red" && codec.name != "ulpfec" && codec.name != "flexfec-03") {
      media = media || std::any_of(offered.begin(), offered.end(), [&](const auto& o) { return o.Matches(codec); });
    }
  }
  return media;
}

// Where the other peer wants no video, libwebrtc does not look for a codec, but goes
// on to set up what would send it.
RTCError CheckIdleVideo(Pc& pc, const webrtc::SessionDescriptionInterface& answer) {
  if (!pc.pending_local_description()) return RTCError::OK();
  for (const auto& content : answer.description()->contents()) {
    const auto* video = content.media_description()->as_video();
    if (!video || content.rejected || webrtc::RtpTransceiverDirectionHasRecv(video->direction())) continue;
    const auto* offered = pc.pending_local_description()->description()->GetContentDescriptionByName(content.mid());
    if (offered && offered->as_video() && !offered->streams().empty() &&
        !Usable(offered->as_video()->codecs(), video->codecs()))
      return RTCError(RTCErrorType::INVALID_PARAMETER, "no codec for the video of '" + content.mid() + "'");
  }
  return RTCError::OK();
}

// An extension that a section has twice is registered twice, which audio takes for
// an error of the program: the first counts.
void DropRepeatedExtensions(webrtc::SessionDescriptionInterface& description) {
  for (auto& content : description.description()->contents()) {
    auto* media = content.media_description();
    std::set<std::pair<std::string, bool>> seen;
    auto extensions = media->rtp_header_extensions();
    auto repeated = [&](const webrtc::RtpExtension& e) { return !seen.emplace(e.uri, e.encrypt).second; };
    if (std::erase_if(extensions, repeated) > 0) media->set_rtp_header_extensions(extensions);
  }
}

}  // namespace

// Sections of a kind that libwebrtc does not know are answered by a rejection. An
// offer before that finds no local section to go on from.
RTCError CheckCreateOffer(Pc& pc) {
  const auto* local = pc.local_description();
  const auto* remote = pc.remote_description();
  const size_t answered = local ? local->description()->contents().size() : 0;
  for (size_t i = answered; remote && i < remote->description()->contents().size(); ++i) {
    if (remote->description()->contents()[i].media_description()->as_unsupported())
      return RTCError(RTCErrorType::INTERNAL_ERROR,
                      "the remote offer has a section of an unknown kind that is not answered");
  }
  return compat::CheckCreateOffer(pc);
}

RTCError CheckCreateAnswer(Pc& pc) {
  return compat::CheckCreateAnswer(pc);
}

RTCError CheckCreateImplicit(Pc& pc) {
  switch (pc.signaling_state()) {
    case Pc::kHaveRemoteOffer:
    case Pc::kHaveLocalPrAnswer:
      return CheckCreateAnswer(pc);
    default:
      return CheckCreateOffer(pc);
  }
}

RTCError CheckSetLocal(Pc& pc, webrtc::SessionDescriptionInterface& description) {
  if (description.GetType() != webrtc::SdpType::kRollback) {
    if (auto error = CheckAgainstPending(pc, description); !error.ok()) return error;
  }
  return compat::CheckSetLocal(pc, description);
}

RTCError CheckSetRemote(Pc& pc, webrtc::SessionDescriptionInterface& description) {
  // An offer amid an offer of our own rolls that back first.
  const bool begins = description.GetType() == webrtc::SdpType::kOffer && pc.signaling_state() == Pc::kHaveLocalOffer;
  if (!begins && description.GetType() != webrtc::SdpType::kRollback) {
    if (auto error = CheckAgainstPending(pc, description); !error.ok()) return error;
  }
  if (description.GetType() == webrtc::SdpType::kAnswer || description.GetType() == webrtc::SdpType::kPrAnswer) {
    if (auto error = CheckIdleVideo(pc, description); !error.ok()) return error;
  }
  if (description.GetType() != webrtc::SdpType::kRollback) DropRepeatedExtensions(description);
  return compat::CheckSetRemote(pc, description);
}

}  // namespace nrtc
