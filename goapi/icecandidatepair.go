// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "github.com/nativertc/nativertc/cgo"

// ICECandidatePair is a local and a remote candidate that packets travel
// between.
//
// https://www.w3.org/TR/webrtc/#rtcicecandidatepair
type ICECandidatePair struct {
	Local  *ICECandidate
	Remote *ICECandidate
}

// NewICECandidatePair returns a pair of these candidates, which it keeps.
func NewICECandidatePair(local, remote *ICECandidate) *ICECandidatePair {
	return &ICECandidatePair{Local: local, Remote: remote}
}

// String returns both candidates, for a log.
func (p *ICECandidatePair) String() string {
	text := func(c *ICECandidate) string {
		if c == nil {
			return "none"
		}
		return c.String()
	}
	return "(local) " + text(p.Local) + " <-> (remote) " + text(p.Remote)
}

// equals compares what identifies the candidates; either pair may be nil.
func (p *ICECandidatePair) equals(other *ICECandidatePair) bool {
	if p == nil || other == nil {
		return p == other
	}
	return p.Local.String() == other.Local.String() && p.Remote.String() == other.Remote.String()
}

func (p *ICECandidatePair) clone() *ICECandidatePair {
	if p == nil {
		return nil
	}
	return NewICECandidatePair(clone(p.Local), clone(p.Remote))
}

// readCandidatePair reads a pair as bridge/ice_transport.h writes it.
func readCandidatePair(r *cgo.Reader) ICECandidatePair {
	local, remote := readCandidate(r), readCandidate(r)
	return ICECandidatePair{Local: &local, Remote: &remote}
}

// readCandidate reads a candidate as bridge/ice_transport.h writes it.
func readCandidate(r *cgo.Reader) ICECandidate {
	init := ICECandidateInit{Candidate: r.Str()}
	mid, index, url, relay := r.Str(), r.I32(), r.Str(), r.Str()
	if index >= 0 {
		line := uint16(index)
		init.SDPMid, init.SDPMLineIndex = &mid, &line
	}
	// libwebrtc writes nothing that cannot be parsed; else it is a zero value.
	c, _ := ParseICECandidate(init)
	if url != "" {
		c.URL = url
	}
	c.RelayProtocol, _ = ParseICEServerTransportProtocol(relay)
	return c
}
