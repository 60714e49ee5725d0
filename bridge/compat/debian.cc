// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/compat.h"
#include "bridge/compat/event_log.h"
#include "bridge/compat/field_trials.h"
#include "bridge/compat/networks.h"
#include "bridge/compat/resolvers.h"

#include "api/audio_codecs/audio_decoder_factory_template.h"
#include "api/audio_codecs/audio_encoder_factory_template.h"
#include "api/audio_codecs/g711/audio_decoder_g711.h"
#include "api/audio_codecs/g711/audio_encoder_g711.h"
#include "api/audio_codecs/g722/audio_decoder_g722.h"
#include "api/audio_codecs/g722/audio_encoder_g722.h"
#include "api/audio_codecs/opus/audio_decoder_multi_channel_opus.h"
#include "api/audio_codecs/opus/audio_decoder_opus.h"
#include "api/audio_codecs/opus/audio_encoder_multi_channel_opus.h"
#include "api/audio_codecs/opus/audio_encoder_opus.h"
#include "api/call/call_factory_interface.h"
#include "api/jsep_session_description.h"
#include "api/rtc_event_log/rtc_event_log_factory_interface.h"
#include "api/task_queue/default_task_queue_factory.h"
#include "logging/rtc_event_log/rtc_event_log_impl.h"
#include "media/engine/webrtc_media_engine.h"
#include "pc/session_description.h"
#include "rtc_base/ssl_adapter.h"
#include "rtc_base/weak_ptr.h"

namespace nrtc::compat {
namespace {

// Has a linker that finds the bridge in an archive take weak_ptr_debian.cc from
// there, before it comes to the library.
[[maybe_unused]] const rtc::internal::WeakReferenceOwner g_own_weak_ptr;

// webrtc::RtcEventLogFactory of this build makes logs that refuse to start, though
// the real one is there.
class EventLogFactory : public webrtc::RtcEventLogFactoryInterface {
 public:
  explicit EventLogFactory(webrtc::TaskQueueFactory& task_queues) : task_queues_(task_queues) {}
  std::unique_ptr<webrtc::RtcEventLog> Create(webrtc::RtcEventLog::EncodingType encoding) const override {
    return std::make_unique<LazyEventLog>(
        [encoding, &queues = task_queues_] { return std::make_unique<webrtc::RtcEventLogImpl>(encoding, &queues); });
  }
  std::unique_ptr<webrtc::RtcEventLog> CreateRtcEventLog(webrtc::RtcEventLog::EncodingType encoding) override {
    return Create(encoding);
  }

