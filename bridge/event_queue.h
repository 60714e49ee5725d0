// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The way up: libwebrtc's threads append event records, the owner takes them
// in batches. One queue has one owner (a connection, a media sink, the log).

#ifndef NRTC_BRIDGE_EVENT_QUEUE_H_
#define NRTC_BRIDGE_EVENT_QUEUE_H_

#include "bridge/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nrtc_event_queue nrtc_event_queue;

// What a record tells of. The payload of each is documented where it is
// raised.
enum nrtc_event_kind {
  NRTC_EVENT_COMPLETION = 1,
  NRTC_EVENT_SIGNALING_STATE,
  NRTC_EVENT_ICE_CONNECTION_STATE,
  NRTC_EVENT_CONNECTION_STATE,
  NRTC_EVENT_ICE_GATHERING_STATE,
  NRTC_EVENT_ICE_CANDIDATE,
  NRTC_EVENT_ICE_CANDIDATE_ERROR,
  NRTC_EVENT_SELECTED_CANDIDATE_PAIR,
  NRTC_EVENT_NEGOTIATION_NEEDED,
  NRTC_EVENT_TRACK,
  NRTC_EVENT_TRACK_REMOVED,
  NRTC_EVENT_DATA_CHANNEL,
  NRTC_EVENT_DATA_CHANNEL_STATE,
  NRTC_EVENT_DATA_CHANNEL_MESSAGE,
  NRTC_EVENT_DATA_CHANNEL_BUFFERED_AMOUNT_LOW,
  NRTC_EVENT_TRACK_STATE,
  NRTC_EVENT_DTLS_TRANSPORT_STATE,
  NRTC_EVENT_SCTP_TRANSPORT_STATE,
  NRTC_EVENT_ICE_TRANSPORT_STATE,
  NRTC_EVENT_ICE_TRANSPORT_GATHERING_STATE,
  NRTC_EVENT_LOG,
  NRTC_EVENT_RTC_EVENT_LOG,
  NRTC_EVENT_RTP_RECEIVED,
  NRTC_EVENT_HARDWARE,
  NRTC_EVENT_MDNS_NAME_WANTED,
  NRTC_EVENT_MDNS_ADDRESS_WANTED,
  NRTC_EVENT_MDNS_NOT_WANTED,
  NRTC_EVENT_DESCRIPTIONS,
  NRTC_EVENT_NEGOTIATED,
  NRTC_EVENT_NATIVE_FRAME_RELEASED,
};

// A reference-counted queue. When a record is appended to it, its owner is woken by
// key (wake.h), once until it takes. max_bytes bounds the
// records that a remote peer controls (messages, frames), 0 for no bound.
nrtc_event_queue* nrtc_event_queue_new(uint64_t key, size_t max_bytes);

// Gives each record from now on a stamp, a uint64 after the subject: what was appended
// later, to whichever queue, has a greater one.
void nrtc_event_queue_stamp(nrtc_event_queue* queue);

// Takes all records: *data and *len tell where they lie until the next take or
// the release of the queue; returns how many they are. Each record is a uint32
// size of what follows, a uint32 kind, a uint64 subject (the object it is about,
// as that object's id), then the payload. References to objects inside the
// records pass to the taker. Only one thread may take at a time.
size_t nrtc_event_queue_take(nrtc_event_queue* queue, const uint8_t** data, size_t* len);

// The address of the number of bytes of bounded records that were appended and
// that the application has not seen yet. The owner subtracts from it, atomically,
// what it has shown; valid as long as the queue.
uint64_t* nrtc_event_queue_outstanding(nrtc_event_queue* queue);

// The address of the owner's patience: as long as it is not 0, bounded records wake
// the owner only when many bytes wait, since it looks by itself. It is 0 at first;
// the owner sets it by an atomic operation, and takes once more after it has
// cleared it.
uint32_t* nrtc_event_queue_patience(nrtc_event_queue* queue);

// No record is appended, and none waits, after this.
void nrtc_event_queue_close(nrtc_event_queue* queue);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_EVENT_QUEUE_H_
