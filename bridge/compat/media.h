// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What the media bodies need beyond compat.h: the parts of libwebrtc outside
// api/ that a source with adaptation stands on, under the newest revision's
// names.

#ifndef NRTC_BRIDGE_COMPAT_MEDIA_H_
#define NRTC_BRIDGE_COMPAT_MEDIA_H_

#include "api/notifier.h"
#include "api/video/i010_buffer.h"
#include "api/video/nv12_buffer.h"
#include "bridge/compat/compat.h"
#include "common_video/include/video_frame_buffer.h"
#include "common_video/include/video_frame_buffer_pool.h"
#include "media/base/video_adapter.h"
#include "media/base/video_broadcaster.h"
#include "rtc_base/time_utils.h"

#if !defined(NRTC_LIBWEBRTC_M150)
namespace webrtc {
using cricket::VideoAdapter;
using rtc::TimeMicros;
using rtc::VideoBroadcaster;
}  // namespace webrtc
#endif

namespace nrtc::compat {

inline webrtc::scoped_refptr<webrtc::VideoTrackInterface> CreateVideoTrack(
    webrtc::PeerConnectionFactoryInterface& factory, webrtc::scoped_refptr<webrtc::VideoTrackSourceInterface> source,
    const std::string& id) {
#if defined(NRTC_LIBWEBRTC_M150)
  return factory.CreateVideoTrack(std::move(source), id);
#else
  return factory.CreateVideoTrack(id, source.get());
#endif
}

inline uint32_t RtpTimestamp(const webrtc::VideoFrame& frame) {
#if defined(NRTC_LIBWEBRTC_M150)
  return frame.rtp_timestamp();
#else
  return frame.timestamp();
#endif
}

// Sets the time that is found again in the encoded frame, where the revision knows one.
inline void SetPresentationTime(webrtc::VideoFrame& frame, int64_t time_us) {
#if defined(NRTC_LIBWEBRTC_M150)
  frame.set_presentation_timestamp(webrtc::Timestamp::Micros(time_us));
#else
  (void)frame, (void)time_us;
#endif
}

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_MEDIA_H_
