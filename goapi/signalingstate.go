// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// SignalingState is the state of the offer/answer exchange of a
// PeerConnection.
//
// https://www.w3.org/TR/webrtc/#rtcsignalingstate-enum
type SignalingState int

const (
	// SignalingStateUnknown is the zero value: no value was given.
	SignalingStateUnknown SignalingState = iota

	// SignalingStateStable ("stable") means that no exchange is under way.
	SignalingStateStable

	// SignalingStateHaveLocalOffer ("have-local-offer") means that a local
	// offer was applied and awaits its answer.
	SignalingStateHaveLocalOffer

	// SignalingStateHaveRemoteOffer ("have-remote-offer") means that a remote
	// offer was applied and awaits the local answer.
	SignalingStateHaveRemoteOffer

	// SignalingStateHaveLocalPranswer ("have-local-pranswer") means that a
	// remote offer has a local provisional answer.
	SignalingStateHaveLocalPranswer

	// SignalingStateHaveRemotePranswer ("have-remote-pranswer") means that a
	// local offer has a remote provisional answer.
	SignalingStateHaveRemotePranswer

	// SignalingStateClosed ("closed") means that the PeerConnection was closed.
	SignalingStateClosed
)

var signalingStateNames = newEnumTable("RTCSignalingState", SignalingStateStable,
	"stable",
	"have-local-offer",
	"have-remote-offer",
	"have-local-pranswer",
	"have-remote-pranswer",
	"closed")

// ParseSignalingState returns the SignalingState that the W3C calls s; any
// other text is a TypeError that wraps ErrUnknownType.
func ParseSignalingState(s string) (SignalingState, error) { return signalingStateNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (s SignalingState) String() string { return signalingStateNames.name(s) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (s SignalingState) MarshalText() ([]byte, error) { return signalingStateNames.marshal(s) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseSignalingState
// reads.
func (s *SignalingState) UnmarshalText(text []byte) error {
	return signalingStateNames.unmarshal(s, text)
}
