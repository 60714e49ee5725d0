// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICEConnectionState is the state of all ICE transports of a PeerConnection
// taken together.
//
// https://www.w3.org/TR/webrtc/#rtciceconnectionstate-enum
type ICEConnectionState int

const (
	// ICEConnectionStateUnknown is the zero value: no value was given.
	ICEConnectionStateUnknown ICEConnectionState = iota

	// ICEConnectionStateNew ("new") means that some transport is new and none
	// checks, is disconnected or has failed; or that there is none.
	ICEConnectionStateNew

	// ICEConnectionStateChecking ("checking") means that some transport looks
	// for a pair that works.
	ICEConnectionStateChecking

	// ICEConnectionStateConnected ("connected") means that every transport has
	// a pair that works or is closed, and some may still look for a better one.
	ICEConnectionStateConnected

	// ICEConnectionStateCompleted ("completed") means that every transport has
	// ended its search with a pair that works.
	ICEConnectionStateCompleted

	// ICEConnectionStateDisconnected ("disconnected") means that some transport
	// hears nothing from the other side at present. It may mend by itself.
	ICEConnectionStateDisconnected

	// ICEConnectionStateFailed ("failed") means that some transport found no
	// pair that works. An ICE restart is the way out.
	ICEConnectionStateFailed

	// ICEConnectionStateClosed ("closed") means that the PeerConnection was
	// closed.
	ICEConnectionStateClosed
)

var iceConnectionStateNames = newEnumTable("RTCIceConnectionState", ICEConnectionStateNew,
	"new",
	"checking",
	"connected",
	"completed",
	"disconnected",
	"failed",
	"closed")

// ParseICEConnectionState returns the ICEConnectionState that the W3C calls
// s; any other text is a TypeError that wraps ErrUnknownType.
func ParseICEConnectionState(s string) (ICEConnectionState, error) {
	return iceConnectionStateNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (i ICEConnectionState) String() string { return iceConnectionStateNames.name(i) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (i ICEConnectionState) MarshalText() ([]byte, error) { return iceConnectionStateNames.marshal(i) }

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseICEConnectionState reads.
func (i *ICEConnectionState) UnmarshalText(text []byte) error {
	return iceConnectionStateNames.unmarshal(i, text)
}
