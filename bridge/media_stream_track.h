// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::MediaStreamTrackInterface.

#ifndef NRTC_BRIDGE_MEDIA_STREAM_TRACK_H_
#define NRTC_BRIDGE_MEDIA_STREAM_TRACK_H_

#include "bridge/base.h"
#include "bridge/event_queue.h"
#include "bridge/factory.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted: libwebrtc's own object, local or remote, whose address is
// its identity.
typedef struct nrtc_media_stream_track nrtc_media_stream_track;

// out: str kind, str id, bool enabled, bool ended, str content hint
size_t nrtc_media_stream_track_info(nrtc_media_stream_track* track, NRTC_OUT);

// A track that is not enabled sends black frames or nothing, and its sinks get
// black frames or silence.
void nrtc_media_stream_track_set_enabled(nrtc_media_stream_track* track, int enabled);

// A hint of the W3C's mst-content-hint. Those for audio have no effect.
void nrtc_media_stream_track_set_content_hint(nrtc_media_stream_track* track, const char* hint, size_t size);

// Makes another track of the same source, with an id of its own.
nrtc_media_stream_track* nrtc_media_stream_track_clone(nrtc_media_stream_track* track, nrtc_factory* factory,
                                                       const char* id, size_t size);

// Reference-counted. Raises on the queue, with the track's address as subject:
//   NRTC_EVENT_TRACK_STATE  bool ended
typedef struct nrtc_track_observer nrtc_track_observer;

nrtc_track_observer* nrtc_track_observer_new(nrtc_media_stream_track* track, nrtc_event_queue* queue);

// Ends the events. Blocks until a callback in flight is over.
void nrtc_track_observer_detach(nrtc_track_observer* observer);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_MEDIA_STREAM_TRACK_H_
