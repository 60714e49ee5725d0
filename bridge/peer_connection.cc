// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/peer_connection_internal.h"

#include "bridge/configuration_wire.h"
#include "bridge/description_checks_internal.h"
#include "bridge/rtp_parameters_internal.h"
#include "bridge/stats_json_internal.h"

namespace nrtc {

using Pc = webrtc::PeerConnectionInterface;

webrtc::RTCErrorOr<webrtc::scoped_refptr<PeerConnection>> PeerConnection::Create(
    Factory& factory, webrtc::scoped_refptr<EventQueue> queue, const Pc::RTCConfiguration& config) {
  webrtc::scoped_refptr<PeerConnection> pc =
      webrtc::make_ref_counted<PeerConnection>(std::move(queue), factory);
  auto native = factory.CreatePeerConnection(config, pc.get());
  if (!native.ok()) return native.MoveError();
  pc->native_ = native.MoveValue();
  return pc;
}

PeerConnection::~PeerConnection() {
  if (native_) Close();
}

void PeerConnection::Close() {
  signaling_thread_.BlockingCall([&] {
    *link_ = nullptr;
    native_->Close();
  });
  queue_->Close();
}

webrtc::scoped_refptr<DataChannel> PeerConnection::Wrap(webrtc::scoped_refptr<webrtc::DataChannelInterface> channel) {
  webrtc::Thread& home = compat::kDataChannelsOnNetworkThread ? network_thread_ : signaling_thread_;
  return webrtc::make_ref_counted<DataChannel>(std::move(channel), queue_, signaling_thread_, home, native_);
}

void PeerConnection::OnSignalingChange(Pc::SignalingState state) {
  PushNegotiated();
  queue_->Push(NRTC_EVENT_SIGNALING_STATE, 0, [&](Writer& w) { w.Str(Pc::AsString(state)); });
}

void PeerConnection::OnDataChannel(webrtc::scoped_refptr<webrtc::DataChannelInterface> channel) {
  auto wrapped = Wrap(std::move(channel));
  Writer properties;
  wrapped->WriteProperties(properties);
  queue_->Push(NRTC_EVENT_DATA_CHANNEL, 0, [&](Writer& w) {
    queue_->WriteRef(w, wrapped);
    w.Bytes(properties.buffer().data(), properties.buffer().size());
  });
  wrapped->Attach();
}

void PeerConnection::OnNegotiationNeededEvent(uint32_t event_id) {
  queue_->Push(NRTC_EVENT_NEGOTIATION_NEEDED, 0, [&](Writer& w) { w.U32(event_id); });
}

void PeerConnection::OnStandardizedIceConnectionChange(Pc::IceConnectionState state) {
  queue_->Push(NRTC_EVENT_ICE_CONNECTION_STATE, 0, [&](Writer& w) { w.Str(Pc::AsString(state)); });
}

void PeerConnection::OnConnectionChange(Pc::PeerConnectionState state) {
  queue_->Push(NRTC_EVENT_CONNECTION_STATE, 0, [&](Writer& w) { w.Str(Pc::AsString(state)); });
}

void PeerConnection::OnIceGatheringChange(Pc::IceGatheringState state) {
  queue_->Push(NRTC_EVENT_ICE_GATHERING_STATE, 0, [&](Writer& w) { w.Str(Pc::AsString(state)); });
}

void PeerConnection::OnIceCandidate(const webrtc::IceCandidate* candidate) {
  PushLocalDescriptions();
  queue_->Push(NRTC_EVENT_ICE_CANDIDATE, 0, [&](Writer& w) {
    w.Str(compat::CandidateText(*candidate));
    w.Str(candidate->sdp_mid());
    w.I32(candidate->sdp_mline_index());
    w.Str(candidate->candidate().username());
    w.Str(candidate->candidate().url());
  });
}

void PeerConnection::OnIceCandidateError(const std::string& address, int port, const std::string& url, int error_code,
                                         const std::string& error_text) {
  queue_->Push(NRTC_EVENT_ICE_CANDIDATE_ERROR, 0, [&](Writer& w) {
    w.Str(address);
    w.I32(port);
    w.Str(url);
    w.I32(error_code);
    w.Str(error_text);
  });
}

void PeerConnection::OnTrack(webrtc::scoped_refptr<webrtc::RtpTransceiverInterface> transceiver) {
  // A media section that the offer itself rejects brings no track.
  if (!transceiver->stopped()) PushTrack(std::move(transceiver), false);
}

void PeerConnection::PushTrack(webrtc::scoped_refptr<webrtc::RtpTransceiverInterface> transceiver, bool moved) {
  // What is read later may be that of a later description already.
  auto& streams = streams_[transceiver.get()] = transceiver->receiver()->stream_ids();
  queue_->Push(NRTC_EVENT_TRACK, 0, [&](Writer& w) {
    queue_->WriteRef(w, transceiver);
    w.List(streams, [&](const std::string& id) { w.Str(id); });
    w.Bool(moved);
  });
}

void PeerConnection::PushMovedTracks() {
  auto before = std::move(streams_);
  streams_.clear();
  for (auto& transceiver : native_->GetTransceivers()) {
    auto known = before.find(transceiver.get());
    if (known == before.end()) continue;
    if (known->second == transceiver->receiver()->stream_ids()) {
      streams_.insert(*known);
    } else {
      PushTrack(transceiver, true);
    }
  }
}

void PeerConnection::OnRemoveTrack(webrtc::scoped_refptr<webrtc::RtpReceiverInterface> receiver) {
  for (auto& transceiver : native_->GetTransceivers()) {
    if (transceiver->receiver() == receiver) streams_.erase(transceiver.get());
  }
  queue_->Push(NRTC_EVENT_TRACK_REMOVED, 0, [&](Writer& w) { queue_->WriteRef(w, receiver); });
}

namespace {

class CreateObserver : public webrtc::CreateSessionDescriptionObserver {
 public:
  CreateObserver(PeerConnection& pc, uint64_t op) : link_(pc.link()), queue_(pc.queue()), op_(op) {}
  void OnSuccess(webrtc::SessionDescriptionInterface* desc) override {
    // Options of offers make transceivers.
    if (*link_ != nullptr) (*link_)->PushNegotiated();
    std::unique_ptr<webrtc::SessionDescriptionInterface> owned(desc);
    std::string sdp;
    owned->ToString(&sdp);
    PeerConnection::Succeed(*queue_, op_, [&](Writer& w) {
      w.Str(owned->type());
      w.Str(sdp);
    });
  }
  void OnFailure(webrtc::RTCError error) override { PeerConnection::Complete(*queue_, op_, error); }

