// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::AudioSourceInterface, fed by the application.

#ifndef NRTC_BRIDGE_AUDIO_SOURCE_H_
#define NRTC_BRIDGE_AUDIO_SOURCE_H_

#include "bridge/base.h"
#include "bridge/factory.h"
#include "bridge/media_stream_track.h"
#include "bridge/video_source.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted.
typedef struct nrtc_audio_source nrtc_audio_source;

nrtc_audio_source* nrtc_audio_source_new(void);

// Delivers 10 ms of audio: frames samples of each of 1 or 2 channels,
// interleaved, at a rate of 8000 to 48000 that is 100 times frames. timestamp_us
// is the time of capture on libwebrtc's clock, 0 for now.
enum nrtc_push_status nrtc_audio_source_push(nrtc_audio_source* source, const int16_t* samples, int rate,
                                             size_t channels, size_t frames, int64_t timestamp_us);

nrtc_media_stream_track* nrtc_audio_source_create_track(nrtc_audio_source* source, nrtc_factory* factory,
                                                        const char* id, size_t size);

// Ends the source, and with it its tracks, for good.
void nrtc_audio_source_end(nrtc_audio_source* source, nrtc_factory* factory);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_AUDIO_SOURCE_H_
