// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICEProtocol is the transport protocol of a candidate.
//
// https://www.w3.org/TR/webrtc/#rtciceprotocol-enum
type ICEProtocol int

const (
	// ICEProtocolUnknown is the zero value: no value was given.
	ICEProtocolUnknown ICEProtocol = iota

	// ICEProtocolUDP ("udp") is UDP.
	ICEProtocolUDP

	// ICEProtocolTCP ("tcp") is TCP (RFC 6544).
	ICEProtocolTCP
)

var iceProtocolNames = newEnumTable("RTCIceProtocol", ICEProtocolUDP, "udp", "tcp")

// ParseICEProtocol returns the ICEProtocol that the W3C calls s; any other
// text is a TypeError that wraps ErrUnknownType.
func ParseICEProtocol(s string) (ICEProtocol, error) { return iceProtocolNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (i ICEProtocol) String() string { return iceProtocolNames.name(i) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (i ICEProtocol) MarshalText() ([]byte, error) { return iceProtocolNames.marshal(i) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseICEProtocol
// reads.
func (i *ICEProtocol) UnmarshalText(text []byte) error { return iceProtocolNames.unmarshal(i, text) }
