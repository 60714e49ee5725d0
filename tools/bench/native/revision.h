// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The two revisions of libwebrtc that the program compiles against. After this
// include everything is in namespace webrtc; what has no common spelling is
// declared here and defined in revision_m150.cc and revision_debian.cc.

#ifndef NATIVE_REVISION_H_
#define NATIVE_REVISION_H_

#include <memory>
#include <string>
#include <vector>

#include "api/data_channel_interface.h"
#include "api/jsep.h"
#include "api/make_ref_counted.h"
#include "api/media_stream_interface.h"
#include "api/peer_connection_interface.h"
#include "api/scoped_refptr.h"
#include "api/set_local_description_observer_interface.h"
#include "api/set_remote_description_observer_interface.h"
#include "api/video/i420_buffer.h"
#include "api/video/video_frame.h"
#include "api/video/video_sink_interface.h"
#include "media/base/video_broadcaster.h"
#include "pc/video_track_source.h"
#include "rtc_base/copy_on_write_buffer.h"
#include "rtc_base/logging.h"
#include "rtc_base/network.h"
#include "rtc_base/thread.h"

#if defined(NRTC_LIBWEBRTC_M150)
namespace bench {
inline constexpr webrtc::MediaType kVideo = webrtc::MediaType::VIDEO;
}
#else
namespace webrtc {
using rtc::CopyOnWriteBuffer;
using rtc::LogMessage;
using rtc::LS_NONE;
using rtc::make_ref_counted;
using rtc::Network;
using rtc::scoped_refptr;
using rtc::Thread;
using rtc::VideoBroadcaster;
using rtc::VideoSinkInterface;
using rtc::VideoSinkWants;
using rtc::VideoSourceInterface;
using IceCandidate = IceCandidateInterface;
}  // namespace webrtc
namespace bench {
inline constexpr cricket::MediaType kVideo = cricket::MEDIA_TYPE_VIDEO;
}
#endif

namespace bench {

bool InitializeSSL();

// A factory with all software codecs and no audio device, whose connections use
// the address 127.0.0.1 alone.
webrtc::scoped_refptr<webrtc::PeerConnectionFactoryInterface> CreateFactory(webrtc::Thread* network,
                                                                           webrtc::Thread* worker,
                                                                           webrtc::Thread* signaling);

std::unique_ptr<webrtc::IceCandidate> CopyCandidate(const webrtc::IceCandidate& candidate);

// Sends as an application over this revision would: through the call that does
// not block, where there is one.
void SendData(webrtc::DataChannelInterface& channel, const webrtc::DataBuffer& buffer);

webrtc::scoped_refptr<webrtc::VideoTrackInterface> CreateVideoTrack(
    webrtc::PeerConnectionFactoryInterface& factory, webrtc::scoped_refptr<webrtc::VideoTrackSourceInterface> source);

// Ends the program with a message.
[[noreturn]] void Fail(const std::string& what);

}  // namespace bench

#endif  // NATIVE_REVISION_H_
