// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::AudioTrackSinkInterface.

#ifndef NRTC_BRIDGE_AUDIO_SINK_H_
#define NRTC_BRIDGE_AUDIO_SINK_H_

#include "bridge/base.h"
#include "bridge/media_stream_track.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted. Keeps the newest blocks of a track until they are taken;
// what is older than the newest capacity blocks is dropped.
typedef struct nrtc_audio_sink nrtc_audio_sink;

// The most samples, of all channels together, that a block has.
#define NRTC_AUDIO_BLOCK_MAX_SAMPLES 7680

// 10 ms of audio.
typedef struct nrtc_audio_block {
  int32_t rate;          // samples a second of each channel
  int32_t channels;      // interleaved
  int32_t frames;        // samples of each channel
  uint32_t waiting;      // blocks that wait behind it
  int64_t timestamp_us;  // capture time on libwebrtc's monotonic clock, -1 if not known
} nrtc_audio_block;

// Attaches a sink to a track, which must be audio; NULL if it is not. wake_key is
// passed to the wake function when a block has come and none was waiting.
nrtc_audio_sink* nrtc_audio_sink_new(nrtc_media_stream_track* track, size_t capacity, uint64_t wake_key);

// Copies the oldest block to samples, which has room for
// NRTC_AUDIO_BLOCK_MAX_SAMPLES, and returns 1; or returns 0.
int nrtc_audio_sink_take(nrtc_audio_sink* sink, int16_t* samples, nrtc_audio_block* block);

// How many blocks were dropped so far.
uint64_t nrtc_audio_sink_dropped(nrtc_audio_sink* sink);

// Ends the events and drops what waits. Blocks until a callback in flight is
// over.
void nrtc_audio_sink_detach(nrtc_audio_sink* sink);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_AUDIO_SINK_H_