 private:
  webrtc::TaskQueueFactory& task_queues_;
};

// Multi-channel Opus is an extension that is decoded and encoded on request but
// not offered, as in the factories of newer revisions.
template <typename T>
struct NotAdvertised {
  using Config = typename T::Config;
  static absl::optional<Config> SdpToConfig(const webrtc::SdpAudioFormat& format) { return T::SdpToConfig(format); }
  template <typename Specs>
  static void AppendSupportedEncoders(Specs*) {}
  template <typename Specs>
  static void AppendSupportedDecoders(Specs*) {}
  static webrtc::AudioCodecInfo QueryAudioEncoder(const Config& config) { return T::QueryAudioEncoder(config); }
  template <typename... Args>
  static auto MakeAudioEncoder(Args&&... args) {
    return T::MakeAudioEncoder(std::forward<Args>(args)...);
  }
  template <typename... Args>
  static auto MakeAudioDecoder(Args&&... args) {
    return T::MakeAudioDecoder(std::forward<Args>(args)...);
  }
};

}  // namespace

NativeFactory CreatePeerConnectionFactory(FactoryParts parts) {
  NativeFactory result;
  webrtc::PeerConnectionFactoryDependencies deps;
  deps.network_thread = parts.network_thread;
  deps.worker_thread = parts.worker_thread;
  deps.signaling_thread = parts.signaling_thread;
  deps.socket_factory = parts.network_thread->socketserver();
  deps.task_queue_factory = webrtc::CreateDefaultTaskQueueFactory();
  deps.call_factory = webrtc::CreateCallFactory();
  deps.event_log_factory = std::make_unique<EventLogFactory>(*deps.task_queue_factory);
  auto trials = FactoryFieldTrials::Parse(parts.field_trials).value_or(FactoryFieldTrials::Groups());
  // Spares two threads per connection, as newer revisions do by themselves.
  trials.emplace("WebRTC-SendPacketsOnWorkerThread", "Enabled");
  deps.trials = std::make_unique<FactoryFieldTrials>(std::move(trials));
  auto networks = std::make_unique<SharedNetworks>(std::move(parts.network_filter), deps.socket_factory);
  auto sockets = std::make_unique<webrtc::BasicPacketSocketFactory>(deps.socket_factory);
  result.add_network_parts = [trials = deps.trials.get(), networks = networks.get(), sockets = sockets.get(),
                              make_mdns = std::move(parts.make_mdns)](const auto& config, auto& connection) {
    ConnectionMdns mdns = make_mdns();
    connection.allocator =
        std::make_unique<ConnectionPortAllocator>(*trials, *networks, *sockets, config, std::move(mdns.responder));
    SetResolvers(connection, *sockets, std::move(mdns.make_resolver));
  };
  deps.network_manager = std::move(networks);
  deps.packet_socket_factory = std::move(sockets);

  cricket::MediaEngineDependencies media;
  media.task_queue_factory = deps.task_queue_factory.get();
  media.adm =
      parts.worker_thread->BlockingCall([&] { return parts.make_audio_device(*deps.task_queue_factory); });
  media.audio_encoder_factory = CreateAudioEncoderFactory();
  media.audio_decoder_factory = CreateAudioDecoderFactory();
  media.video_encoder_factory = std::move(parts.video_encoder_factory);
  media.video_decoder_factory = std::move(parts.video_decoder_factory);
  media.trials = deps.trials.get();
  deps.media_engine = cricket::CreateMediaEngine(std::move(media));
  result.factory = webrtc::CreateModularPeerConnectionFactory(std::move(deps));
  if (result.factory) result.factory->SetOptions(parts.options);
  return result;
}

bool InitializeSSL() {
  return rtc::InitializeSSL();
}

bool ValidFieldTrials(const std::string& text) {
  return FactoryFieldTrials::Parse(text).has_value();
}

webrtc::scoped_refptr<webrtc::AudioEncoderFactory> CreateAudioEncoderFactory() {
  return webrtc::CreateAudioEncoderFactory<webrtc::AudioEncoderOpus, NotAdvertised<webrtc::AudioEncoderMultiChannelOpus>,
                                           webrtc::AudioEncoderG722, webrtc::AudioEncoderG711>();
}

webrtc::scoped_refptr<webrtc::AudioDecoderFactory> CreateAudioDecoderFactory() {
  return webrtc::CreateAudioDecoderFactory<webrtc::AudioDecoderOpus, NotAdvertised<webrtc::AudioDecoderMultiChannelOpus>,
                                           webrtc::AudioDecoderG722, webrtc::AudioDecoderG711>();
}

void SetAlwaysNegotiateDataChannels(webrtc::PeerConnectionInterface::RTCConfiguration&, bool) {}

std::unique_ptr<webrtc::IceCandidate> ParseIceCandidate(const std::string& mid, int mline_index, const std::string& text,
                                                        webrtc::SdpParseError* error) {
  return std::unique_ptr<webrtc::IceCandidate>(webrtc::CreateIceCandidate(mid, mline_index, text, error));
}

std::string CandidateText(const webrtc::IceCandidate& candidate) {
  std::string text;
  candidate.ToString(&text);
  return text;
}

std::unique_ptr<webrtc::SessionDescriptionInterface> ParseSessionDescription(webrtc::SdpType type, const std::string& sdp,
                                                                            webrtc::SdpParseError* error) {
  if (type == webrtc::SdpType::kRollback)
    return std::make_unique<webrtc::JsepSessionDescription>(webrtc::SdpType::kRollback);
  auto description = webrtc::CreateSessionDescription(type, sdp, error);
  if (!description) return nullptr;
  return description;
}

webrtc::Priority DataChannelPriority(const webrtc::DataChannelInterface& channel) {
  return channel.priority();
}

void SetDataChannelPriority(webrtc::DataChannelInit& init, webrtc::Priority priority) {
  init.priority = priority;
}

}  // namespace nrtc::compat
