// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICEServerTransportProtocol is the protocol between this host and the ICE
// server that a candidate came from.
//
// https://www.w3.org/TR/webrtc/#rtciceservertransportprotocol-enum
type ICEServerTransportProtocol int

const (
	// ICEServerTransportProtocolUnknown is the zero value: no value was given.
	ICEServerTransportProtocolUnknown ICEServerTransportProtocol = iota

	// ICEServerTransportProtocolUDP ("udp") is UDP.
	ICEServerTransportProtocolUDP

	// ICEServerTransportProtocolTCP ("tcp") is TCP.
	ICEServerTransportProtocolTCP

	// ICEServerTransportProtocolTLS ("tls") is TLS over TCP.
	ICEServerTransportProtocolTLS
)

var iceServerTransportNames = newEnumTable("RTCIceServerTransportProtocol", ICEServerTransportProtocolUDP,
	"udp",
	"tcp",
	"tls")

// ParseICEServerTransportProtocol returns the ICEServerTransportProtocol
// that the W3C calls s; any other text is a TypeError that wraps
// ErrUnknownType.
func ParseICEServerTransportProtocol(s string) (ICEServerTransportProtocol, error) {
	return iceServerTransportNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (p ICEServerTransportProtocol) String() string { return iceServerTransportNames.name(p) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (p ICEServerTransportProtocol) MarshalText() ([]byte, error) {
	return iceServerTransportNames.marshal(p)
}

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseICEServerTransportProtocol reads.
func (p *ICEServerTransportProtocol) UnmarshalText(text []byte) error {
	return iceServerTransportNames.unmarshal(p, text)
}