 private:
  const PeerConnection::Link link_;
  const webrtc::scoped_refptr<EventQueue> queue_;
  const uint64_t op_;
};

class SetObserver : public webrtc::SetLocalDescriptionObserverInterface,
                    public webrtc::SetRemoteDescriptionObserverInterface {
 public:
  SetObserver(PeerConnection& pc, uint64_t op) : link_(pc.link()), queue_(pc.queue()), op_(op) {}
  void OnSetLocalDescriptionComplete(webrtc::RTCError error) override { Complete(error); }
  void OnSetRemoteDescriptionComplete(webrtc::RTCError error) override { Complete(error); }

 private:
  void Complete(const webrtc::RTCError& error) {
    if (*link_ != nullptr) {
      (*link_)->PushNegotiated();
      (*link_)->PushMovedTracks();
    }
    PeerConnection::Complete(*queue_, op_, error);
  }

  const PeerConnection::Link link_;
  const webrtc::scoped_refptr<EventQueue> queue_;
  const uint64_t op_;
};

class StatsObserver : public webrtc::RTCStatsCollectorCallback {
 public:
  StatsObserver(webrtc::scoped_refptr<EventQueue> queue, uint64_t op) : queue_(std::move(queue)), op_(op) {}
  void OnStatsDelivered(const webrtc::scoped_refptr<const webrtc::RTCStatsReport>& report) override {
    std::string json = StatsJson(*report);
    PeerConnection::Succeed(*queue_, op_, [&](Writer& w) { w.Str(json); });
  }

