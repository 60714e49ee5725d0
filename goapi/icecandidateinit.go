// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICECandidateInit is an ICE candidate as it is signalled. Its JSON is that of
// the browser's RTCIceCandidate.toJSON: the four members always, null for those
// that are nil.
//
// https://www.w3.org/TR/webrtc/#dom-rtcicecandidateinit
type ICECandidateInit struct {
	// Candidate is the candidate-attribute (RFC 8839, section 5.1), without
	// "a=". The empty string tells that no more candidates follow for the media
	// section or, where none is named, for all.
	Candidate string `json:"candidate"`

	// SDPMid is the identification tag of the media section, or nil.
	SDPMid *string `json:"sdpMid"`

	// SDPMLineIndex is the place of the media section in the description,
	// counted from 0, or nil. SDPMid goes before it.
	SDPMLineIndex *uint16 `json:"sdpMLineIndex"`

	// UsernameFragment names the generation of ICE that the candidate belongs
	// to, or is nil.
	UsernameFragment *string `json:"usernameFragment"`
}

// validate makes the check of addIceCandidate and of the constructor of
// RTCIceCandidate: a candidate must name its media section.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-addicecandidate
func (c ICECandidateInit) validate() error {
	if c.Candidate != "" && c.SDPMid == nil && c.SDPMLineIndex == nil {
		return newError(typeError, "candidate with neither sdpMid nor sdpMLineIndex", nil)
	}
	return nil
}

func (c ICECandidateInit) clone() ICECandidateInit {
	c.SDPMid = clone(c.SDPMid)
	c.SDPMLineIndex = clone(c.SDPMLineIndex)
	c.UsernameFragment = clone(c.UsernameFragment)
	return c
}
