// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "call.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/audio/audio_device.h"
#include "api/audio/builtin_audio_processing_builder.h"
#include "api/audio/create_audio_device_module.h"
#include "api/audio_codecs/builtin_audio_decoder_factory.h"
#include "api/audio_codecs/builtin_audio_encoder_factory.h"
#include "api/create_modular_peer_connection_factory.h"
#include "api/data_channel_interface.h"
#include "api/enable_media.h"
#include "api/environment/environment_factory.h"
#include "api/field_trials.h"
#include "api/jsep.h"
#include "api/make_ref_counted.h"
#include "api/peer_connection_interface.h"
#include "api/rtc_event_log/rtc_event_log_factory.h"
#include "api/rtc_event_log_output.h"
#include "api/set_local_description_observer_interface.h"
#include "api/set_remote_description_observer_interface.h"
#include "api/video/i420_buffer.h"
#include "check.h"
#include "h265.h"
#include "media/base/adapted_video_track_source.h"
#include "rtc_base/ssl_adapter.h"
#include "rtc_base/thread.h"
#include "rtc_base/time_utils.h"

namespace {

using webrtc::scoped_refptr;

constexpr auto kPatience = std::chrono::seconds(60);

// A task by which a thread waits for another: libwebrtc calls back on its own threads.
template <typename T>
T Await(std::promise<T>& promise) {
  std::future<T> future = promise.get_future();
  CHECK(future.wait_for(kPatience) == std::future_status::ready);
  return future.get();
}

bool Eventually(const std::function<bool()>& condition) {
  auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

class Created : public webrtc::CreateSessionDescriptionObserver {
 public:
  std::promise<std::unique_ptr<webrtc::SessionDescriptionInterface>> result;
  void OnSuccess(webrtc::SessionDescriptionInterface* description) override { result.set_value(std::unique_ptr<webrtc::SessionDescriptionInterface>(description)); }
  void OnFailure(webrtc::RTCError) override { result.set_value(nullptr); }
};

class LocalSet : public webrtc::SetLocalDescriptionObserverInterface {
 public:
  std::promise<bool> result;
  void OnSetLocalDescriptionComplete(webrtc::RTCError error) override { result.set_value(error.ok()); }
};

class RemoteSet : public webrtc::SetRemoteDescriptionObserverInterface {
 public:
  std::promise<bool> result;
  void OnSetRemoteDescriptionComplete(webrtc::RTCError error) override { result.set_value(error.ok()); }
};

class Channel : public webrtc::DataChannelObserver {
 public:
  void Attach(scoped_refptr<webrtc::DataChannelInterface> channel) {
    channel_ = std::move(channel);
    channel_->RegisterObserver(this);
  }
  void Detach() {
    if (channel_ != nullptr) channel_->UnregisterObserver();
    channel_ = nullptr;
  }
  bool open() const { return channel_->state() == webrtc::DataChannelInterface::kOpen; }
  void Send(const std::string& text) {
    channel_->SendAsync(webrtc::DataBuffer(text), nullptr);
  }
  std::promise<std::string> received;

  void OnStateChange() override {}
  void OnMessage(const webrtc::DataBuffer& message) override { received.set_value(std::string(message.data.data<char>(), message.size())); }

 private:
  scoped_refptr<webrtc::DataChannelInterface> channel_;
};

class Peer : public webrtc::PeerConnectionObserver {
 public:
  scoped_refptr<webrtc::PeerConnectionInterface> connection;
  Channel channel;
  std::promise<void> gathered;

  void OnSignalingChange(webrtc::PeerConnectionInterface::SignalingState) override {}
  void OnIceCandidate(const webrtc::IceCandidate*) override {}
  void OnDataChannel(scoped_refptr<webrtc::DataChannelInterface> opened) override { channel.Attach(std::move(opened)); }
  void OnIceGatheringChange(webrtc::PeerConnectionInterface::IceGatheringState state) override {
    if (state == webrtc::PeerConnectionInterface::kIceGatheringComplete) gathered.set_value();
  }

  // The description with all candidates in it, so that none need be passed on.
  std::string Describe(bool offer) {
    auto created = webrtc::make_ref_counted<Created>();
    if (offer) {
      connection->CreateOffer(created.get(), {});
    } else {
      connection->CreateAnswer(created.get(), {});
    }
    auto description = Await(created->result);
    CHECK(description != nullptr);
    auto set = webrtc::make_ref_counted<LocalSet>();
    connection->SetLocalDescription(std::move(description), set);
    CHECK(Await(set->result));
    CHECK(gathered.get_future().wait_for(kPatience) == std::future_status::ready);
    std::string text;
    CHECK(connection->local_description()->ToString(&text));
    return text;
  }

  void Accept(webrtc::SdpType type, const std::string& text) {
    auto description = webrtc::CreateSessionDescription(type, text);
    CHECK(description != nullptr);
    auto set = webrtc::make_ref_counted<RemoteSet>();
    connection->SetRemoteDescription(std::move(description), set);
    CHECK(Await(set->result));
  }
};

class Camera : public webrtc::AdaptedVideoTrackSource {
 public:
  void Capture() {
    OnFrame(webrtc::VideoFrame::Builder().set_video_frame_buffer(webrtc::I420Buffer::Create(64, 64)).set_timestamp_us(webrtc::TimeMicros()).build());
  }
  bool is_screencast() const override { return false; }
  std::optional<bool> needs_denoising() const override { return false; }
  SourceState state() const override { return kLive; }
  bool remote() const override { return false; }
};

class LogSize : public webrtc::RtcEventLogOutput {
 public:
  explicit LogSize(std::atomic<size_t>* size) : size_(size) {}
  bool IsActive() const override { return true; }
  bool Write(absl::string_view bytes) override {
    *size_ += bytes.size();
    return true;
  }

 private:
  std::atomic<size_t>* const size_;
};

// A factory with threads of its own and without a sound card.
class Engine {
 public:
  explicit Engine(std::atomic<int>* decoded) {
    network_->Start();
    worker_->Start();
    signaling_->Start();
    auto trials = webrtc::FieldTrials::Create("WebRTC-Smoke/Enabled/");
    CHECK(trials != nullptr && trials->IsEnabled("WebRTC-Smoke"));
    webrtc::PeerConnectionFactoryDependencies parts;
    parts.env = webrtc::CreateEnvironment(std::move(trials));
    parts.network_thread = network_.get();
    parts.worker_thread = worker_.get();
    parts.signaling_thread = signaling_.get();
    parts.socket_factory = network_->socketserver();
    parts.event_log_factory = std::make_unique<webrtc::RtcEventLogFactory>();
    parts.adm = worker_->BlockingCall([&] { return webrtc::CreateAudioDeviceModule(*parts.env, webrtc::AudioDeviceModule::kDummyAudio); });
    parts.audio_encoder_factory = webrtc::CreateBuiltinAudioEncoderFactory();
    parts.audio_decoder_factory = webrtc::CreateBuiltinAudioDecoderFactory();
    parts.audio_processing_builder = std::make_unique<webrtc::BuiltinAudioProcessingBuilder>();
    parts.video_encoder_factory = CreateH265EncoderFactory();
    parts.video_decoder_factory = CreateH265DecoderFactory(decoded);
    webrtc::EnableMedia(parts);
    factory_ = webrtc::CreateModularPeerConnectionFactory(std::move(parts));
    CHECK(factory_ != nullptr);
    webrtc::PeerConnectionFactoryInterface::Options options;
    options.network_ignore_mask = 0;  // The loopback interface serves.
    factory_->SetOptions(options);
  }
  webrtc::PeerConnectionFactoryInterface& factory() { return *factory_; }

 private:
  std::unique_ptr<webrtc::Thread> network_ = webrtc::Thread::CreateWithSocketServer();
  std::unique_ptr<webrtc::Thread> worker_ = webrtc::Thread::Create();
  std::unique_ptr<webrtc::Thread> signaling_ = webrtc::Thread::Create();
  scoped_refptr<webrtc::PeerConnectionFactoryInterface> factory_;
};

}  // namespace

extern "C" int SmokeCall() {
  webrtc::InitializeSSL();
  std::atomic<int> decoded{0};
  std::atomic<size_t> logged{0};
  {
    Peer a, b;
    Engine engine(&decoded);
    for (Peer* peer : {&a, &b}) {
      auto made = engine.factory().CreatePeerConnectionOrError({}, webrtc::PeerConnectionDependencies(peer));
      CHECK(made.ok());
      peer->connection = made.MoveValue();
    }
    CHECK(a.connection->StartRtcEventLog(std::make_unique<LogSize>(&logged), 100));
    auto camera = webrtc::make_ref_counted<Camera>();
    CHECK(a.connection->AddTransceiver(engine.factory().CreateVideoTrack(camera, "camera")).ok());
    CHECK(a.connection->AddTransceiver(webrtc::MediaType::AUDIO).ok());
    auto channel = a.connection->CreateDataChannelOrError("smoke", nullptr);
    CHECK(channel.ok());
    a.channel.Attach(channel.MoveValue());

    std::string offer = a.Describe(true);
    CHECK(offer.find("H265/90000") != std::string::npos);
    CHECK(offer.find("opus/48000/2") != std::string::npos);
    b.Accept(webrtc::SdpType::kOffer, offer);
    a.Accept(webrtc::SdpType::kAnswer, b.Describe(false));

    CHECK(Eventually([&] { return a.channel.open(); }));
    a.channel.Send("through DTLS and SCTP");
    CHECK(Await(b.channel.received) == "through DTLS and SCTP");
    CHECK(Eventually([&] {
      camera->Capture();
      return decoded >= 10;
    }));
    a.connection->StopRtcEventLog();
    CHECK(Eventually([&] { return logged > 0; }));
    for (Peer* peer : {&a, &b}) {
      peer->channel.Detach();
      peer->connection->Close();
      peer->connection = nullptr;
    }
  }
  webrtc::CleanupSSL();
  std::printf("call: a message, %d pictures in H265, an event log of %zu bytes\n", decoded.load(), logged.load());
  return 0;
}