 private:
  const webrtc::scoped_refptr<EventQueue> queue_;
  const uint64_t op_;
};

PeerConnection* From(nrtc_peer_connection* pc) {
  return FromHandle<PeerConnection>(pc);
}

Pc::RTCOfferAnswerOptions ReadOptions(Reader& in) {
  Pc::RTCOfferAnswerOptions options;
  options.ice_restart = in.Bool();
  options.voice_activity_detection = in.Bool();
  options.offer_to_receive_audio = in.I32();
  options.offer_to_receive_video = in.I32();
  return options;
}

// Parses a description; line is where that fails.
std::unique_ptr<webrtc::SessionDescriptionInterface> ParseDescription(const std::string& type, const std::string& sdp,
                                                                      webrtc::RTCError& error, std::string& line) {
  auto sdp_type = webrtc::SdpTypeFromString(type);
  if (!sdp_type.has_value()) {
    error = webrtc::RTCError(webrtc::RTCErrorType::INVALID_PARAMETER, "not a description's type");
    return nullptr;
  }
  webrtc::SdpParseError parse_error;
  auto description = compat::ParseSessionDescription(*sdp_type, sdp, &parse_error);
  if (!description) {
    error = webrtc::RTCError(webrtc::RTCErrorType::SYNTAX_ERROR, parse_error.description);
    error.set_error_detail(webrtc::RTCErrorDetailType::SDP_SYNTAX_ERROR);
    line = parse_error.line;
  }
  return description;
}

// The same with a failure raised as op's completion.
std::unique_ptr<webrtc::SessionDescriptionInterface> Parse(PeerConnection& pc, uint64_t op, const std::string& type,
                                                           const std::string& sdp) {
  webrtc::RTCError error;
  std::string line;
  auto description = ParseDescription(type, sdp, error, line);
  if (!description) PeerConnection::Complete(*pc.queue(), op, error, line);
  return description;
}

// Begins op with begin, unless check finds what libwebrtc must not be asked.
template <typename Check, typename Begin>
void BeginChecked(PeerConnection& pc, uint64_t op, Check check, Begin begin) {
  pc.signaling_thread().BlockingCall([&] {
    auto error = check(pc.native());
    if (!error.ok()) return PeerConnection::Complete(*pc.queue(), op, error);
    begin(pc.native());
  });
}

}  // namespace
}  // namespace nrtc

using nrtc::FromHandle;
using nrtc::PeerConnection;
using nrtc::Reader;
using nrtc::Writer;
using webrtc::RTCError;

size_t nrtc_peer_connection_new(nrtc_factory* factory, nrtc_event_queue* queue, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](Writer& w) {
    Reader r(in, in_len);
    webrtc::PeerConnectionInterface::RTCConfiguration config;
    config.sdp_semantics = webrtc::SdpSemantics::kUnifiedPlan;
    // As Chromium does, and the W3C asks for.
    config.enable_implicit_rollback = true;
    nrtc::ReadConfiguration(r, config);
    auto pc = PeerConnection::Create(*FromHandle<nrtc::Factory>(factory),
                                     webrtc::scoped_refptr<nrtc::EventQueue>(FromHandle<nrtc::EventQueue>(queue)), config);
    if (!pc.ok()) return pc.MoveError();
    w.Ref(pc.MoveValue());
    return RTCError::OK();
  });
}

void nrtc_peer_connection_close(nrtc_peer_connection* pc) {
  nrtc::From(pc)->Close();
}

void nrtc_peer_connection_create_offer(nrtc_peer_connection* pc, uint64_t op, NRTC_IN) {
  Reader r(in, in_len);
  auto observer = webrtc::make_ref_counted<nrtc::CreateObserver>(*nrtc::From(pc), op);
  auto options = nrtc::ReadOptions(r);
  nrtc::BeginChecked(*nrtc::From(pc), op, nrtc::CheckCreateOffer,
                     [&](auto& native) { native.CreateOffer(observer.get(), options); });
}

