// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// RTPCodecType is a kind of media: what the W3C calls the kind of a track or
// transceiver.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrack-kind
type RTPCodecType int

const (
	// RTPCodecTypeUnknown is the zero value: no value was given.
	RTPCodecTypeUnknown RTPCodecType = iota

	// RTPCodecTypeAudio ("audio") is sound.
	RTPCodecTypeAudio

	// RTPCodecTypeVideo ("video") is moving pictures.
	RTPCodecTypeVideo
)

var rtpCodecTypeNames = newEnumTable("MediaStreamTrack.kind", RTPCodecTypeAudio, "audio", "video")

// ParseRTPCodecType returns the RTPCodecType that the W3C calls s; any other
// text is a TypeError that wraps ErrUnknownType.
func ParseRTPCodecType(s string) (RTPCodecType, error) { return rtpCodecTypeNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (k RTPCodecType) String() string { return rtpCodecTypeNames.name(k) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (k RTPCodecType) MarshalText() ([]byte, error) { return rtpCodecTypeNames.marshal(k) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseRTPCodecType
// reads.
func (k *RTPCodecType) UnmarshalText(text []byte) error { return rtpCodecTypeNames.unmarshal(k, text) }
