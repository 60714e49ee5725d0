// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"

	"github.com/nativertc/nativertc/cgo"
)

// ICETransport is one ICE agent's transport: what a DTLSTransport runs on.
//
// All methods may be called from any goroutine. Handlers run as those of the
// PeerConnection do; none runs after that was closed. What is asked of libwebrtc
// (Role, the candidates and the parameters) waits for its threads.
//
// https://www.w3.org/TR/webrtc/#rtcicetransport-interface
type ICETransport struct {
	pc  *PeerConnection
	ref *cgo.Ref // the bridge's observer, nil if it was never made

	mu        sync.Mutex
	state     ICETransportState
	gathering ICEGatheringState
	component ICEComponent
	role      ICERole // the last that was seen
	pair      *ICECandidatePair

	onStateChange     func(ICETransportState)
	onGatheringChange func(ICEGatheringState)
	onPairChange      func(*ICECandidatePair)
}

// close ends the transport with its connection.
func (t *ICETransport) close() {
	if t.ref != nil {
		if p := t.ref.Acquire(); p != nil {
			cgo.ICETransportDetach(p)
			t.ref.Release()
		}
		t.pc.subjects.remove(t.ref.ID())
		t.ref.Close()
	}
	t.setState(ICETransportStateClosed)
}

// iceInformation is what the bridge tells of an ICE transport.
type iceInformation struct {
	state     ICETransportState
	gathering ICEGatheringState
	component ICEComponent
	pair      *ICECandidatePair
}

func readICEInformation(r *cgo.Reader) iceInformation {
	var i iceInformation
	i.state, _ = ParseICETransportState(r.Str())
	i.gathering, _ = ParseICEGatheringState(r.Str())
	i.component = ICEComponent(r.I32())
	i.pair = cgo.ReadOpt(r, func() ICECandidatePair { return readCandidatePair(r) })
	return i
}

// setInitial notes what was at the time when events began, unless an event has
// come already.
func (t *ICETransport) setInitial(i iceInformation) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.component = i.component
	if t.state == ICETransportStateNew {
		t.state = i.state
	}
	if t.gathering == ICEGatheringStateNew {
		t.gathering = i.gathering
	}
	if t.pair == nil {
		t.pair = i.pair
	}
}

// sinceNew returns the events for what was at the time when events began.
func (t *ICETransport) sinceNew(i iceInformation) []event {
	t.mu.Lock()
	t.component = i.component
	t.mu.Unlock()
	events := []event{t.gatheringChanged(i.gathering)}
	if i.state != ICETransportStateNew && i.state != ICETransportStateClosed {
		events = append(events, t.stateChanged(ICETransportStateChecking)) // no way leads around it
	}
	return append(events, t.stateChanged(i.state), t.pairChanged(i.pair))
}

// decode implements subject.
func (t *ICETransport) decode(kind cgo.EventKind, r *cgo.Reader) event {
	switch kind {
	case cgo.EventICETransportState:
		state, err := ParseICETransportState(r.Str())
		if err != nil {
			return event{}
		}
		return t.stateChanged(state)
	case cgo.EventICETransportGatheringState:
		return t.decodeGathering(r)
	case cgo.EventSelectedCandidatePair:
		return t.decodePair(r)
	default:
		return event{}
	}
}

// stateChanged is the event for what may be a change. On an event loop the state of
// the connection follows.
func (t *ICETransport) stateChanged(state ICETransportState) event {
	var changed bool
	connection := t.pc.iceConnectionEvent()
	return event{
		apply: func() {
			changed = !t.pc.closed.Load() && t.setState(state)
			connection.change()
		},
		fire: func() {
			if changed {
				t.fireState(state)
			}
			connection.tell()
		},
	}
}

// setState reports whether that is a change. A closed transport stays closed.
func (t *ICETransport) setState(state ICETransportState) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.state == state || t.state == ICETransportStateClosed {
		return false
	}
	t.state = state
	return true
}

func (t *ICETransport) fireState(state ICETransportState) {
	t.mu.Lock()
	f := t.onStateChange
	t.mu.Unlock()
	if f != nil && !t.pc.closed.Load() {
		f(state)
	}
}

