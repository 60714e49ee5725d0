// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICETCPType tells how a TCP candidate makes its connection (RFC 6544,
// section 4.5).
//
// https://www.w3.org/TR/webrtc/#rtcicetcpcandidatetype-enum
type ICETCPType int

const (
	// ICETCPTypeUnknown is the zero value: no value was given.
	ICETCPTypeUnknown ICETCPType = iota

	// ICETCPTypeActive ("active") opens connections and accepts none.
	ICETCPTypeActive

	// ICETCPTypePassive ("passive") accepts connections and opens none.
	ICETCPTypePassive

	// ICETCPTypeSO ("so") opens and accepts at the same time.
	ICETCPTypeSO
)

var iceTCPTypeNames = newEnumTable("RTCIceTcpCandidateType", ICETCPTypeActive, "active", "passive", "so")

// ParseICETCPType returns the ICETCPType that the W3C calls s; any other
// text is a TypeError that wraps ErrUnknownType.
func ParseICETCPType(s string) (ICETCPType, error) { return iceTCPTypeNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (i ICETCPType) String() string { return iceTCPTypeNames.name(i) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (i ICETCPType) MarshalText() ([]byte, error) { return iceTCPTypeNames.marshal(i) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseICETCPType
// reads.
func (i *ICETCPType) UnmarshalText(text []byte) error { return iceTCPTypeNames.unmarshal(i, text) }
