// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// NetworkType is a transport protocol over a family of addresses, for
// SettingEngine.SetNetworkTypes.
type NetworkType int

const (
	// NetworkTypeUnknown is the zero value: no value was given.
	NetworkTypeUnknown NetworkType = iota

	// NetworkTypeUDP4 ("udp4") is UDP over IPv4.
	NetworkTypeUDP4

	// NetworkTypeUDP6 ("udp6") is UDP over IPv6.
	NetworkTypeUDP6

	// NetworkTypeTCP4 ("tcp4") is TCP over IPv4.
	NetworkTypeTCP4

	// NetworkTypeTCP6 ("tcp6") is TCP over IPv6.
	NetworkTypeTCP6
)

var networkTypeNames = newEnumTable("NetworkType", NetworkTypeUDP4, "udp4", "udp6", "tcp4", "tcp6")

// NewNetworkType returns the NetworkType of this name; any other text is a
// TypeError that wraps ErrUnknownType.
func NewNetworkType(raw string) (NetworkType, error) { return networkTypeNames.parse(raw) }

// String returns the name, or "unknown" for a value that has none.
func (t NetworkType) String() string { return networkTypeNames.name(t) }

// Protocol returns "udp", "tcp" or, for a value that has no name, "unknown".
func (t NetworkType) Protocol() string {
	switch {
	case t.isTCP():
		return "tcp"
	case t.isIPv4() || t.isIPv6():
		return "udp"
	}
	return unknownName
}

func (t NetworkType) isTCP() bool  { return t == NetworkTypeTCP4 || t == NetworkTypeTCP6 }
func (t NetworkType) isIPv4() bool { return t == NetworkTypeUDP4 || t == NetworkTypeTCP4 }
func (t NetworkType) isIPv6() bool { return t == NetworkTypeUDP6 || t == NetworkTypeTCP6 }
