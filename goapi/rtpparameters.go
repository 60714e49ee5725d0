// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// RTCPParameters are those of RTCP.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtcpparameters
type RTCPParameters struct {
	// CNAME is the canonical name (RFC 3550, section 6.5.1).
	CNAME string `json:"cname,omitempty"`

	// ReducedSize tells that packets need not be compound (RFC 5506).
	ReducedSize bool `json:"reducedSize"`
}

// RTPParameters are those that senders and receivers have in common.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpparameters
type RTPParameters struct {
	// HeaderExtensions are those negotiated.
	HeaderExtensions []RTPHeaderExtensionParameter `json:"headerExtensions"`

	// Codecs are those negotiated, with retransmission and error correction.
	Codecs []RTPCodecParameters `json:"codecs"`

	// RTCP are the parameters of RTCP.
	RTCP RTCPParameters `json:"rtcp"`
}

// RTPSendParameters are those of a sender. Take them from GetParameters, change
// what may be changed and give them to SetParameters.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsendparameters
type RTPSendParameters struct {
	RTPParameters

	// TransactionID belongs to one GetParameters, so that SetParameters can tell
	// parameters that are out of date.
	TransactionID string `json:"transactionId"`

	// Encodings are the streams sent, more than one for simulcast. Their number
	// and order cannot be changed.
	Encodings []RTPEncodingParameters `json:"encodings"`

	// DegradationPreference tells what is given up first. It is for video only.
	DegradationPreference DegradationPreference `json:"degradationPreference,omitempty"`
}

// RTPReceiveParameters are those of a receiver.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpreceiveparameters
type RTPReceiveParameters struct {
	RTPParameters

	// Encodings are the streams received. Pages no longer see them.
	Encodings []RTPDecodingParameters `json:"encodings,omitempty"`
}

// SetParameterOptions goes with the parameters that a sender is given.
//
// https://www.w3.org/TR/webrtc-extensions/#dom-rtcsetparameteroptions
type SetParameterOptions struct {
	// EncodingOptions has one element for each encoding, or is empty.
	EncodingOptions []EncodingOptions
}

// EncodingOptions asks for something to be done once to an encoding.
//
// https://www.w3.org/TR/webrtc-extensions/#dom-rtcencodingoptions
type EncodingOptions struct {
	// KeyFrame makes the encoder send a key frame.
	KeyFrame bool
}