void nrtc_peer_connection_create_answer(nrtc_peer_connection* pc, uint64_t op, NRTC_IN) {
  Reader r(in, in_len);
  auto observer = webrtc::make_ref_counted<nrtc::CreateObserver>(*nrtc::From(pc), op);
  auto options = nrtc::ReadOptions(r);
  nrtc::BeginChecked(*nrtc::From(pc), op, nrtc::CheckCreateAnswer,
                     [&](auto& native) { native.CreateAnswer(observer.get(), options); });
}

void nrtc_peer_connection_set_local_description(nrtc_peer_connection* pc, uint64_t op, NRTC_IN) {
  Reader r(in, in_len);
  std::string type = r.Str();
  std::string sdp = r.Str();
  webrtc::scoped_refptr<webrtc::SetLocalDescriptionObserverInterface> observer =
      webrtc::make_ref_counted<nrtc::SetObserver>(*nrtc::From(pc), op);
  if (type.empty()) {
    nrtc::BeginChecked(*nrtc::From(pc), op, nrtc::CheckCreateImplicit,
                       [&](auto& native) { native.SetLocalDescription(observer); });
  } else if (auto description = nrtc::Parse(*nrtc::From(pc), op, type, sdp)) {
    nrtc::BeginChecked(
        *nrtc::From(pc), op, [&](auto& native) { return nrtc::CheckSetLocal(native, *description); },
        [&](auto& native) { native.SetLocalDescription(std::move(description), observer); });
  }
}

void nrtc_peer_connection_set_remote_description(nrtc_peer_connection* pc, uint64_t op, NRTC_IN) {
  Reader r(in, in_len);
  std::string type = r.Str();
  std::string sdp = r.Str();
  if (auto description = nrtc::Parse(*nrtc::From(pc), op, type, sdp)) {
    webrtc::scoped_refptr<webrtc::SetRemoteDescriptionObserverInterface> observer =
        webrtc::make_ref_counted<nrtc::SetObserver>(*nrtc::From(pc), op);
    nrtc::BeginChecked(
        *nrtc::From(pc), op, [&](auto& native) { return nrtc::CheckSetRemote(native, *description); },
        [&](auto& native) { native.SetRemoteDescription(std::move(description), observer); });
  }
}

size_t nrtc_description_check(NRTC_IN, NRTC_OUT) {
  Reader r(in, in_len);
  std::string type = r.Str();
  RTCError error;
  std::string line;
  Writer w;
  bool parses = nrtc::ParseDescription(type, r.Str(), error, line) != nullptr;
  w.U8(parses ? 0 : 1);
  if (!parses) nrtc::WriteError(w, error, line);
  return nrtc::Deliver(w, out, out_cap, out_more);
}

void nrtc_peer_connection_add_ice_candidate(nrtc_peer_connection* pc, uint64_t op, NRTC_IN) {
  Reader r(in, in_len);
  std::string text = r.Str();
  std::string mid = r.Str();
  int index = r.I32();
  auto queue = nrtc::From(pc)->queue();
  webrtc::SdpParseError parse_error;
  auto candidate = nrtc::compat::ParseIceCandidate(mid, index, text, &parse_error);
  if (!candidate) {
    PeerConnection::Complete(*queue, op, RTCError(webrtc::RTCErrorType::SYNTAX_ERROR, parse_error.description),
                             parse_error.line);
    return;
  }
  nrtc::From(pc)->native().AddIceCandidate(std::move(candidate),
                                           [link = nrtc::From(pc)->link(), queue, op](RTCError error) {
                                             if (*link != nullptr) (*link)->PushRemoteDescriptions();
                                             PeerConnection::Complete(*queue, op, error);
                                           });
}

