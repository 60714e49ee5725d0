// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// CodecStats are those of a codec that RTP streams of one transport use.
//
// https://www.w3.org/TR/webrtc-stats/#codec-dict*
type CodecStats struct {
	StatsBase

	// PayloadType stands for the codec in RTP packets.
	PayloadType PayloadType `json:"payloadType"`

	// TransportID is the id of the TransportStats.
	TransportID string `json:"transportId"`

	// MimeType is the codec, such as video/VP8.
	MimeType string `json:"mimeType"`

	// ClockRate is the rate of RTP timestamps, in hertz.
	ClockRate *uint32 `json:"clockRate,omitempty"`

	// Channels is the number of audio channels.
	Channels *uint32 `json:"channels,omitempty"`

	// SDPFmtpLine is what follows the payload type in the fmtp attribute of
	// SDP.
	SDPFmtpLine *string `json:"sdpFmtpLine,omitempty"`
}
