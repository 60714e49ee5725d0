// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// DTLSTransportState is the state of one DTLS transport.
//
// https://www.w3.org/TR/webrtc/#rtcdtlstransportstate-enum
type DTLSTransportState int

const (
	// DTLSTransportStateUnknown is the zero value: no value was given.
	DTLSTransportStateUnknown DTLSTransportState = iota

	// DTLSTransportStateNew ("new") means that the handshake has not begun.
	DTLSTransportStateNew

	// DTLSTransportStateConnecting ("connecting") means that the handshake is
	// under way and the fingerprint is not verified yet.
	DTLSTransportStateConnecting

	// DTLSTransportStateConnected ("connected") means that keys are agreed and
	// the remote fingerprint is verified.
	DTLSTransportStateConnected

	// DTLSTransportStateClosed ("closed") means that the transport was closed
	// on purpose, by close_notify or by Close.
	DTLSTransportStateClosed

	// DTLSTransportStateFailed ("failed") means that an alert, a timeout or a
	// wrong fingerprint ended the transport.
	DTLSTransportStateFailed
)

var dtlsTransportStateNames = newEnumTable("RTCDtlsTransportState", DTLSTransportStateNew,
	"new",
	"connecting",
	"connected",
	"closed",
	"failed")

// ParseDTLSTransportState returns the DTLSTransportState that the W3C calls
// s; any other text is a TypeError that wraps ErrUnknownType.
func ParseDTLSTransportState(s string) (DTLSTransportState, error) {
	return dtlsTransportStateNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (d DTLSTransportState) String() string { return dtlsTransportStateNames.name(d) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (d DTLSTransportState) MarshalText() ([]byte, error) { return dtlsTransportStateNames.marshal(d) }

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseDTLSTransportState reads.
func (d *DTLSTransportState) UnmarshalText(text []byte) error {
	return dtlsTransportStateNames.unmarshal(d, text)
}
