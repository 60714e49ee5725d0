// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#if !defined(NRTC_LIBWEBRTC_M150)

#include "revision.h"

#include "api/audio_codecs/builtin_audio_decoder_factory.h"
#include "api/audio_codecs/builtin_audio_encoder_factory.h"
#include "api/call/call_factory_interface.h"
#include "api/rtc_event_log/rtc_event_log_factory.h"
#include "api/task_queue/default_task_queue_factory.h"
#include "api/transport/field_trial_based_config.h"
#include "api/video_codecs/builtin_video_decoder_factory.h"
#include "api/video_codecs/builtin_video_encoder_factory.h"
#include "media/engine/webrtc_media_engine.h"
#include "modules/audio_device/include/audio_device.h"
#include "rtc_base/ssl_adapter.h"

namespace bench {
namespace {

class LoopbackNetworks : public rtc::BasicNetworkManager {
 public:
  using BasicNetworkManager::BasicNetworkManager;
  std::vector<const rtc::Network*> GetNetworks() const override {
    auto networks = BasicNetworkManager::GetNetworks();
    std::erase_if(networks, [](const rtc::Network* n) { return n->GetBestIP().ToString() != "127.0.0.1"; });
    return networks;
  }
};

}  // namespace

bool InitializeSSL() {
  return rtc::InitializeSSL();
}

webrtc::scoped_refptr<webrtc::PeerConnectionFactoryInterface> CreateFactory(webrtc::Thread* network,
                                                                           webrtc::Thread* worker,
                                                                           webrtc::Thread* signaling) {
  webrtc::PeerConnectionFactoryDependencies deps;
  deps.network_thread = network;
  deps.worker_thread = worker;
  deps.signaling_thread = signaling;
  deps.socket_factory = network->socketserver();
  deps.task_queue_factory = webrtc::CreateDefaultTaskQueueFactory();
  deps.call_factory = webrtc::CreateCallFactory();
  deps.event_log_factory = std::make_unique<webrtc::RtcEventLogFactory>(deps.task_queue_factory.get());
  deps.trials = std::make_unique<webrtc::FieldTrialBasedConfig>();
  deps.network_manager = std::make_unique<LoopbackNetworks>(deps.socket_factory);

  cricket::MediaEngineDependencies media;
  media.task_queue_factory = deps.task_queue_factory.get();
  media.adm = worker->BlockingCall([&] {
    return webrtc::AudioDeviceModule::Create(webrtc::AudioDeviceModule::kDummyAudio, deps.task_queue_factory.get());
  });
  media.audio_encoder_factory = webrtc::CreateBuiltinAudioEncoderFactory();
  media.audio_decoder_factory = webrtc::CreateBuiltinAudioDecoderFactory();
  media.video_encoder_factory = webrtc::CreateBuiltinVideoEncoderFactory();
  media.video_decoder_factory = webrtc::CreateBuiltinVideoDecoderFactory();
  media.trials = deps.trials.get();
  deps.media_engine = cricket::CreateMediaEngine(std::move(media));
  return webrtc::CreateModularPeerConnectionFactory(std::move(deps));
}

std::unique_ptr<webrtc::IceCandidate> CopyCandidate(const webrtc::IceCandidate& candidate) {
  return webrtc::CreateIceCandidate(candidate.sdp_mid(), candidate.sdp_mline_index(), candidate.candidate());
}

void SendData(webrtc::DataChannelInterface& channel, const webrtc::DataBuffer& buffer) {
  if (!channel.Send(buffer)) Fail("Send failed");
}

webrtc::scoped_refptr<webrtc::VideoTrackInterface> CreateVideoTrack(
    webrtc::PeerConnectionFactoryInterface& factory, webrtc::scoped_refptr<webrtc::VideoTrackSourceInterface> source) {
  return factory.CreateVideoTrack("video", source.get());
}

}  // namespace bench

#endif
