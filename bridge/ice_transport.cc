// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/ice_transport_internal.h"

namespace nrtc {
namespace {

const char* IceStateName(webrtc::IceTransportState state) {
  switch (state) {
    case webrtc::IceTransportState::kNew:
      return "new";
    case webrtc::IceTransportState::kChecking:
      return "checking";
    case webrtc::IceTransportState::kConnected:
      return "connected";
    case webrtc::IceTransportState::kCompleted:
      return "completed";
    case webrtc::IceTransportState::kFailed:
      return "failed";
    case webrtc::IceTransportState::kDisconnected:
      return "disconnected";
    case webrtc::IceTransportState::kClosed:
      break;
  }
  return "closed";
}

const char* IceGatheringStateName(webrtc::IceGatheringState state) {
  switch (state) {
    case webrtc::kIceGatheringGathering:
      return "gathering";
    case webrtc::kIceGatheringComplete:
      return "complete";
    default:
      return "new";
  }
}

void WriteCandidate(Writer& w, const std::string& text, const std::string& mid, int index,
                    const webrtc::Candidate& candidate) {
  w.Str(text);
  w.Str(mid);
  w.I32(index);
  w.Str(candidate.url());
  w.Str(candidate.relay_protocol());
}

void WriteSelectedPair(Writer& w, const webrtc::IceTransportInternal& ice) {
  auto pair = ice.GetSelectedCandidatePair();
  w.Bool(pair.has_value());
  if (!pair.has_value()) return;
  WriteCandidate(w, compat::CandidateText(pair->local_candidate()), "", -1, pair->local_candidate());
  WriteCandidate(w, compat::CandidateText(pair->remote_candidate()), "", -1, pair->remote_candidate());
}

}  // namespace

IceTransport::IceTransport(Factory& factory, PeerConnection& pc,
                           webrtc::scoped_refptr<webrtc::IceTransportInterface> native)
    : network_thread_(factory.network_thread()),
      signaling_thread_(factory.signaling_thread()),
      queue_(pc.queue()),
      pc_(pc.native_ref()),
      native_(std::move(native)) {
  network_thread_.BlockingCall([&] {
    if (auto* ice = native_->internal()) mid_ = ice->transport_name();
  });
}

IceTransport::~IceTransport() {
  Detach();
}

void IceTransport::Attach(Writer& w) {
  network_thread_.BlockingCall([&] {
    auto* ice = native_->internal();
    if (ice == nullptr) {
      w.Str("closed");
      w.Str("new");
      w.I32(1);
      w.Bool(false);
      return;
    }
    if (!subscription_) subscription_ = compat::SubscribeIce(*ice, *this);
    w.Str(IceStateName(ice->GetIceTransportState()));
    w.Str(IceGatheringStateName(ice->gathering_state()));
    w.I32(ice->component());
    WriteSelectedPair(w, *ice);
  });
}

void IceTransport::Detach() {
  network_thread_.BlockingCall([&] { subscription_ = nullptr; });
}

void IceTransport::WriteRole(Writer& w) {
  network_thread_.BlockingCall([&] {
    auto* ice = native_->internal();
    if (ice != nullptr && ice->GetIceRole() == webrtc::ICEROLE_CONTROLLING) return w.Str("controlling");
    if (ice != nullptr && ice->GetIceRole() == webrtc::ICEROLE_CONTROLLED) return w.Str("controlled");
    w.Str("unknown");
  });
}

void IceTransport::WriteDescription(Writer& w, bool remote) {
  // Descriptions may be replaced at any time but by this thread.
  signaling_thread_.BlockingCall([&] {
    const auto* description = remote ? pc_->remote_description() : pc_->local_description();
    const webrtc::TransportInfo* info =
        description != nullptr ? description->description()->GetTransportInfoByName(mid_) : nullptr;
    bool known = info != nullptr && !info->description.ice_ufrag.empty();
    w.Bool(known);
    if (known) {
      w.Str(info->description.ice_ufrag);
      w.Str(info->description.ice_pwd);
      w.Bool(info->description.ice_mode == webrtc::ICEMODE_LITE);
    }
    const webrtc::IceCandidateCollection* candidates = nullptr;
    if (description != nullptr) {
      const auto& contents = description->description()->contents();
      for (size_t i = 0; i < contents.size(); ++i) {
        if (contents[i].mid() == mid_) candidates = description->candidates(i);
      }
    }
    size_t count = candidates != nullptr ? candidates->count() : 0;
    w.U32(static_cast<uint32_t>(count));
    for (size_t i = 0; i < count; ++i) {
      const auto* c = candidates->at(i);
      WriteCandidate(w, compat::CandidateText(*c), c->sdp_mid(), c->sdp_mline_index(), c->candidate());
    }
  });
}

void IceTransport::OnIceTransportState(webrtc::IceTransportInternal& ice) {
  const char* name = IceStateName(ice.GetIceTransportState());
  queue_->Push(NRTC_EVENT_ICE_TRANSPORT_STATE, subject(), [&](Writer& w) { w.Str(name); });
}

void IceTransport::OnIceGatheringState(webrtc::IceTransportInternal& ice) {
  const char* name = IceGatheringStateName(ice.gathering_state());
  queue_->Push(NRTC_EVENT_ICE_TRANSPORT_GATHERING_STATE, subject(), [&](Writer& w) { w.Str(name); });
}

void IceTransport::OnIceRoute(webrtc::IceTransportInternal& ice) {
  Writer pair;  // the queue must not wait for libwebrtc
  WriteSelectedPair(pair, ice);
  queue_->Push(NRTC_EVENT_SELECTED_CANDIDATE_PAIR, subject(),
               [&](Writer& w) { w.Bytes(pair.buffer().data(), pair.buffer().size()); });
}

}  // namespace nrtc

size_t nrtc_ice_transport_attach(nrtc_ice_transport* transport, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::FromHandle<nrtc::IceTransport>(transport)->Attach(w);
    return webrtc::RTCError::OK();
  });
}

void nrtc_ice_transport_detach(nrtc_ice_transport* transport) {
  nrtc::FromHandle<nrtc::IceTransport>(transport)->Detach();
}

size_t nrtc_ice_transport_role(nrtc_ice_transport* transport, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::FromHandle<nrtc::IceTransport>(transport)->WriteRole(w);
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_ice_transport_description(nrtc_ice_transport* transport, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::Reader r(in, in_len);
    bool remote = r.Bool();
    nrtc::FromHandle<nrtc::IceTransport>(transport)->WriteDescription(w, remote);
    return webrtc::RTCError::OK();
  });
}
