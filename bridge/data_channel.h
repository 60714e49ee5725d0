// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::DataChannelInterface.

#ifndef NRTC_BRIDGE_DATA_CHANNEL_H_
#define NRTC_BRIDGE_DATA_CHANNEL_H_

#include "bridge/base.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted. Its events go to the queue of its connection, with the
// channel's own address as their subject:
//   NRTC_EVENT_DATA_CHANNEL_STATE                str state, i32 id or -1, i64 greatest message that may be
//                                                sent (0: not known), bool closed by an error, error
//   NRTC_EVENT_DATA_CHANNEL_MESSAGE              bool binary, str data (counted against the queue's bound)
//   NRTC_EVENT_DATA_CHANNEL_BUFFERED_AMOUNT_LOW  bool the low threshold was reached, and not the drain mark alone
typedef struct nrtc_data_channel nrtc_data_channel;

enum nrtc_send_status {
  NRTC_SEND_OK = 0,
  NRTC_SEND_NOT_OPEN,
  NRTC_SEND_TOO_LARGE,
  NRTC_SEND_BUFFER_FULL,
};

// Queues a message; data is copied. Never blocks.
enum nrtc_send_status nrtc_data_channel_send(nrtc_data_channel* channel, const uint8_t* data, size_t size, int binary);

// The address of the number of bytes queued and not yet sent, to be read
// atomically; valid as long as the channel.
const uint64_t* nrtc_data_channel_buffered_amount(nrtc_data_channel* channel);

// Sets the amount at or below which BUFFERED_AMOUNT_LOW is raised.
void nrtc_data_channel_set_low_threshold(nrtc_data_channel* channel, uint64_t bytes);

// The same for an amount of the owner's own, whatever the application's threshold is;
// there is none at first.
void nrtc_data_channel_set_drain_mark(nrtc_data_channel* channel, uint64_t bytes);

// out: i32 id or -1
size_t nrtc_data_channel_id(nrtc_data_channel* channel, NRTC_OUT);

// Begins the closing handshake.
void nrtc_data_channel_close(nrtc_data_channel* channel);

// Begins the events of a channel that nrtc_peer_connection_create_data_channel has
// made: its owner must know it before the first comes.
void nrtc_data_channel_attach(nrtc_data_channel* channel);

// Ends the events of this channel. Blocks until a callback in flight is over.
void nrtc_data_channel_detach(nrtc_data_channel* channel);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_DATA_CHANNEL_H_
