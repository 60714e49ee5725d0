// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"net"
	"strconv"

	"github.com/nativertc/nativertc/cgo"
)

// PeerConnectionICEEvent is icecandidate with all that the W3C's event has.
//
// https://www.w3.org/TR/webrtc/#rtcpeerconnectioniceevent
type PeerConnectionICEEvent struct {
	// Candidate is the local candidate to be signalled, or nil when gathering is
	// complete. It belongs to the receiver.
	Candidate *ICECandidate

	// URL is the STUN or TURN server that the candidate was gathered from, or
	// empty.
	URL string
}

// OnICECandidateEvent sets the handler of icecandidate, with all that the W3C's
// event has. nil removes it. OnICECandidate is the short form; both may be set.
//
// https://www.w3.org/TR/webrtc/#event-icecandidate
func (pc *PeerConnection) OnICECandidateEvent(f func(PeerConnectionICEEvent)) {
	setHandler(pc, &pc.handlers.iceCandidateEvent, f)
}

func (pc *PeerConnection) fireCandidate(c *ICECandidate) {
	if f := handler(pc, &pc.handlers.iceCandidate); f != nil && !pc.closed.Load() {
		f(c)
	}
	if f := handler(pc, &pc.handlers.iceCandidateEvent); f != nil && !pc.closed.Load() {
		e := PeerConnectionICEEvent{}
		if c != nil {
			own := *c
			e = PeerConnectionICEEvent{Candidate: &own, URL: c.URL}
		}
		f(e)
	}
}

func (pc *PeerConnection) decodeCandidate(r *cgo.Reader) task {
	text, mid, index, ufrag, url := r.Str(), r.Str(), uint16(r.I32()), r.Str(), r.Str()
	c, err := ParseICECandidate(ICECandidateInit{Candidate: text, SDPMid: &mid, SDPMLineIndex: &index, UsernameFragment: &ufrag})
	if err != nil {
		return task{}
	}
	if url != "" {
		c.URL = url
	}
	return task{event: event{fire: func() { pc.fireCandidate(&c) }}}
}

// PeerConnectionICEErrorEvent is icecandidateerror: candidates could not be
// gathered from a STUN or TURN server.
//
// https://www.w3.org/TR/webrtc/#rtcpeerconnectioniceerrorevent
type PeerConnectionICEErrorEvent struct {
	// Address is the local address, or nil where it must not be told.
	Address *string

	// Port is the local port, or nil where Address is.
	Port *uint16

	// URL is that of the server.
	URL string

	// ErrorCode is the STUN error code of the server, or 701 where no server was
	// reached.
	ErrorCode uint16

	// ErrorText is the reason that the server gave, or what libwebrtc has to say.
	// The W3C's dictionary calls it statusText.
	ErrorText string
}

// HostCandidate returns the local address and port as one text, such as
// "192.0.2.1:4711" or "[2001:db8::1]:4711", and "0.0.0.0:0" where they must not be
// told. It is the hostCandidate of the drafts of the specification.
//
// https://www.w3.org/standards/history/webrtc/
func (e PeerConnectionICEErrorEvent) HostCandidate() string {
	if e.Address == nil || e.Port == nil {
		return "0.0.0.0:0"
	}
	return net.JoinHostPort(*e.Address, strconv.Itoa(int(*e.Port)))
}

// OnICECandidateError sets the handler of icecandidateerror. nil removes it.
//
// https://www.w3.org/TR/webrtc/#event-icecandidateerror
func (pc *PeerConnection) OnICECandidateError(f func(PeerConnectionICEErrorEvent)) {
	setHandler(pc, &pc.handlers.iceCandidateError, f)
}

func (pc *PeerConnection) decodeCandidateError(r *cgo.Reader) task {
	address, port := r.Str(), r.I32()
	e := PeerConnectionICEErrorEvent{URL: r.Str(), ErrorCode: uint16(r.I32()), ErrorText: r.Str()}
	if address != "" {
		p := uint16(port)
		e.Address, e.Port = &address, &p
	}
	return task{event: event{fire: func() {
		if f := handler(pc, &pc.handlers.iceCandidateError); f != nil && !pc.closed.Load() {
			f(e)
		}
	}}}
}
