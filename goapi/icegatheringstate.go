// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICEGatheringState tells how far the gathering of local candidates is, for
// a PeerConnection or for one ICE transport.
//
// https://www.w3.org/TR/webrtc/#rtcicegatheringstate-enum
type ICEGatheringState int

const (
	// ICEGatheringStateUnknown is the zero value: no value was given.
	ICEGatheringStateUnknown ICEGatheringState = iota

	// ICEGatheringStateNew ("new") means that gathering has not begun.
	ICEGatheringStateNew

	// ICEGatheringStateGathering ("gathering") means that candidates are being
	// gathered.
	ICEGatheringStateGathering

	// ICEGatheringStateComplete ("complete") means that gathering is done; an
	// ICE restart or a new transport begins it again.
	ICEGatheringStateComplete
)

var iceGatheringStateNames = newEnumTable("RTCIceGatheringState", ICEGatheringStateNew,
	"new",
	"gathering",
	"complete")

// ParseICEGatheringState returns the ICEGatheringState that the W3C calls s;
// any other text is a TypeError that wraps ErrUnknownType.
func ParseICEGatheringState(s string) (ICEGatheringState, error) {
	return iceGatheringStateNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (i ICEGatheringState) String() string { return iceGatheringStateNames.name(i) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (i ICEGatheringState) MarshalText() ([]byte, error) { return iceGatheringStateNames.marshal(i) }

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseICEGatheringState reads.
func (i *ICEGatheringState) UnmarshalText(text []byte) error {
	return iceGatheringStateNames.unmarshal(i, text)
}
