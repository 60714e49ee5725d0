// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::FrameTransformerInterface: encoded frames on their way from an encoder to
// the network or from the network to a decoder.

#ifndef NRTC_BRIDGE_FRAME_TRANSFORMER_H_
#define NRTC_BRIDGE_FRAME_TRANSFORMER_H_

#include "bridge/base.h"
#include "bridge/rtp_receiver.h"
#include "bridge/rtp_sender.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted: a frame that was taken and not passed on yet. It belongs to
// whom it was given to. Dropping it drops the frame.
typedef struct nrtc_encoded_frame nrtc_encoded_frame;

// What is known of a frame. What it points to is valid as long as the frame is not
// passed on or changed.
typedef struct nrtc_encoded_frame_info {
  nrtc_encoded_frame* frame;
  const uint8_t* data;
  size_t size;
  const char* mime_type;  // empty where the revision does not tell
  size_t mime_type_size;
  const char* rid;
  size_t rid_size;
  const uint32_t* csrcs;
  size_t csrc_count;
  const int64_t* dependencies;
  size_t dependency_count;
  int64_t frame_id;
  int64_t receive_time_us;  // on libwebrtc's clock, 0 for frames that are sent
  // Of received frames since 1900 (NTP) on the capturing system's clock; of those that
  // are sent on libwebrtc's clock.
  int64_t capture_time_us;
  int64_t sender_capture_time_offset_us;
  int64_t presentation_time_us;
  uint32_t ssrc;
  uint32_t timestamp;
  uint32_t waiting;  // how many more wait to be taken
  int32_t spatial_index;
  int32_t temporal_index;
  uint16_t width;
  uint16_t height;
  uint16_t sequence_number;
  uint8_t payload_type;
  uint8_t audio_level;
  uint8_t key_frame;
  // Whether the member of this name is known.
  uint8_t has_frame_id;
  uint8_t has_sequence_number;
  uint8_t has_audio_level;
  uint8_t has_capture_time;
  uint8_t has_sender_capture_time_offset;
  uint8_t has_presentation_time;
} nrtc_encoded_frame_info;

// Reference-counted. Passes all frames on until it is activated.
typedef struct nrtc_frame_transformer nrtc_frame_transformer;

// wake_key is passed to the wake function when a frame has come and none was waiting.
nrtc_frame_transformer* nrtc_frame_transformer_new(int video, int sender, uint64_t wake_key);

// Puts the transformer into a sender or receiver of that kind. To be done once for
// each: a second one ends the process in some revisions.
void nrtc_rtp_sender_set_frame_transformer(nrtc_rtp_sender* sender, nrtc_frame_transformer* transformer);
void nrtc_rtp_receiver_set_frame_transformer(nrtc_rtp_receiver* receiver, nrtc_frame_transformer* transformer);

// Keeps the frames that come from now on to be taken, at most capacity: while so
// many wait, those that come are dropped. capacity 0 passes all on again. What
// waits is dropped.
void nrtc_frame_transformer_activate(nrtc_frame_transformer* transformer, size_t capacity);

// How many frames were dropped, because too many waited, since the activation.
uint64_t nrtc_frame_transformer_dropped(nrtc_frame_transformer* transformer);

// Takes the oldest frame and returns 1; or returns 0.
int nrtc_frame_transformer_take(nrtc_frame_transformer* transformer, nrtc_encoded_frame_info* info);

// Passes a frame on, with data in place of its own if replace; frame is the
// transformer's or a clone of one. A frame can be passed on once. Returns 0 if
// there is nobody to take it.
int nrtc_frame_transformer_send(nrtc_frame_transformer* transformer, nrtc_encoded_frame* frame, int replace,
                                const uint8_t* data, size_t size);

// Makes another frame with the same data and properties and returns 1; 0 where the
// revision cannot, or the frame was passed on.
int nrtc_encoded_frame_clone(nrtc_encoded_frame* frame, nrtc_encoded_frame_info* info);

// Sets the RTP timestamp and returns 1; 0 where the revision cannot, or the frame was
// passed on.
int nrtc_encoded_frame_set_timestamp(nrtc_encoded_frame* frame, uint32_t timestamp);

// in: list of rids, none for all
size_t nrtc_rtp_sender_generate_key_frame(nrtc_rtp_sender* sender, NRTC_IN, NRTC_OUT);

// Asks the other peer for a key frame, if the receiver is of video and receives.
void nrtc_rtp_receiver_request_key_frame(nrtc_rtp_receiver* receiver);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_FRAME_TRANSFORMER_H_
