// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::VideoSinkInterface<webrtc::VideoFrame>.

#ifndef NRTC_BRIDGE_VIDEO_SINK_H_
#define NRTC_BRIDGE_VIDEO_SINK_H_

#include "bridge/base.h"
#include "bridge/media_stream_track.h"
#include "bridge/video_frame.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted. Keeps the newest frames of a track until they are taken;
// what is older than the newest capacity frames is dropped.
typedef struct nrtc_video_sink nrtc_video_sink;

// Attaches a sink to a track, which must be video; NULL if it is not. wake_key is
// passed to the wake function when a frame has come and none was waiting.
nrtc_video_sink* nrtc_video_sink_new(nrtc_media_stream_track* track, size_t capacity, uint64_t wake_key);

// Takes the oldest frame and returns 1; or returns 0.
int nrtc_video_sink_take(nrtc_video_sink* sink, nrtc_video_frame* frame);

// How many frames were dropped so far.
uint64_t nrtc_video_sink_dropped(nrtc_video_sink* sink);

// Ends the events and drops what waits. Blocks until a callback in flight is
// over.
void nrtc_video_sink_detach(nrtc_video_sink* sink);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_VIDEO_SINK_H_
