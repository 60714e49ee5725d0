// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICERole is the part that an ICE agent plays in choosing the pair (RFC
// 8445, section 6.1.1).
//
// https://www.w3.org/TR/webrtc/#rtcicerole
type ICERole int

const (
	// ICERoleUnknown ("unknown") means that the role is not determined yet.
	ICERoleUnknown ICERole = iota

	// ICERoleControlling ("controlling") is the agent that nominates.
	ICERoleControlling

	// ICERoleControlled ("controlled") is the agent that waits for the
	// nomination.
	ICERoleControlled
)

var iceRoleNames = newEnumTable("RTCIceRole", ICERoleUnknown, "unknown", "controlling", "controlled")

// ParseICERole returns the ICERole that the W3C calls s; any other text is a
// TypeError that wraps ErrUnknownType.
func ParseICERole(s string) (ICERole, error) { return iceRoleNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (i ICERole) String() string { return iceRoleNames.name(i) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (i ICERole) MarshalText() ([]byte, error) { return iceRoleNames.marshal(i) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseICERole reads.
func (i *ICERole) UnmarshalText(text []byte) error { return iceRoleNames.unmarshal(i, text) }
