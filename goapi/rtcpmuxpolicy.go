// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// RTCPMuxPolicy tells whether RTCP may have a transport of its own (RFC
// 5761).
//
// https://www.w3.org/TR/webrtc/#rtcrtcpmuxpolicy-enum
type RTCPMuxPolicy int

const (
	// RTCPMuxPolicyUnknown is the zero value; it stands for the default,
	// require.
	RTCPMuxPolicyUnknown RTCPMuxPolicy = iota

	// RTCPMuxPolicyNegotiate ("negotiate") gathers for RTP and RTCP separately
	// and multiplexes where the other side can. Browsers no longer have it.
	RTCPMuxPolicyNegotiate

	// RTCPMuxPolicyRequire ("require") multiplexes always; negotiation fails
	// where the other side cannot. It is the default.
	RTCPMuxPolicyRequire
)

var rtcpMuxPolicyNames = newEnumTable("RTCRtcpMuxPolicy", RTCPMuxPolicyNegotiate, "negotiate", "require")

// ParseRTCPMuxPolicy returns the RTCPMuxPolicy that the W3C calls s; any
// other text is a TypeError that wraps ErrUnknownType.
func ParseRTCPMuxPolicy(s string) (RTCPMuxPolicy, error) { return rtcpMuxPolicyNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (r RTCPMuxPolicy) String() string { return rtcpMuxPolicyNames.name(r) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (r RTCPMuxPolicy) MarshalText() ([]byte, error) { return rtcpMuxPolicyNames.marshal(r) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseRTCPMuxPolicy
// reads.
func (r *RTCPMuxPolicy) UnmarshalText(text []byte) error {
	return rtcpMuxPolicyNames.unmarshal(r, text)
}
