// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/descriptions.h"

#include <algorithm>
#include <climits>

#include "pc/media_protocol_names.h"
#include "pc/rtp_transceiver.h"
#include "pc/session_description.h"
#include "rtc_base/helpers.h"
#include "rtc_base/string_to_number.h"

namespace nrtc::compat {
namespace {

using webrtc::RTCError;
using webrtc::RTCErrorType;

absl::optional<int> IntParameter(const cricket::AudioCodec& codec, const char* name) {
  auto found = codec.params.find(name);
  if (found == codec.params.end()) return absl::nullopt;
  return rtc::StringToNumber<int>(found->second);
}

// libwebrtc checks that what it writes allows longer packets than it asks for at
// least. Both are no more than hints to the sender: where they contradict each
// other, the lower bound goes, and an upper bound that allows nothing.
void TamePacketTimes(cricket::AudioContentDescription& audio) {
  auto codecs = audio.codecs();
  int most = INT_MAX;
  for (auto& codec : codecs) {
    auto value = IntParameter(codec, "maxptime");
    if (!value) continue;
    if (*value <= 0) {
      codec.params.erase("maxptime");
    } else {
      most = std::min(most, *value);
    }
  }
  for (auto& codec : codecs) {
    auto value = IntParameter(codec, "minptime");
    if (value && *value >= most) codec.params.erase("minptime");
  }
  audio.set_codecs(codecs);
}

const cricket::ContentInfos& Contents(const webrtc::SessionDescriptionInterface* description) {
  static const cricket::ContentInfos none;
  return description ? description->description()->contents() : none;
}

bool RejectedAt(const webrtc::SessionDescriptionInterface* description, size_t i) {
  const auto& contents = Contents(description);
  return i < contents.size() && contents[i].rejected;
}

webrtc::RtpTransceiver& Internal(webrtc::RtpTransceiverInterface& transceiver) {
  return *static_cast<webrtc::RtpTransceiverProxyWithInternal<webrtc::RtpTransceiver>&>(transceiver).internal();
}

// A transceiver that was stopped after it was in an offer which was never applied
// has the index of a section from there: libwebrtc would take it for the transceiver
// that a later offer gave the section to.
void ForgetStopped(webrtc::PeerConnectionInterface& pc) {
  for (const auto& transceiver : pc.GetTransceivers()) {
    if (transceiver->stopping() && !transceiver->mid()) Internal(*transceiver).set_mline_index(absl::nullopt);
  }
}

// libwebrtc puts what the other peer gave no stream into one of a random name, which
// it cannot find again for a rollback.
void NameDefaultStream(cricket::SessionDescription& description) {
  if (description.msid_signaling() & cricket::kMsidSignalingMediaSection) return;
  for (auto& content : description.contents()) {
    auto* media = content.media_description();
    if (!media->as_audio() && !media->as_video()) continue;
    if (media->streams().empty()) {
      cricket::StreamParams track;
      track.id = rtc::CreateRandomUuid();
      media->AddStream(track);
    }
    auto& track = media->mutable_streams()[0];
    if (track.stream_ids().empty()) track.set_stream_ids({"default"});
  }
}

// libwebrtc checks that a rollback finds the very streams that a receiver has, though
// it has let go of some meanwhile. It gives each receiver whose section is in the
// offer its streams anew.
void ForgetStreams(webrtc::PeerConnectionInterface& pc) {
  if (pc.signaling_state() != webrtc::PeerConnectionInterface::kHaveRemoteOffer) return;
  // After an answer that failed the offer is no longer the pending one.
  const auto* offer = pc.remote_description();
  for (const auto& transceiver : pc.GetTransceivers()) {
    if (offer && transceiver->mid() && offer->description()->GetContentByName(*transceiver->mid()))
      Internal(*transceiver).receiver_internal()->SetStreams({});
  }
}

// A stopped transceiver takes no channel, and no change of its sender's layers. Newer
// revisions find out about the layers without a check, and answer so.
RTCError CheckStopped(webrtc::PeerConnectionInterface& pc, const cricket::SessionDescription& description) {
  for (const auto& transceiver : pc.GetTransceivers()) {
    if (!transceiver->stopping() || !transceiver->mid()) continue;
    const auto* content = description.GetContentByName(*transceiver->mid());
    if (!content || content->rejected) continue;
    if (transceiver->stopped() || content->media_description()->HasSimulcast())
      return RTCError(RTCErrorType::INVALID_STATE, "the transceiver of '" + content->name + "' is stopped");
  }
  return RTCError::OK();
}

// What libwebrtc cannot write or answer.
RTCError CheckContents(cricket::SessionDescription& description) {
  for (auto& content : description.contents()) {
    auto* media = content.media_description();
    if (media->as_unsupported() && cricket::IsSctpProtocol(media->protocol()))
      return RTCError(RTCErrorType::INVALID_PARAMETER, "SCTP in a media section that is not for data");
    if (media->as_audio()) TamePacketTimes(*media->as_audio());
  }
  for (const auto& transport : description.transport_infos()) {
    if (transport.description.connection_role == cricket::CONNECTIONROLE_HOLDCONN)
      return RTCError(RTCErrorType::INVALID_PARAMETER, "a=setup:holdconn");
  }
  return RTCError::OK();
}

RTCError CheckSet(webrtc::PeerConnectionInterface& pc, cricket::SessionDescription& description) {
  if (auto error = CheckContents(description); !error.ok()) return error;
  ForgetStopped(pc);
  return CheckStopped(pc, description);
}

}  // namespace

// libwebrtc does not find the data transport that a provisional rejection, or one
// since rolled back, has ended.
RTCError CheckCreateOffer(webrtc::PeerConnectionInterface& pc) {
  ForgetStopped(pc);
  const auto& local = Contents(pc.local_description());
  const auto& remote = Contents(pc.remote_description());
  for (size_t i = 0; i < std::max(local.size(), remote.size()); ++i) {
    if ((i < local.size() ? local : remote)[i].media_description()->as_sctp() &&
        !RejectedAt(pc.current_local_description(), i) && !RejectedAt(pc.current_remote_description(), i) &&
        !pc.GetSctpTransport())
      return RTCError(RTCErrorType::INTERNAL_ERROR, "the data section was rejected, but not for good");
  }
  return RTCError::OK();
}

RTCError CheckCreateAnswer(webrtc::PeerConnectionInterface& pc) {
  for (const auto& content : Contents(pc.remote_description())) {
    if (content.media_description()->as_sctp() && !content.rejected && !pc.GetSctpTransport())
      return RTCError(RTCErrorType::INTERNAL_ERROR, "the data section was rejected, but not for good");
  }
  return RTCError::OK();
}

RTCError CheckSetLocal(webrtc::PeerConnectionInterface& pc, webrtc::SessionDescriptionInterface& description) {
  if (description.description()) return CheckSet(pc, *description.description());
  ForgetStreams(pc);  // before a rollback
  return RTCError::OK();
}

RTCError CheckSetRemote(webrtc::PeerConnectionInterface& pc, webrtc::SessionDescriptionInterface& description) {
  if (!description.description()) return CheckSetLocal(pc, description);
  NameDefaultStream(*description.description());
  return CheckSet(pc, *description.description());
}

}  // namespace nrtc::compat
