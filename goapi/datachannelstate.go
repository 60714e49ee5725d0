// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// DataChannelState is the readyState of a DataChannel.
//
// https://www.w3.org/TR/webrtc/#rtcdatachannelstate-enum
type DataChannelState int

const (
	// DataChannelStateUnknown is the zero value: no value was given.
	DataChannelStateUnknown DataChannelState = iota

	// DataChannelStateConnecting ("connecting") means that the channel is being
	// set up; nothing can be sent yet.
	DataChannelStateConnecting

	// DataChannelStateOpen ("open") means that messages can be sent.
	DataChannelStateOpen

	// DataChannelStateClosing ("closing") means that the channel is shutting
	// down; what was sent before is still delivered.
	DataChannelStateClosing

	// DataChannelStateClosed ("closed") means that the channel is closed, or
	// could not be set up.
	DataChannelStateClosed
)

var dataChannelStateNames = newEnumTable("RTCDataChannelState", DataChannelStateConnecting,
	"connecting",
	"open",
	"closing",
	"closed")

// ParseDataChannelState returns the DataChannelState that the W3C calls s;
// any other text is a TypeError that wraps ErrUnknownType.
func ParseDataChannelState(s string) (DataChannelState, error) { return dataChannelStateNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (s DataChannelState) String() string { return dataChannelStateNames.name(s) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (s DataChannelState) MarshalText() ([]byte, error) { return dataChannelStateNames.marshal(s) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseDataChannelState
// reads.
func (s *DataChannelState) UnmarshalText(text []byte) error {
	return dataChannelStateNames.unmarshal(s, text)
}
