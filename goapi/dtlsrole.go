// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// DTLSRole is the part that a DTLS transport plays in the handshake.
//
// https://www.w3.org/TR/webrtc-stats/#rtcdtlsrole-enum
type DTLSRole int

const (
	// DTLSRoleUnknown ("unknown") means that the role is not determined yet.
	DTLSRoleUnknown DTLSRole = iota

	// DTLSRoleClient ("client") begins the handshake.
	DTLSRoleClient

	// DTLSRoleServer ("server") waits for the handshake.
	DTLSRoleServer
)

var dtlsRoleNames = newEnumTable("RTCDtlsRole", DTLSRoleUnknown, "unknown", "client", "server")

// ParseDTLSRole returns the DTLSRole that the W3C calls s; any other text is
// a TypeError that wraps ErrUnknownType.
func ParseDTLSRole(s string) (DTLSRole, error) { return dtlsRoleNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (d DTLSRole) String() string { return dtlsRoleNames.name(d) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (d DTLSRole) MarshalText() ([]byte, error) { return dtlsRoleNames.marshal(d) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseDTLSRole reads.
func (d *DTLSRole) UnmarshalText(text []byte) error { return dtlsRoleNames.unmarshal(d, text) }