void nrtc_peer_connection_get_stats(nrtc_peer_connection* pc, uint64_t op, NRTC_IN) {
  Reader r(in, in_len);
  std::string selector = r.Str();
  webrtc::scoped_refptr<webrtc::RTCStatsCollectorCallback> observer =
      webrtc::make_ref_counted<nrtc::StatsObserver>(nrtc::From(pc)->queue(), op);
  // libwebrtc tells of a first packet before it counts it. What the application was told of is
  // counted when the network thread has gone on.
  nrtc::From(pc)->network_thread().BlockingCall([] {});
  auto& native = nrtc::From(pc)->native();
  if (selector == "sender") {
    native.GetStats(webrtc::scoped_refptr<webrtc::RtpSenderInterface>(r.Borrow<webrtc::RtpSenderInterface>()), observer);
  } else if (selector == "receiver") {
    native.GetStats(webrtc::scoped_refptr<webrtc::RtpReceiverInterface>(r.Borrow<webrtc::RtpReceiverInterface>()),
                    observer);
  } else {
    native.GetStats(observer.get());
  }
}

size_t nrtc_peer_connection_set_configuration(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](Writer&) {
    Reader r(in, in_len);
    auto config = nrtc::From(pc)->native().GetConfiguration();
    nrtc::ReadConfiguration(r, config);
    return nrtc::From(pc)->native().SetConfiguration(config);
  });
}

size_t nrtc_peer_connection_descriptions(nrtc_peer_connection* pc, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](Writer& w) {
    // The descriptions may be replaced at any time but by this thread.
    nrtc::From(pc)->signaling_thread().BlockingCall([&] {
      auto& native = nrtc::From(pc)->native();
      for (auto* d : {native.current_local_description(), native.current_remote_description(),
                      native.pending_local_description(), native.pending_remote_description()})
        nrtc::WriteDescription(w, d);
    });
    return RTCError::OK();
  });
}

size_t nrtc_peer_connection_can_trickle(nrtc_peer_connection* pc, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](Writer& w) {
    w.Opt(nrtc::From(pc)->native().can_trickle_ice_candidates(), [&](bool v) { w.Bool(v); });
    return RTCError::OK();
  });
}

void nrtc_peer_connection_restart_ice(nrtc_peer_connection* pc) {
  nrtc::From(pc)->native().RestartIce();
}

int nrtc_peer_connection_should_fire_negotiation_needed(nrtc_peer_connection* pc, uint32_t event_id) {
  return nrtc::From(pc)->native().ShouldFireNegotiationNeededEvent(event_id) ? 1 : 0;
}

size_t nrtc_peer_connection_create_data_channel(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](Writer& w) {
    Reader r(in, in_len);
    webrtc::DataChannelInit init;
    std::string label = r.Str();
    init.protocol = r.Str();
    init.ordered = r.Bool();
    auto i32 = [&] { return r.Opt([&] { return r.I32(); }); };
    if (auto v = i32()) init.maxRetransmitTime = *v;
    if (auto v = i32()) init.maxRetransmits = *v;
    init.negotiated = r.Bool();
    init.id = r.I32();
    if (auto priority = nrtc::ParsePriority(r.Str())) nrtc::compat::SetDataChannelPriority(init, *priority);
    auto native = nrtc::From(pc)->native().CreateDataChannelOrError(label, &init);
    if (!native.ok()) return native.MoveError();
    auto channel = nrtc::From(pc)->Wrap(native.MoveValue());
    Writer properties;
    channel->WriteProperties(properties);
    w.Ref(channel);
    w.Bytes(properties.buffer().data(), properties.buffer().size());
    return RTCError::OK();
  });
}

size_t nrtc_peer_connection_set_bitrate(nrtc_peer_connection* pc, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](Writer&) {
    Reader r(in, in_len);
    webrtc::BitrateSettings settings;
    auto i32 = [&] { return r.Opt([&] { return r.I32(); }); };
    if (auto v = i32()) settings.min_bitrate_bps = *v;
    if (auto v = i32()) settings.start_bitrate_bps = *v;
    if (auto v = i32()) settings.max_bitrate_bps = *v;
    return nrtc::From(pc)->native().SetBitrate(settings);
  });
}
