// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICETransportState is the state of one ICE transport.
//
// https://www.w3.org/TR/webrtc/#rtcicetransportstate
type ICETransportState int

const (
	// ICETransportStateUnknown is the zero value: no value was given.
	ICETransportStateUnknown ICETransportState = iota

	// ICETransportStateNew ("new") means that the transport gathers, or waits
	// for remote candidates, and has checked nothing yet.
	ICETransportStateNew

	// ICETransportStateChecking ("checking") means that candidate pairs are
	// being checked and none works yet.
	ICETransportStateChecking

	// ICETransportStateConnected ("connected") means that a pair works, while
	// checks of others may go on.
	ICETransportStateConnected

	// ICETransportStateCompleted ("completed") means that a pair works and the
	// search is over.
	ICETransportStateCompleted

	// ICETransportStateFailed ("failed") means that the search is over and no
	// pair works.
	ICETransportStateFailed

	// ICETransportStateDisconnected ("disconnected") means that the other side
	// is not heard at present.
	ICETransportStateDisconnected

	// ICETransportStateClosed ("closed") means that the transport was shut down
	// and answers no more.
	ICETransportStateClosed
)

var iceTransportStateNames = newEnumTable("RTCIceTransportState", ICETransportStateNew,
	"new",
	"checking",
	"connected",
	"completed",
	"failed",
	"disconnected",
	"closed")

// ParseICETransportState returns the ICETransportState that the W3C calls s;
// any other text is a TypeError that wraps ErrUnknownType.
func ParseICETransportState(s string) (ICETransportState, error) {
	return iceTransportStateNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (i ICETransportState) String() string { return iceTransportStateNames.name(i) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (i ICETransportState) MarshalText() ([]byte, error) { return iceTransportStateNames.marshal(i) }

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseICETransportState reads.
func (i *ICETransportState) UnmarshalText(text []byte) error {
	return iceTransportStateNames.unmarshal(i, text)
}