func (t *ICETransport) decodeGathering(r *cgo.Reader) event {
	state, err := ParseICEGatheringState(r.Str())
	if err != nil {
		return event{}
	}
	return t.gatheringChanged(state)
}

func (t *ICETransport) gatheringChanged(state ICEGatheringState) event {
	var f func(ICEGatheringState)
	return event{
		apply: func() {
			t.mu.Lock()
			defer t.mu.Unlock()
			if t.gathering != state {
				f = t.onGatheringChange
			}
			t.gathering = state
		},
		fire: func() {
			if f != nil && !t.pc.closed.Load() {
				f(state)
			}
		},
	}
}

// decodePair finds out whether the pair has changed: libwebrtc tells of every
// change of the route.
func (t *ICETransport) decodePair(r *cgo.Reader) event {
	return t.pairChanged(cgo.ReadOpt(r, func() ICECandidatePair { return readCandidatePair(r) }))
}

func (t *ICETransport) pairChanged(pair *ICECandidatePair) event {
	var changed bool
	return event{
		apply: func() {
			t.mu.Lock()
			defer t.mu.Unlock()
			changed = !pair.equals(t.pair)
			t.pair = pair
		},
		fire: func() {
			t.mu.Lock()
			f := t.onPairChange
			t.mu.Unlock()
			if changed && f != nil && !t.pc.closed.Load() {
				f(pair.clone())
			}
		},
	}
}

// Role returns the part that this side plays in choosing the pair.
//
// https://www.w3.org/TR/webrtc/#dom-icetransport-role
func (t *ICETransport) Role() ICERole {
	if t.ref != nil {
		if p := t.ref.Acquire(); p != nil {
			r, err := cgo.ICETransportRole(p)
			t.ref.Release()
			if err == nil {
				if role, err := ParseICERole(r.Str()); err == nil && role != ICERoleUnknown {
					t.mu.Lock()
					t.role = role
					t.mu.Unlock()
				}
			}
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.role
}

// Component tells what the transport carries: rtp, unless RTCP has a transport
// of its own.
//
// https://www.w3.org/TR/webrtc/#dom-icetransport-component
func (t *ICETransport) Component() ICEComponent {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.component
}

// State returns the state of the transport.
//
// https://www.w3.org/TR/webrtc/#dom-icetransport-state
func (t *ICETransport) State() ICETransportState {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.state
}

// GatheringState returns how far the gathering of candidates is.
//
// https://www.w3.org/TR/webrtc/#dom-icetransport-gatheringstate
func (t *ICETransport) GatheringState() ICEGatheringState {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.gathering
}

// GetSelectedCandidatePair returns a copy of the pair that packets are sent on,
// or nil where there is none. The error is always nil.
//
// https://www.w3.org/TR/webrtc/#dom-rtcicetransport-getselectedcandidatepair
func (t *ICETransport) GetSelectedCandidatePair() (*ICECandidatePair, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.pair.clone(), nil
}

// OnStateChange sets the handler of statechange. nil removes it.
//
// https://www.w3.org/TR/webrtc/#event-icetransport-statechange
func (t *ICETransport) OnStateChange(f func(ICETransportState)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.onStateChange = f
}

// OnConnectionStateChange is OnStateChange, by pion's name.
//
// https://www.w3.org/TR/webrtc/#event-icetransport-statechange
func (t *ICETransport) OnConnectionStateChange(f func(ICETransportState)) { t.OnStateChange(f) }

// OnGatheringStateChange sets the handler of gatheringstatechange. nil removes
// it.
//
// https://www.w3.org/TR/webrtc/#event-icetransport-gatheringstatechange
func (t *ICETransport) OnGatheringStateChange(f func(ICEGatheringState)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.onGatheringChange = f
}

// OnSelectedCandidatePairChange sets the handler of selectedcandidatepairchange.
// It gets a copy of the pair, or nil where none is left. nil removes the handler.
//
// https://www.w3.org/TR/webrtc/#event-icetransport-selectedcandidatepairchange
func (t *ICETransport) OnSelectedCandidatePairChange(f func(*ICECandidatePair)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.onPairChange = f
}
