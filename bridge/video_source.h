// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::VideoTrackSourceInterface, fed by the application.

#ifndef NRTC_BRIDGE_VIDEO_SOURCE_H_
#define NRTC_BRIDGE_VIDEO_SOURCE_H_

#include "bridge/base.h"
#include "bridge/factory.h"
#include "bridge/media_stream_track.h"
#include "bridge/video_frame.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted.
typedef struct nrtc_video_source nrtc_video_source;

// What became of a frame or of a block of audio.
enum nrtc_push_status {
  NRTC_PUSH_OK = 0,
  NRTC_PUSH_UNUSED,   // nobody takes media from the source
  NRTC_PUSH_DROPPED,  // left out to keep to the frame rate that is wanted
  NRTC_PUSH_ENDED,    // the source has ended
};

// What the takers of a source want.
typedef struct nrtc_video_source_wants {
  int32_t active;           // somebody takes frames
  int32_t max_pixel_count;  // INT32_MAX: any
  int32_t max_framerate;    // INT32_MAX: any
  int32_t alignment;        // width and height are wanted as multiples of it
} nrtc_video_source_wants;

// wake_key is passed to the wake function when the wants have changed.
nrtc_video_source* nrtc_video_source_new(uint64_t wake_key, int screencast);

// Delivers a frame: cropped, scaled or left out as the wants ask for, or else
// copied once. format is an nrtc_pixel_format; strides are in bytes, at least the
// width of a row; width and height are positive; rotation is 0, 90, 180 or 270;
// timestamp_us is on libwebrtc's clock, 0 for now. Planes are read during the
// call only.
enum nrtc_push_status nrtc_video_source_push(nrtc_video_source* source, int format, int width, int height,
                                             const uint8_t* data0, int stride0, const uint8_t* data1, int stride1,
                                             const uint8_t* data2, int stride2, int rotation, int64_t timestamp_us);

// The same for a buffer of libwebrtc's own, without a copy. Nobody may write to
// it after.
enum nrtc_push_status nrtc_video_source_push_buffer(nrtc_video_source* source, nrtc_video_frame_buffer* buffer,
                                                    int rotation, int64_t timestamp_us);

// Lends an I420 buffer to be written and pushed, from a pool. Describes it in
// frame and returns 1; 0 if too many are in use.
int nrtc_video_source_lend(nrtc_video_source* source, int width, int height, nrtc_video_frame* frame);

void nrtc_video_source_get_wants(nrtc_video_source* source, nrtc_video_source_wants* wants);

nrtc_media_stream_track* nrtc_video_source_create_track(nrtc_video_source* source, nrtc_factory* factory,
                                                        const char* id, size_t size);

// Ends the source, and with it its tracks, for good.
void nrtc_video_source_end(nrtc_video_source* source, nrtc_factory* factory);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_VIDEO_SOURCE_H_
