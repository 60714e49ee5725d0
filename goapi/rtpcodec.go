// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// SSRC names one RTP stream within a session (RFC 3550, section 3).
type SSRC uint32

// PayloadType names a codec within an RTP session (RFC 3550, section 5.1).
type PayloadType uint8

// RTPCodecCapability is a codec with its settings, as it can be negotiated.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpcodec
type RTPCodecCapability struct {
	// MimeType is the codec, such as MimeTypeVP8.
	MimeType string `json:"mimeType"`

	// ClockRate is the rate of RTP timestamps, in hertz.
	ClockRate uint32 `json:"clockRate"`

	// Channels is the number of audio channels; 0 for video.
	Channels uint16 `json:"channels,omitempty"`

	// SDPFmtpLine is what follows the payload type in the fmtp attribute of SDP,
	// or empty.
	SDPFmtpLine string `json:"sdpFmtpLine,omitempty"`

	// RTCPFeedback is the feedback that the codec is negotiated with. Pages do
	// not see it, and it is not read where a codec is chosen.
	RTCPFeedback []RTCPFeedback `json:"-"`
}

// RTCPFeedback is one kind of feedback, the rtcp-fb attribute of SDP (RFC 4585).
type RTCPFeedback struct {
	// Type is the kind, such as "nack", "ccm", "goog-remb" or "transport-cc".
	Type string

	// Parameter tells more where the kind needs it, such as "pli" or "fir".
	Parameter string
}

// RTPCodecParameters is a codec that was negotiated.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpcodecparameters
type RTPCodecParameters struct {
	RTPCodecCapability

	// PayloadType stands for the codec in RTP packets.
	PayloadType PayloadType `json:"payloadType"`
}

// RTPCapabilities is what can be sent or received of one kind of media.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpcapabilities
type RTPCapabilities struct {
	// Codecs are the codecs, in the order of preference.
	Codecs []RTPCodecCapability `json:"codecs"`

	// HeaderExtensions are the header extensions.
	HeaderExtensions []RTPHeaderExtensionCapability `json:"headerExtensions"`
}
