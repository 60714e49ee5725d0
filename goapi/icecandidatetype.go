// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICECandidateType tells how a candidate was found (RFC 8445, section
// 5.1.1).
//
// https://www.w3.org/TR/webrtc/#rtcicecandidatetype-enum
type ICECandidateType int

const (
	// ICECandidateTypeUnknown is the zero value: no value was given.
	ICECandidateTypeUnknown ICECandidateType = iota

	// ICECandidateTypeHost ("host") is an address of a local interface.
	ICECandidateTypeHost

	// ICECandidateTypeSrflx ("srflx") is the address that a STUN server sees:
	// the outside of a NAT.
	ICECandidateTypeSrflx

	// ICECandidateTypePrflx ("prflx") is an address learned from the other peer
	// during the checks.
	ICECandidateTypePrflx

	// ICECandidateTypeRelay ("relay") is an address on a TURN server.
	ICECandidateTypeRelay
)

var iceCandidateTypeNames = newEnumTable("RTCIceCandidateType", ICECandidateTypeHost,
	"host",
	"srflx",
	"prflx",
	"relay")

// ParseICECandidateType returns the ICECandidateType that the W3C calls s;
// any other text is a TypeError that wraps ErrUnknownType.
func ParseICECandidateType(s string) (ICECandidateType, error) { return iceCandidateTypeNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (i ICECandidateType) String() string { return iceCandidateTypeNames.name(i) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (i ICECandidateType) MarshalText() ([]byte, error) { return iceCandidateTypeNames.marshal(i) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseICECandidateType
// reads.
func (i *ICECandidateType) UnmarshalText(text []byte) error {
	return iceCandidateTypeNames.unmarshal(i, text)
}
