// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// libwebrtc M150. Included by compat.h only.

#ifndef NRTC_BRIDGE_COMPAT_M150_H_
#define NRTC_BRIDGE_COMPAT_M150_H_

#include <optional>

#include "absl/functional/any_invocable.h"
#include "api/audio/audio_device.h"
#include "api/async_dns_resolver.h"
#include "api/audio_codecs/audio_decoder_factory.h"
#include "api/audio_codecs/audio_encoder_factory.h"
#include "api/candidate.h"
#include "api/data_channel_interface.h"
#include "api/dtls_transport_interface.h"
#include "api/dtmf_sender_interface.h"
#include "api/environment/environment.h"
#include "api/environment/environment_factory.h"
#include "api/frame_transformer_interface.h"
#include "api/ice_transport_interface.h"
#include "api/jsep.h"
#include "api/make_ref_counted.h"
#include "api/media_stream_interface.h"
#include "api/media_types.h"
#include "api/peer_connection_interface.h"
#include "api/priority.h"
#include "api/ref_count.h"
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
#include "rtc_base/buffer.h"
#include "rtc_base/copy_on_write_buffer.h"
#include "rtc_base/ip_address.h"
#include "rtc_base/logging.h"
#include "rtc_base/mdns_responder_interface.h"
#include "rtc_base/network.h"
#include "rtc_base/rtc_certificate.h"
#include "rtc_base/rtc_certificate_generator.h"
#include "rtc_base/socket_address.h"
#include "rtc_base/ssl_certificate.h"
#include "rtc_base/ssl_identity.h"
#include "rtc_base/thread.h"

namespace nrtc {
inline constexpr char kLibwebrtcRevision[] = "m150";
namespace compat {
// What a resolver is given to call at its end.
using ResolvedCallback = absl::AnyInvocable<void()>;
template <typename T>
using Optional = std::optional<T>;
using MediaType = webrtc::MediaType;
inline constexpr MediaType kAudio = MediaType::AUDIO;
inline constexpr MediaType kVideo = MediaType::VIDEO;
inline constexpr bool kWorkerIsNetworkThread = true;
// Whether a data channel lives on the network thread, else on the signaling thread.
inline constexpr bool kDataChannelsOnNetworkThread = true;
inline constexpr bool kReportsMaxMessageSize = true;
inline constexpr bool kMustNotCloseWithoutStream = false;
}  // namespace compat
}

#endif  // NRTC_BRIDGE_COMPAT_M150_H_
