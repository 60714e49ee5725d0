// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// PeerConnectionStats are those of the PeerConnection itself.
//
// https://www.w3.org/TR/webrtc-stats/#pcstats-dict*
type PeerConnectionStats struct {
	StatsBase

	// DataChannelsOpened is the number of data channels that were ever open.
	DataChannelsOpened *uint32 `json:"dataChannelsOpened,omitempty"`

	// DataChannelsClosed is the number of those that closed since.
	DataChannelsClosed *uint32 `json:"dataChannelsClosed,omitempty"`
}

// DataChannelStats are those of a data channel.
//
// https://www.w3.org/TR/webrtc-stats/#dcstats-dict*
type DataChannelStats struct {
	StatsBase

	// Label is the label.
	Label *string `json:"label,omitempty"`

	// Protocol is the protocol.
	Protocol *string `json:"protocol,omitempty"`

	// DataChannelIdentifier is the id.
	DataChannelIdentifier *uint16 `json:"dataChannelIdentifier,omitempty"`

	// State is the readyState.
	State DataChannelState `json:"state,omitempty"`

	// MessagesSent is the number of messages sent.
	MessagesSent *uint32 `json:"messagesSent,omitempty"`

	// BytesSent is the number of bytes of payload sent.
	BytesSent *uint64 `json:"bytesSent,omitempty"`

	// MessagesReceived is the number of messages received.
	MessagesReceived *uint32 `json:"messagesReceived,omitempty"`

	// BytesReceived is the number of bytes of payload received.
	BytesReceived *uint64 `json:"bytesReceived,omitempty"`
}
