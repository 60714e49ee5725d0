// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// RTPTransceiverDirection tells in which directions a transceiver carries
// media, seen from this side.
//
// https://www.w3.org/TR/webrtc/#rtcrtptransceiverdirection
type RTPTransceiverDirection int

const (
	// RTPTransceiverDirectionUnknown is the zero value: no value was given.
	RTPTransceiverDirectionUnknown RTPTransceiverDirection = iota

	// RTPTransceiverDirectionSendrecv ("sendrecv") offers to send and to
	// receive.
	RTPTransceiverDirectionSendrecv

	// RTPTransceiverDirectionSendonly ("sendonly") offers only to send.
	RTPTransceiverDirectionSendonly

	// RTPTransceiverDirectionRecvonly ("recvonly") offers only to receive.
	RTPTransceiverDirectionRecvonly

	// RTPTransceiverDirectionInactive ("inactive") offers neither.
	RTPTransceiverDirectionInactive

	// RTPTransceiverDirectionStopped ("stopped") is the direction of a stopped
	// transceiver; it cannot be set.
	RTPTransceiverDirectionStopped
)

var transceiverDirectionNames = newEnumTable("RTCRtpTransceiverDirection", RTPTransceiverDirectionSendrecv,
	"sendrecv",
	"sendonly",
	"recvonly",
	"inactive",
	"stopped")

// ParseRTPTransceiverDirection returns the RTPTransceiverDirection that the
// W3C calls s; any other text is a TypeError that wraps ErrUnknownType.
func ParseRTPTransceiverDirection(s string) (RTPTransceiverDirection, error) {
	return transceiverDirectionNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (d RTPTransceiverDirection) String() string { return transceiverDirectionNames.name(d) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (d RTPTransceiverDirection) MarshalText() ([]byte, error) {
	return transceiverDirectionNames.marshal(d)
}

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseRTPTransceiverDirection reads.
func (d *RTPTransceiverDirection) UnmarshalText(text []byte) error {
	return transceiverDirectionNames.unmarshal(d, text)
}
