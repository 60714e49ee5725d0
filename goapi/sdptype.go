// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// SDPType tells what a SessionDescription stands for in the offer/answer
// exchange.
//
// https://www.w3.org/TR/webrtc/#rtcsdptype
type SDPType int

const (
	// SDPTypeUnknown is the zero value: no value was given.
	SDPTypeUnknown SDPType = iota

	// SDPTypeOffer ("offer") is a proposal of media and transports.
	SDPTypeOffer

	// SDPTypePranswer ("pranswer") is an answer that may still be replaced by
	// another answer; the exchange stays open.
	SDPTypePranswer

	// SDPTypeAnswer ("answer") is the final answer to an offer; it ends the
	// exchange.
	SDPTypeAnswer

	// SDPTypeRollback ("rollback") cancels the pending offer and returns to the
	// stable state. Its SDP is empty.
	SDPTypeRollback
)

var sdpTypeNames = newEnumTable("RTCSdpType", SDPTypeOffer, "offer", "pranswer", "answer", "rollback")

// ParseSDPType returns the SDPType that the W3C calls s; any other text is a
// TypeError that wraps ErrUnknownType.
func ParseSDPType(s string) (SDPType, error) { return sdpTypeNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (s SDPType) String() string { return sdpTypeNames.name(s) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (s SDPType) MarshalText() ([]byte, error) { return sdpTypeNames.marshal(s) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseSDPType reads.
func (s *SDPType) UnmarshalText(text []byte) error { return sdpTypeNames.unmarshal(s, text) }
