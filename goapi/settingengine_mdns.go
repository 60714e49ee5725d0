// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// MulticastDNSMode tells how names of multicast DNS (RFC 6762) are used in
// candidates, for SettingEngine.SetICEMulticastDNSMode.
type MulticastDNSMode int

const (
	// MulticastDNSModeDisabled: host candidates carry addresses, and names in the
	// other peer's candidates are left to the system's resolver. The default.
	MulticastDNSModeDisabled MulticastDNSMode = iota

	// MulticastDNSModeQueryOnly would look up the names in the other peer's
	// candidates, such as browsers send, without the system's help. It is not
	// supported.
	MulticastDNSModeQueryOnly

	// MulticastDNSModeQueryAndGather would also replace the addresses of this
	// host in its own candidates by random names. It is not supported.
	MulticastDNSModeQueryAndGather
)

// SetICEMulticastDNSMode tells how names of multicast DNS are used in
// candidates. Every mode but MulticastDNSModeDisabled is a NotSupportedError and
// changes nothing.
func (e *SettingEngine) SetICEMulticastDNSMode(mode MulticastDNSMode) error {
	if mode != MulticastDNSModeDisabled {
		return newError(notSupportedError, "multicast DNS", nil)
	}
	return nil
}
