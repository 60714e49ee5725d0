// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/compat.h"
#include "bridge/compat/event_log.h"
#include "bridge/compat/field_trials.h"
#include "bridge/compat/networks.h"
#include "bridge/compat/resolvers.h"

#include "api/audio_codecs/builtin_audio_decoder_factory.h"
#include "api/audio_codecs/builtin_audio_encoder_factory.h"
#include "api/create_modular_peer_connection_factory.h"
#include "api/enable_media.h"
#include "api/rtc_event_log/rtc_event_log_factory.h"
#include "rtc_base/ssl_adapter.h"

namespace nrtc::compat {
namespace {

// Makes logs that refuse to start where libwebrtc was compiled without them.
class EventLogFactory : public webrtc::RtcEventLogFactoryInterface {
 public:
  std::unique_ptr<webrtc::RtcEventLog> Create(const webrtc::Environment& env) const override {
    return std::make_unique<LazyEventLog>([env] { return webrtc::RtcEventLogFactory().Create(env); });
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
  deps.env = webrtc::CreateEnvironment(std::make_unique<FactoryFieldTrials>(parts.field_trials));
  deps.event_log_factory = std::make_unique<EventLogFactory>();
  auto networks = std::make_unique<SharedNetworks>(std::move(parts.network_filter), *deps.env, deps.socket_factory);
  auto sockets = std::make_unique<webrtc::BasicPacketSocketFactory>(deps.socket_factory);
  result.add_network_parts = [env = *deps.env, networks = networks.get(), sockets = sockets.get(),
                              make_mdns = std::move(parts.make_mdns)](const auto& config, auto& connection) {
    ConnectionMdns mdns = make_mdns();
    connection.allocator =
        std::make_unique<ConnectionPortAllocator>(env, *networks, *sockets, config, std::move(mdns.responder));
    SetResolvers(connection, *sockets, std::move(mdns.make_resolver));
  };
  deps.network_manager = std::move(networks);
  deps.packet_socket_factory = std::move(sockets);
  deps.adm = parts.worker_thread->BlockingCall(
      [&] { return parts.make_audio_device(deps.env->task_queue_factory()); });
  deps.audio_encoder_factory = CreateAudioEncoderFactory();
  deps.audio_decoder_factory = CreateAudioDecoderFactory();
  deps.video_encoder_factory = std::move(parts.video_encoder_factory);
  deps.video_decoder_factory = std::move(parts.video_decoder_factory);
  webrtc::EnableMedia(deps);
  result.factory = webrtc::CreateModularPeerConnectionFactory(std::move(deps));
  if (result.factory) result.factory->SetOptions(parts.options);
  return result;
}

bool InitializeSSL() {
  return webrtc::InitializeSSL();
}

bool ValidFieldTrials(const std::string& text) {
  return FactoryFieldTrials::Parse(text).has_value();
}

webrtc::scoped_refptr<webrtc::AudioEncoderFactory> CreateAudioEncoderFactory() {
  return webrtc::CreateBuiltinAudioEncoderFactory();
}

webrtc::scoped_refptr<webrtc::AudioDecoderFactory> CreateAudioDecoderFactory() {
  return webrtc::CreateBuiltinAudioDecoderFactory();
}

void SetAlwaysNegotiateDataChannels(webrtc::PeerConnectionInterface::RTCConfiguration& config, bool always) {
  config.always_negotiate_data_channels = always;
}

std::unique_ptr<webrtc::IceCandidate> ParseIceCandidate(const std::string& mid, int mline_index, const std::string& text,
                                                        webrtc::SdpParseError* error) {
  return webrtc::IceCandidate::Create(mid, mline_index, text, error);
}

std::string CandidateText(const webrtc::IceCandidate& candidate) {
  return candidate.ToString();
}

std::unique_ptr<webrtc::SessionDescriptionInterface> ParseSessionDescription(webrtc::SdpType type, const std::string& sdp,
                                                                            webrtc::SdpParseError* error) {
  if (type == webrtc::SdpType::kRollback) return webrtc::CreateRollbackSessionDescription();
  return webrtc::CreateSessionDescription(type, sdp, error);
}

webrtc::Priority DataChannelPriority(const webrtc::DataChannelInterface& channel) {
  for (auto priority : {webrtc::Priority::kVeryLow, webrtc::Priority::kMedium, webrtc::Priority::kHigh}) {
    if (channel.priority() == webrtc::PriorityValue(priority)) return priority;
  }
  return webrtc::Priority::kLow;
}

void SetDataChannelPriority(webrtc::DataChannelInit& init, webrtc::Priority priority) {
  init.priority = webrtc::PriorityValue(priority);
}

}  // namespace nrtc::compat
