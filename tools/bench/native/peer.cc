// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "peer.h"

#include <future>

namespace bench {

using Pc = webrtc::PeerConnectionInterface;

namespace {

std::unique_ptr<webrtc::Thread> Start(std::unique_ptr<webrtc::Thread> thread) {
  thread->Start();
  return thread;
}

template <typename T>
T Get(std::promise<T>& promise, const char* what) {
  auto result = promise.get_future();
  if (result.wait_for(kPatience) != std::future_status::ready) Fail(std::string(what) + " does not end");
  return result.get();
}

struct CreateObserver : public webrtc::CreateSessionDescriptionObserver {
  std::promise<std::unique_ptr<webrtc::SessionDescriptionInterface>> result;
  void OnSuccess(webrtc::SessionDescriptionInterface* description) override {
    result.set_value(std::unique_ptr<webrtc::SessionDescriptionInterface>(description));
  }
  void OnFailure(webrtc::RTCError error) override { Fail(std::string("creating a description: ") + error.message()); }
};

struct SetObserver : public webrtc::SetLocalDescriptionObserverInterface,
                     public webrtc::SetRemoteDescriptionObserverInterface {
  std::promise<webrtc::RTCError> result;
  void OnSetLocalDescriptionComplete(webrtc::RTCError error) override { result.set_value(std::move(error)); }
  void OnSetRemoteDescriptionComplete(webrtc::RTCError error) override { result.set_value(std::move(error)); }
  void Check(const char* what) {
    auto error = Get(result, what);
    if (!error.ok()) Fail(std::string(what) + ": " + error.message());
  }
};

}  // namespace

Stack::Stack()
    : network_(Start(webrtc::Thread::CreateWithSocketServer())),
      worker_(Start(webrtc::Thread::Create())),
      signaling_(Start(webrtc::Thread::Create())) {
  factory_ = CreateFactory(network_.get(), worker_.get(), signaling_.get());
  if (!factory_) Fail("libwebrtc made no factory");
  webrtc::PeerConnectionFactoryInterface::Options options;
  options.network_ignore_mask = 0;
  factory_->SetOptions(options);
}

Stack::~Stack() {
  factory_ = nullptr;
  signaling_->Stop();
  worker_->Stop();
  network_->Stop();
}

void Channel::Attach(webrtc::scoped_refptr<webrtc::DataChannelInterface> native) {
  native_ = std::move(native);
  native_->RegisterObserver(this);
  // It may have been opened before.
  OnStateChange();
}

void Channel::Detach() {
  if (native_) native_->UnregisterObserver();
  native_ = nullptr;
}

void Channel::OnStateChange() {
  if (native_->state() == webrtc::DataChannelInterface::kOpen) open.Set();
}

void Channel::OnMessage(const webrtc::DataBuffer& buffer) {
  if (on_message) on_message(buffer);
}

void Channel::OnBufferedAmountChange(uint64_t sent) {
  uint64_t before = buffered_.fetch_sub(sent);
  uint64_t threshold = low_threshold.load();
  if (before > threshold && before - sent <= threshold) low.Set();
}

void Channel::Send(const uint8_t* data, size_t size) {
  buffered_.fetch_add(size);
  SendData(*native_, webrtc::DataBuffer(webrtc::CopyOnWriteBuffer(data, size), true));
}

void Peer::Open(Stack& stack, Peer& other) {
  other_ = &other;
  Pc::RTCConfiguration config;
  config.sdp_semantics = webrtc::SdpSemantics::kUnifiedPlan;
  config.tcp_candidate_policy = Pc::kTcpCandidatePolicyDisabled;
  config.set_cpu_adaptation(false);
  auto pc = stack.factory().CreatePeerConnectionOrError(config, webrtc::PeerConnectionDependencies(this));
  if (!pc.ok()) Fail(std::string("making a connection: ") + pc.error().message());
  pc_ = pc.MoveValue();
}

void Peer::Close() {
  channel.Detach();
  pc_->Close();
}

std::string Peer::CreateAndApply(bool offer) {
  auto created = webrtc::make_ref_counted<CreateObserver>();
  if (offer) {
    pc_->CreateOffer(created.get(), {});
  } else {
    pc_->CreateAnswer(created.get(), {});
  }
  auto description = Get(created->result, "creating a description");
  std::string sdp;
  description->ToString(&sdp);
  auto set = webrtc::make_ref_counted<SetObserver>();
  pc_->SetLocalDescription(std::move(description),
                           webrtc::scoped_refptr<webrtc::SetLocalDescriptionObserverInterface>(set.get()));
  set->Check("SetLocalDescription");
  return sdp;
}

void Peer::ApplyRemote(webrtc::SdpType type, const std::string& sdp) {
  auto description = webrtc::CreateSessionDescription(type, sdp);
  if (!description) Fail("the other peer's description does not parse");
  auto set = webrtc::make_ref_counted<SetObserver>();
  pc_->SetRemoteDescription(std::move(description),
                            webrtc::scoped_refptr<webrtc::SetRemoteDescriptionObserverInterface>(set.get()));
  set->Check("SetRemoteDescription");
  std::vector<std::unique_ptr<webrtc::IceCandidate>> pending;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    remote_set_ = true;
    pending.swap(pending_);
  }
  for (auto& candidate : pending) Deliver(std::move(candidate));
}

void Peer::OnIceCandidate(const webrtc::IceCandidate* candidate) {
  other_->Add(CopyCandidate(*candidate));
}

void Peer::Add(std::unique_ptr<webrtc::IceCandidate> candidate) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!remote_set_) {
      pending_.push_back(std::move(candidate));
      return;
    }
  }
  Deliver(std::move(candidate));
}

void Peer::Deliver(std::unique_ptr<webrtc::IceCandidate> candidate) {
  pc_->AddIceCandidate(std::move(candidate), [](webrtc::RTCError error) {
    if (!error.ok()) Fail(std::string("AddIceCandidate: ") + error.message());
  });
}

void Peer::OnDataChannel(webrtc::scoped_refptr<webrtc::DataChannelInterface> native) {
  channel.Attach(std::move(native));
}

void Peer::OnConnectionChange(Pc::PeerConnectionState state) {
  if (state == Pc::PeerConnectionState::kConnected) connected.Set();
}

void Peer::OnTrack(webrtc::scoped_refptr<webrtc::RtpTransceiverInterface> transceiver) {
  if (on_track) on_track(std::move(transceiver));
}

Pair::Pair(Stack& stack) {
  a.Open(stack, b);
  b.Open(stack, a);
}

Pair::~Pair() {
  a.Close();
  b.Close();
}

void Pair::Negotiate() {
  b.ApplyRemote(webrtc::SdpType::kOffer, a.CreateAndApply(true));
  a.ApplyRemote(webrtc::SdpType::kAnswer, b.CreateAndApply(false));
}

void Pair::ConnectData() {
  auto native = a.pc().CreateDataChannelOrError("bench", nullptr);
  if (!native.ok()) Fail(std::string("making a data channel: ") + native.error().message());
  a.channel.Attach(native.MoveValue());
  Negotiate();
  if (!a.channel.open.Wait() || !b.channel.open.Wait()) Fail("the data channel does not open");
}

}  // namespace bench
