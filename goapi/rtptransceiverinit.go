// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// RTPTransceiverInit tells how a new transceiver is to be.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiverinit
type RTPTransceiverInit struct {
	// Direction is what the transceiver offers. Zero is the default, sendrecv.
	Direction RTPTransceiverDirection

	// SendEncodings are the streams to send, more than one with RIDs of their own
	// for simulcast, or empty for one stream with the defaults.
	SendEncodings []RTPEncodingParameters

	// Streams are those that the other peer gets the track in.
	Streams []*MediaStream
}
