// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// RTPHeaderExtensionCapability is a header extension (RFC 8285) that can be
// negotiated.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpheaderextensioncapability
type RTPHeaderExtensionCapability struct {
	// URI names the extension.
	URI string `json:"uri"`

	// Direction is the direction in which it is, or is to be, negotiated by a
	// transceiver; stopped means not at all, and zero that the question does not
	// arise (WebRTC Extensions, RTP header extension control).
	Direction RTPTransceiverDirection `json:"direction,omitempty"`
}

// RTPHeaderExtensionParameter is a header extension that was negotiated.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpheaderextensionparameters
type RTPHeaderExtensionParameter struct {
	// URI names the extension.
	URI string `json:"uri"`

	// ID stands for the extension in RTP packets.
	ID int `json:"id"`

	// Encrypted tells whether the extension is encrypted (RFC 6904).
	Encrypted bool `json:"encrypted"`
}
