// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICECredentialType tells what the credential of an ICEServer is. Its zero
// value is the default.
//
// https://www.w3.org/TR/2016/WD-webrtc-20160913/#rtcicecredentialtype-enum
type ICECredentialType int

const (
	// ICECredentialTypePassword ("password") is a long-term user name and
	// password (RFC 8489, section 9.2). It is the default.
	ICECredentialTypePassword ICECredentialType = iota

	// ICECredentialTypeToken ("token") is a third-party token (RFC 7635), which
	// later texts call "oauth" and the last one dropped; no engine implements
	// it, and a configuration with it is refused with NotSupportedError.
	ICECredentialTypeToken
)

var iceCredentialTypeNames = newEnumTable("RTCIceCredentialType", ICECredentialTypePassword,
	"password",
	"token").
	accept("oauth", ICECredentialTypeToken)

// ParseICECredentialType returns the ICECredentialType that the W3C calls s;
// any other text is a TypeError that wraps ErrUnknownType.
func ParseICECredentialType(s string) (ICECredentialType, error) {
	return iceCredentialTypeNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (i ICECredentialType) String() string { return iceCredentialTypeNames.name(i) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (i ICECredentialType) MarshalText() ([]byte, error) { return iceCredentialTypeNames.marshal(i) }

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseICECredentialType reads.
func (i *ICECredentialType) UnmarshalText(text []byte) error {
	return iceCredentialTypeNames.unmarshal(i, text)
}
