// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// SCTPTransportState is the state of the SCTP association that carries the
// data channels.
//
// https://www.w3.org/TR/webrtc/#rtcsctptransportstate-enum
type SCTPTransportState int

const (
	// SCTPTransportStateUnknown is the zero value: no value was given.
	SCTPTransportStateUnknown SCTPTransportState = iota

	// SCTPTransportStateConnecting ("connecting") means that the association is
	// being set up.
	SCTPTransportStateConnecting

	// SCTPTransportStateConnected ("connected") means that the association
	// stands.
	SCTPTransportStateConnected

	// SCTPTransportStateClosed ("closed") means that the association was shut
	// down or aborted, or that its DTLS transport or PeerConnection was closed.
	SCTPTransportStateClosed
)

var sctpTransportStateNames = newEnumTable("RTCSctpTransportState", SCTPTransportStateConnecting,
	"connecting",
	"connected",
	"closed")

// ParseSCTPTransportState returns the SCTPTransportState that the W3C calls
// s; any other text is a TypeError that wraps ErrUnknownType.
func ParseSCTPTransportState(s string) (SCTPTransportState, error) {
	return sctpTransportStateNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (s SCTPTransportState) String() string { return sctpTransportStateNames.name(s) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (s SCTPTransportState) MarshalText() ([]byte, error) { return sctpTransportStateNames.marshal(s) }

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseSCTPTransportState reads.
func (s *SCTPTransportState) UnmarshalText(text []byte) error {
	return sctpTransportStateNames.unmarshal(s, text)
}
