// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// PeerConnectionState is the state of the ICE and DTLS transports of a
// PeerConnection taken together.
//
// https://www.w3.org/TR/webrtc/#rtcpeerconnectionstate-enum
type PeerConnectionState int

const (
	// PeerConnectionStateUnknown is the zero value: no value was given.
	PeerConnectionStateUnknown PeerConnectionState = iota

	// PeerConnectionStateNew ("new") means that nothing has begun.
	PeerConnectionStateNew

	// PeerConnectionStateConnecting ("connecting") means that some transport is
	// being set up.
	PeerConnectionStateConnecting

	// PeerConnectionStateConnected ("connected") means that every transport in
	// use is connected.
	PeerConnectionStateConnected

	// PeerConnectionStateDisconnected ("disconnected") means that some ICE
	// transport is disconnected and none has failed.
	PeerConnectionStateDisconnected

	// PeerConnectionStateFailed ("failed") means that some transport has
	// failed.
	PeerConnectionStateFailed

	// PeerConnectionStateClosed ("closed") means that the PeerConnection was
	// closed.
	PeerConnectionStateClosed
)

var peerConnectionStateNames = newEnumTable("RTCPeerConnectionState", PeerConnectionStateNew,
	"new",
	"connecting",
	"connected",
	"disconnected",
	"failed",
	"closed")

// ParsePeerConnectionState returns the PeerConnectionState that the W3C
// calls s; any other text is a TypeError that wraps ErrUnknownType.
func ParsePeerConnectionState(s string) (PeerConnectionState, error) {
	return peerConnectionStateNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (s PeerConnectionState) String() string { return peerConnectionStateNames.name(s) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (s PeerConnectionState) MarshalText() ([]byte, error) {
	return peerConnectionStateNames.marshal(s)
}

// UnmarshalText implements encoding.TextUnmarshaler as
// ParsePeerConnectionState reads.
func (s *PeerConnectionState) UnmarshalText(text []byte) error {
	return peerConnectionStateNames.unmarshal(s, text)
}
