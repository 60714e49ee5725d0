// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// DataChannelEvent is datachannel as the W3C's event.
//
// https://www.w3.org/TR/webrtc/#rtcdatachannelevent
type DataChannelEvent struct {
	// Channel is the channel that the other peer has made.
	Channel *DataChannel
}

// OnDataChannel sets the handler of datachannel: the other peer has made a
// channel. Handlers that it sets on the channel miss nothing. nil removes it.
//
// https://www.w3.org/TR/webrtc/#event-datachannel
func (pc *PeerConnection) OnDataChannel(f func(*DataChannel)) {
	setHandler(pc, &pc.handlers.dataChannel, f)
}

// OnDataChannelEvent sets the handler of datachannel as the W3C's event. nil
// removes it. OnDataChannel is the short form; both may be set.
//
// https://www.w3.org/TR/webrtc/#event-datachannel
func (pc *PeerConnection) OnDataChannelEvent(f func(DataChannelEvent)) {
	setHandler(pc, &pc.handlers.dataChannelEvent, f)
}

func (pc *PeerConnection) fireDataChannel(c *DataChannel) {
	if f := handler(pc, &pc.handlers.dataChannel); f != nil && !pc.closed.Load() {
		f(c)
	}
	if f := handler(pc, &pc.handlers.dataChannelEvent); f != nil && !pc.closed.Load() {
		f(DataChannelEvent{Channel: c})
	}
}
