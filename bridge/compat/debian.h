// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The revision that Debian 12 packages as libtgowt-dev (January 2023, M109).
// Included by compat.h only: it gives the names of the newest revision to what
// this one keeps in namespaces rtc and cricket.

#ifndef NRTC_BRIDGE_COMPAT_DEBIAN_H_
#define NRTC_BRIDGE_COMPAT_DEBIAN_H_

#include "absl/types/optional.h"
#include "api/async_dns_resolver.h"
#include "api/audio_codecs/audio_decoder_factory.h"
#include "api/audio_codecs/audio_encoder_factory.h"
#include "api/candidate.h"
#include "api/data_channel_interface.h"
#include "api/dtls_transport_interface.h"
#include "api/dtmf_sender_interface.h"
#include "api/frame_transformer_interface.h"
#include "api/ice_transport_interface.h"
#include "api/jsep.h"
#include "api/make_ref_counted.h"
#include "api/media_stream_interface.h"
#include "api/media_types.h"
#include "api/peer_connection_interface.h"
#include "api/priority.h"
#include "api/rtc_error.h"
#include "api/rtp_parameters.h"
#include "api/rtp_receiver_interface.h"
#include "api/rtp_sender_interface.h"
#include "api/rtp_transceiver_interface.h"
#include "api/scoped_refptr.h"
#include "api/sctp_transport_interface.h"
#include "api/set_local_description_observer_interface.h"
#include "api/set_remote_description_observer_interface.h"
#include "api/stats/rtc_stats_collector_callback.h"
#include "api/stats/rtc_stats_report.h"
#include "api/task_queue/task_queue_factory.h"
#include "api/video/i420_buffer.h"
#include "api/video/video_frame.h"
#include "api/video/video_sink_interface.h"
#include "api/video/video_source_interface.h"
#include "api/video_codecs/video_decoder_factory.h"
#include "api/video_codecs/video_encoder_factory.h"
#include "modules/audio_device/include/audio_device.h"
#include "rtc_base/buffer.h"
#include "rtc_base/copy_on_write_buffer.h"
#include "rtc_base/ip_address.h"
#include "rtc_base/logging.h"
#include "rtc_base/mdns_responder_interface.h"
#include "rtc_base/network.h"
#include "rtc_base/ref_count.h"
#include "rtc_base/rtc_certificate.h"
#include "rtc_base/rtc_certificate_generator.h"
#include "rtc_base/socket_address.h"
#include "rtc_base/ssl_certificate.h"
#include "rtc_base/ssl_identity.h"
#include "rtc_base/thread.h"

namespace webrtc {
using cricket::Candidate;
using cricket::IceTransportInternal;
using rtc::BasicNetworkManager;
using rtc::Buffer;
using rtc::CopyOnWriteBuffer;
using rtc::IPAddress;
using rtc::IPFromString;
using rtc::IPIsAny;
using rtc::KeyParams;
using rtc::LogLineRef;
using rtc::LogSink;
using rtc::LoggingSeverity;
using rtc::LogMessage;
using rtc::LS_ERROR;
using rtc::LS_INFO;
using rtc::LS_NONE;
using rtc::LS_VERBOSE;
using rtc::LS_WARNING;
using rtc::make_ref_counted;
using rtc::Network;
using rtc::RefCountInterface;
using rtc::RTCCertificate;
using rtc::RTCCertificateGenerator;
using rtc::RTCCertificatePEM;
using rtc::scoped_refptr;
using rtc::SocketAddress;
using rtc::SSLCertChain;
using rtc::SSLCertificate;
using rtc::SSLFingerprint;
using rtc::SSLIdentity;
using rtc::Thread;
using rtc::VideoSinkInterface;
using rtc::VideoSinkWants;
using rtc::VideoSourceInterface;
using IceCandidate = IceCandidateInterface;
}  // namespace webrtc

namespace nrtc {
inline constexpr char kLibwebrtcRevision[] = "debian";
namespace compat {
// What a resolver is given to call at its end.
using ResolvedCallback = std::function<void()>;
template <typename T>
using Optional = absl::optional<T>;
// This revision has a webrtc::MediaType too, but its API takes cricket's.
using MediaType = cricket::MediaType;
inline constexpr MediaType kAudio = cricket::MEDIA_TYPE_AUDIO;
inline constexpr MediaType kVideo = cricket::MEDIA_TYPE_VIDEO;
// Whether the network thread does the worker's tasks too. The newer revision hands
// received packets from the one to the other by tasks of their own, so a packet of a
// stream that a negotiation is making anew passes it by and is taken for one of a
// stream that nobody signaled: the track is left without pictures. Browsers have one
// thread for both.
inline constexpr bool kWorkerIsNetworkThread = false;
// Whether a data channel lives on the network thread, else on the signaling thread.
inline constexpr bool kDataChannelsOnNetworkThread = false;
// Whether DataChannelObserver::OnMaxMessageSize is ever called.
inline constexpr bool kReportsMaxMessageSize = false;
// Whether closing a data channel that has no stream yet ends the process, by a
// check of the library, when it is given one.
inline constexpr bool kMustNotCloseWithoutStream = true;
}  // namespace compat
}

#endif  // NRTC_BRIDGE_COMPAT_DEBIAN_H_
