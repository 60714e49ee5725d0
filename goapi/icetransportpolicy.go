// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICETransportPolicy tells which candidates may be used. Its zero value is
// the default.
//
// https://www.w3.org/TR/webrtc/#rtcicetransportpolicy-enum
type ICETransportPolicy int

const (
	// ICETransportPolicyAll ("all") allows every candidate. It is the default.
	ICETransportPolicyAll ICETransportPolicy = iota

	// ICETransportPolicyRelay ("relay") allows only relayed candidates, so that
	// the peer learns no address of this host.
	ICETransportPolicyRelay
)

var iceTransportPolicyNames = newEnumTable("RTCIceTransportPolicy", ICETransportPolicyAll, "all", "relay")

// ParseICETransportPolicy returns the ICETransportPolicy that the W3C calls
// s; any other text is a TypeError that wraps ErrUnknownType.
func ParseICETransportPolicy(s string) (ICETransportPolicy, error) {
	return iceTransportPolicyNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (i ICETransportPolicy) String() string { return iceTransportPolicyNames.name(i) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (i ICETransportPolicy) MarshalText() ([]byte, error) { return iceTransportPolicyNames.marshal(i) }

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseICETransportPolicy reads.
func (i *ICETransportPolicy) UnmarshalText(text []byte) error {
	return iceTransportPolicyNames.unmarshal(i, text)
}
