// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// PriorityType weighs a stream against the others of its PeerConnection, in
// bit rate or in the marking of packets (RFC 8835, section 4.1). Each step
// weighs twice as much as the one below it.
//
// https://www.w3.org/TR/webrtc-priority/#rtc-priority-type
type PriorityType int

const (
	// PriorityTypeUnknown is the zero value; it stands for the default, low.
	PriorityTypeUnknown PriorityType = iota

	// PriorityTypeVeryLow ("very-low") is half of the default.
	PriorityTypeVeryLow

	// PriorityTypeLow ("low") is the default.
	PriorityTypeLow

	// PriorityTypeMedium ("medium") is twice the default.
	PriorityTypeMedium

	// PriorityTypeHigh ("high") is four times the default.
	PriorityTypeHigh
)

var priorityTypeNames = newEnumTable("RTCPriorityType", PriorityTypeVeryLow,
	"very-low",
	"low",
	"medium",
	"high")

// ParsePriorityType returns the PriorityType that the W3C calls s; any other
// text is a TypeError that wraps ErrUnknownType.
func ParsePriorityType(s string) (PriorityType, error) { return priorityTypeNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (p PriorityType) String() string { return priorityTypeNames.name(p) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (p PriorityType) MarshalText() ([]byte, error) { return priorityTypeNames.marshal(p) }

// UnmarshalText implements encoding.TextUnmarshaler as ParsePriorityType
// reads.
func (p *PriorityType) UnmarshalText(text []byte) error { return priorityTypeNames.unmarshal(p, text) }
