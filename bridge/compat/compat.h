// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The one place that knows which revision of libwebrtc is compiled against.
// After this include the rest of the bridge is written for the newest revision:
// everything is in namespace webrtc, and what has no common spelling is a
// function or type of namespace nrtc::compat, declared here and defined once for
// each revision.

#ifndef NRTC_BRIDGE_COMPAT_COMPAT_H_
#define NRTC_BRIDGE_COMPAT_COMPAT_H_

#if defined(NRTC_LIBWEBRTC_M150)
#include "bridge/compat/m150.h"
#else
#include "bridge/compat/debian.h"
#endif

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nrtc::compat {

// A flag of our own among those of RTCConfiguration's port_allocator_config, which
// has no other room: listen for TCP connections.
constexpr uint32_t kListenForTcp = 1u << 31;

// What a connection has for names of multicast DNS.
struct ConnectionMdns {
  // Used and destroyed on the network thread. nullptr: the addresses of this host
  // are not hidden.
  std::unique_ptr<webrtc::MdnsResponderInterface> responder;
  // Makes the resolver of one name, on the network thread, from the system's. Empty:
  // the system's serve.
  std::function<std::unique_ptr<webrtc::AsyncDnsResolverInterface>(
      std::unique_ptr<webrtc::AsyncDnsResolverInterface> system)>
      make_resolver;
};

// What a factory is made of, in terms that both revisions know.
struct FactoryParts {
  webrtc::Thread* network_thread = nullptr;
  webrtc::Thread* worker_thread = nullptr;
  webrtc::Thread* signaling_thread = nullptr;
  std::string field_trials;
  // Makes the audio device; called on the worker thread.
  std::function<webrtc::scoped_refptr<webrtc::AudioDeviceModule>(webrtc::TaskQueueFactory&)> make_audio_device;
  // Tells whether a network may be used; called on the network thread.
  std::function<bool(const webrtc::Network&)> network_filter;
  // Called on the signaling thread for each connection.
  std::function<ConnectionMdns()> make_mdns;
  std::unique_ptr<webrtc::VideoEncoderFactory> video_encoder_factory;
  std::unique_ptr<webrtc::VideoDecoderFactory> video_decoder_factory;
  webrtc::PeerConnectionFactoryInterface::Options options;
};

// What a factory is.
struct NativeFactory {
  // nullptr if libwebrtc refuses.
  webrtc::scoped_refptr<webrtc::PeerConnectionFactoryInterface> factory;
  // Gives a connection that the factory is about to make a port allocator that is
  // told of the networks apart from the other connections', and what make_mdns has
  // made. On the signaling thread; not to be called once the factory is released.
  std::function<void(const webrtc::PeerConnectionInterface::RTCConfiguration&, webrtc::PeerConnectionDependencies&)>
      add_network_parts;
};

// Once per process, before the first factory.
bool InitializeSSL();

NativeFactory CreatePeerConnectionFactory(FactoryParts parts);

// Whether text is a well-formed field trial string ("Name/Group/Name/Group/").
// libwebrtc aborts the process on a malformed one.
bool ValidFieldTrials(const std::string& text);

// Audio codecs in Chromium's order: Opus first, RED, G722, PCMU, PCMA, CN,
// telephone-event; no ISAC and no iLBC.
webrtc::scoped_refptr<webrtc::AudioEncoderFactory> CreateAudioEncoderFactory();
webrtc::scoped_refptr<webrtc::AudioDecoderFactory> CreateAudioDecoderFactory();

// RTCConfiguration.alwaysNegotiateDataChannels. Without effect in a revision that
// does not know it.
void SetAlwaysNegotiateDataChannels(webrtc::PeerConnectionInterface::RTCConfiguration& config, bool always);

// nullptr and a message when text is not a candidate-attribute.
std::unique_ptr<webrtc::IceCandidate> ParseIceCandidate(const std::string& mid, int mline_index, const std::string& text,
                                                        webrtc::SdpParseError* error);
std::string CandidateText(const webrtc::IceCandidate& candidate);

// A rollback carries no description; the others are parsed.
std::unique_ptr<webrtc::SessionDescriptionInterface> ParseSessionDescription(webrtc::SdpType type, const std::string& sdp,
                                                                            webrtc::SdpParseError* error);

// A channel's priority; low for one that has no name.
webrtc::Priority DataChannelPriority(const webrtc::DataChannelInterface& channel);
void SetDataChannelPriority(webrtc::DataChannelInit& init, webrtc::Priority priority);

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_COMPAT_H_
