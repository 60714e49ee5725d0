// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "encoding/json"

// ICECandidate is an ICE candidate with its attributes read.
//
// ToJSON of a candidate that was parsed and not changed since gives exactly what
// was parsed. It is a plain value: copy it freely, but do not change one while
// another goroutine reads it.
//
// https://www.w3.org/TR/webrtc/#rtcicecandidate-interface
type ICECandidate struct {
	// Foundation is equal for candidates of the same type, base and server.
	Foundation string

	// Priority orders the candidates; a higher one goes first.
	Priority uint32

	// Address is an IPv4 or IPv6 address, or a name such as those of mDNS.
	Address string

	// Protocol is the transport protocol of the candidate.
	Protocol ICEProtocol

	// Port is the port at Address; active TCP candidates have 9.
	Port uint16

	// Typ tells how the candidate was found.
	Typ ICECandidateType

	// Component is 1 for RTP and 2 for RTCP, as ICEComponent has them.
	Component uint16

	// RelatedAddress and RelatedPort are the base of a server reflexive or peer
	// reflexive candidate, or the mapped address of a relayed one; empty and 0
	// where the candidate does not tell.
	RelatedAddress string
	RelatedPort    uint16

	// TCPType is set for TCP candidates only.
	TCPType ICETCPType

	// SDPMid is the identification tag of the media section.
	SDPMid string

	// SDPMLineIndex is the place of the media section, counted from 0.
	SDPMLineIndex uint16

	// UsernameFragment names the generation of ICE, or is empty.
	UsernameFragment string

	// RelayProtocol is how this host reaches the server of a local relayed
	// candidate. It is not signalled.
	RelayProtocol ICEServerTransportProtocol

	// URL is the server that a local candidate came from, or empty. It is not
	// signalled.
	URL string

	extensions string           // further name-value pairs of the attribute
	source     *candidateSource // what the candidate was parsed from, or nil
}

// candidateSource remembers what a candidate was parsed from and what came out,
// so that ToJSON can tell whether the original text still holds.
type candidateSource struct {
	init   ICECandidateInit
	parsed ICECandidate
}

// ParseICECandidate reads the candidate-attribute of init. Text that does not
// follow the grammar of RFC 8839, and the empty text that ends the candidates,
// is a SyntaxError. A media section need not be named.
//
// https://www.w3.org/TR/webrtc/#dom-rtcicecandidate-constructor
func ParseICECandidate(init ICECandidateInit) (ICECandidate, error) {
	c, err := parseCandidateAttribute(init.Candidate)
	if err != nil {
		return ICECandidate{}, newError(syntaxError, "ice candidate", err)
	}
	init = init.clone()
	if init.SDPMid != nil {
		c.SDPMid = *init.SDPMid
	}
	if init.SDPMLineIndex != nil {
		c.SDPMLineIndex = *init.SDPMLineIndex
	}
	switch {
	case init.UsernameFragment != nil:
		c.UsernameFragment = *init.UsernameFragment
	case c.UsernameFragment != "":
		init.UsernameFragment = clone(&c.UsernameFragment) // as browsers fill it in
	}
	c.source = &candidateSource{init: init, parsed: c}
	return c, nil
}

// ToJSON returns what has to be signalled to the other peer.
//
// https://www.w3.org/TR/webrtc/#dom-rtcicecandidate-tojson
func (c ICECandidate) ToJSON() ICECandidateInit {
	if c.unchanged() {
		return c.source.init.clone()
	}
	init := ICECandidateInit{
		Candidate:     formatCandidateAttribute(c),
		SDPMid:        &c.SDPMid,
		SDPMLineIndex: &c.SDPMLineIndex,
	}
	if c.UsernameFragment != "" {
		init.UsernameFragment = &c.UsernameFragment
	}
	return init
}

// unchanged tells whether the signalled members are those that were parsed.
func (c ICECandidate) unchanged() bool {
	if c.source == nil {
		return false
	}
	bare := c
	bare.source = nil
	bare.RelayProtocol = ICEServerTransportProtocolUnknown
	bare.URL = ""
	return bare == c.source.parsed
}

// String returns the candidate-attribute.
func (c ICECandidate) String() string { return c.ToJSON().Candidate }

// MarshalJSON implements json.Marshaler with the browser's toJSON.
func (c ICECandidate) MarshalJSON() ([]byte, error) { return json.Marshal(c.ToJSON()) }

// UnmarshalJSON implements json.Unmarshaler: it reads an ICECandidateInit.
func (c *ICECandidate) UnmarshalJSON(text []byte) error {
	var init ICECandidateInit
	if err := json.Unmarshal(text, &init); err != nil {
		return err
	}
	parsed, err := ParseICECandidate(init)
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}
