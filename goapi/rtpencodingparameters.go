// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// RTPRtxParameters are those of the retransmission stream (RFC 4588). Today's W3C
// text has dropped them.
//
// https://www.w3.org/TR/2017/CR-webrtc-20171102/#dom-rtcrtprtxparameters
type RTPRtxParameters struct {
	// SSRC names the stream, or is 0.
	SSRC SSRC `json:"ssrc"`
}

// RTPFecParameters are those of the error correction stream. Today's W3C text has
// dropped them.
//
// https://www.w3.org/TR/2017/CR-webrtc-20171102/#dom-rtcrtpfecparameters
type RTPFecParameters struct {
	// SSRC names the stream, or is 0.
	SSRC SSRC `json:"ssrc"`
}

// RTPCodingParameters are what encodings and decodings have in common.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpcodingparameters
type RTPCodingParameters struct {
	// RID names the encoding in SDP and RTP (RFC 8851), or is empty.
	RID string `json:"rid,omitempty"`

	// SSRC names the stream, or is 0 where it is not known or not chosen.
	// Reported only; pages no longer see it.
	SSRC SSRC `json:"ssrc,omitempty"`

	// PayloadType is always 0: libwebrtc tells the payload types of all codecs
	// in RTPParameters.Codecs, not which one an encoding uses.
	PayloadType PayloadType `json:"payloadType,omitempty"`

	// RTX is the stream of retransmissions, or zero where the description names
	// none: for audio, and for the encodings of simulcast. Reported only.
	RTX RTPRtxParameters `json:"rtx,omitzero"`

	// FEC is the stream of error correction, or zero where the description names
	// none: libwebrtc sends FlexFEC only with a field trial. Reported only.
	FEC RTPFecParameters `json:"fec,omitzero"`
}

// RTPDecodingParameters are those of one stream that a receiver decodes.
type RTPDecodingParameters struct {
	RTPCodingParameters
}

// RTPEncodingParameters are those of one stream that a sender encodes. Nil and
// zero members take the default or are not limited.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpencodingparameters
type RTPEncodingParameters struct {
	RTPCodingParameters

	// Active tells whether the encoding is sent. Nil is the default, true.
	Active *bool `json:"active,omitempty"`

	// MaxBitrate is the most that the encoding may use, in bits per second
	// without the overhead of IP, UDP and RTP (RFC 3890).
	MaxBitrate *uint64 `json:"maxBitrate,omitempty"`

	// MaxFramerate is the most frames per second. It is for video only.
	MaxFramerate *float64 `json:"maxFramerate,omitempty"`

	// ScaleResolutionDownBy divides width and height: 2 sends a quarter of the
	// pixels. It is at least 1, and for video only.
	ScaleResolutionDownBy *float64 `json:"scaleResolutionDownBy,omitempty"`

	// ScaleResolutionDownTo is the largest size sent; it goes before
	// ScaleResolutionDownBy (WebRTC Extensions). It is for video only.
	ScaleResolutionDownTo *ResolutionRestriction `json:"scaleResolutionDownTo,omitempty"`

	// ScalabilityMode is the mode of scalable coding, such as "L1T3" or "L3T3_KEY"
	// (WebRTC SVC), or empty. It is for video only.
	//
	// https://www.w3.org/TR/webrtc-svc/#scalabilitymodes*
	ScalabilityMode string `json:"scalabilityMode,omitempty"`

	// Priority is the share of the bit rate, NetworkPriority the marking of the
	// packets (WebRTC Priority Control API).
	Priority        PriorityType `json:"priority,omitempty"`
	NetworkPriority PriorityType `json:"networkPriority,omitempty"`

	// AdaptivePtime lets the sender change the length of audio packets with the
	// bandwidth (WebRTC Extensions). It is for audio only. The revisions of libwebrtc that
	// are used here are built without what changes the length: the encoder's bit rate
	// follows the bandwidth, down to 16 kbit/s, which it otherwise does not.
	AdaptivePtime bool `json:"adaptivePtime"`

	// Codec is the codec to use, out of those negotiated, or nil for the first.
	//
	// https://www.w3.org/TR/webrtc/#dom-rtcrtpencodingparameters-codec
	Codec *RTPCodecCapability `json:"codec,omitempty"`
}

// ResolutionRestriction is a size in pixels, for either orientation.
//
// https://www.w3.org/TR/webrtc-extensions/#dom-rtcresolutionrestriction
type ResolutionRestriction struct {
	MaxWidth  uint32 `json:"maxWidth"`
	MaxHeight uint32 `json:"maxHeight"`
}
