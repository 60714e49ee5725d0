// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// MulticastDNSMode tells how names of multicast DNS (RFC 6762) are used in
// candidates, for SettingEngine.SetICEMulticastDNSMode.
type MulticastDNSMode int

const (
	// MulticastDNSModeDisabled: host candidates carry addresses, and candidates
	// of the other peer that carry a name ending in ".local" are of no use. The
	// default.
	MulticastDNSModeDisabled MulticastDNSMode = iota

	// MulticastDNSModeQueryOnly looks up the names in the other peer's
	// candidates, such as browsers send.
	MulticastDNSModeQueryOnly

	// MulticastDNSModeQueryAndGather also replaces the addresses of this host in
	// its own host candidates by random names, and answers questions for them.
	MulticastDNSModeQueryAndGather
)
