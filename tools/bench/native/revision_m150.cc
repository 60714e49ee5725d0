// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#if defined(NRTC_LIBWEBRTC_M150)

#include "revision.h"

#include "api/audio/audio_device.h"
#include "api/audio/create_audio_device_module.h"
#include "api/audio_codecs/builtin_audio_decoder_factory.h"
#include "api/audio_codecs/builtin_audio_encoder_factory.h"
#include "api/create_modular_peer_connection_factory.h"
#include "api/enable_media.h"
#include "api/environment/environment_factory.h"
#include "api/rtc_event_log/rtc_event_log_factory.h"
#include "api/video_codecs/builtin_video_decoder_factory.h"
#include "api/video_codecs/builtin_video_encoder_factory.h"
#include "rtc_base/ssl_adapter.h"

namespace bench {
namespace {

class LoopbackNetworks : public webrtc::BasicNetworkManager {
 public:
  using BasicNetworkManager::BasicNetworkManager;
  std::vector<const webrtc::Network*> GetNetworks() const override {
    auto networks = BasicNetworkManager::GetNetworks();
    std::erase_if(networks, [](const webrtc::Network* n) { return n->GetBestIP().ToString() != "127.0.0.1"; });
    return networks;
  }
};

}  // namespace

bool InitializeSSL() {
  return webrtc::InitializeSSL();
}

webrtc::scoped_refptr<webrtc::PeerConnectionFactoryInterface> CreateFactory(webrtc::Thread* network,
                                                                           webrtc::Thread* worker,
                                                                           webrtc::Thread* signaling) {
  webrtc::PeerConnectionFactoryDependencies deps;
  deps.network_thread = network;
  deps.worker_thread = worker;
  deps.signaling_thread = signaling;
  deps.socket_factory = network->socketserver();
  deps.env = webrtc::CreateEnvironment();
  deps.event_log_factory = std::make_unique<webrtc::RtcEventLogFactory>();
  deps.network_manager = std::make_unique<LoopbackNetworks>(*deps.env, deps.socket_factory);
  deps.adm = worker->BlockingCall(
      [&] { return webrtc::CreateAudioDeviceModule(*deps.env, webrtc::AudioDeviceModule::kDummyAudio); });
  deps.audio_encoder_factory = webrtc::CreateBuiltinAudioEncoderFactory();
  deps.audio_decoder_factory = webrtc::CreateBuiltinAudioDecoderFactory();
  deps.video_encoder_factory = webrtc::CreateBuiltinVideoEncoderFactory();
  deps.video_decoder_factory = webrtc::CreateBuiltinVideoDecoderFactory();
  webrtc::EnableMedia(deps);
  return webrtc::CreateModularPeerConnectionFactory(std::move(deps));
}

std::unique_ptr<webrtc::IceCandidate> CopyCandidate(const webrtc::IceCandidate& candidate) {
  return webrtc::IceCandidate::Create(candidate.sdp_mid(), candidate.sdp_mline_index(), candidate.ToString(), nullptr);
}

void SendData(webrtc::DataChannelInterface& channel, const webrtc::DataBuffer& buffer) {
  channel.SendAsync(buffer, [](webrtc::RTCError error) {
    if (!error.ok()) Fail(std::string("SendAsync: ") + error.message());
  });
}

webrtc::scoped_refptr<webrtc::VideoTrackInterface> CreateVideoTrack(
    webrtc::PeerConnectionFactoryInterface& factory, webrtc::scoped_refptr<webrtc::VideoTrackSourceInterface> source) {
  return factory.CreateVideoTrack(source, "video");
}

}  // namespace bench

#endif
