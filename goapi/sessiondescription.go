// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// SessionDescription is one side's proposal or answer. Its JSON is that of the
// browser's toJSON, {"type":"offer","sdp":"v=0…"}, so that it can be sent to a
// page as it is.
//
// It is a plain value: copy it freely, but do not change one while another
// goroutine reads it.
//
// https://www.w3.org/TR/webrtc/#rtcsessiondescription-class
type SessionDescription struct {
	// Type tells what the description stands for.
	Type SDPType `json:"type"`

	// SDP is the text of the description (RFC 8866), empty for a rollback.
	SDP string `json:"sdp"`
}
