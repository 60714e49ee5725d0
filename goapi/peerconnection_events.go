// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"github.com/nativertc/nativertc/cgo"
)

// peerConnectionHandlers are the application's. PeerConnection.mu guards them.
type peerConnectionHandlers struct {
	negotiationNeeded  func()
	negotiationMissed  *uint32 // the last one that found no handler
	signalingState     func(SignalingState)
	iceConnectionState func(ICEConnectionState)
	connectionState    func(PeerConnectionState)
	iceGatheringState  func(ICEGatheringState)
	iceCandidate       func(*ICECandidate)
	iceCandidateEvent  func(PeerConnectionICEEvent)
	iceCandidateError  func(PeerConnectionICEErrorEvent)
	dataChannel        func(*DataChannel)
	dataChannelEvent   func(DataChannelEvent)
}

// setHandler replaces a handler under pc.mu.
func setHandler[F any](pc *PeerConnection, slot *F, f F) {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	*slot = f
}

// handler reads a handler under pc.mu.
func handler[F any](pc *PeerConnection, slot *F) F {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	return *slot
}

// OnNegotiationNeeded sets the handler of negotiationneeded: a change wants an
// offer. nil removes it. It runs as soon as something wants to be negotiated, where a
// page's waits for the end of the script: set it after several changes to have one
// offer for all of them. What was raised before a handler was set is told then, if it
// still holds.
//
// https://www.w3.org/TR/webrtc/#event-negotiation
func (pc *PeerConnection) OnNegotiationNeeded(f func()) {
	pc.mu.Lock()
	pc.handlers.negotiationNeeded = f
	missed := pc.handlers.negotiationMissed
	if f != nil {
		pc.handlers.negotiationMissed = nil
	}
	pc.mu.Unlock()
	if f != nil && missed != nil {
		pc.d.post(func() { pc.tellNegotiationNeeded(*missed) })
	}
}

// OnSignalingStateChange sets the handler of signalingstatechange. nil
// removes it.
//
// https://www.w3.org/TR/webrtc/#event-signalingstatechange
func (pc *PeerConnection) OnSignalingStateChange(f func(SignalingState)) {
	setHandler(pc, &pc.handlers.signalingState, f)
}

// OnICEConnectionStateChange sets the handler of iceconnectionstatechange. nil
// removes it.
//
// https://www.w3.org/TR/webrtc/#event-iceconnectionstatechange
func (pc *PeerConnection) OnICEConnectionStateChange(f func(ICEConnectionState)) {
	setHandler(pc, &pc.handlers.iceConnectionState, f)
}

// OnConnectionStateChange sets the handler of connectionstatechange. nil removes
// it. As in a browser, Close does not call it.
//
// https://www.w3.org/TR/webrtc/#event-connectionstatechange
func (pc *PeerConnection) OnConnectionStateChange(f func(PeerConnectionState)) {
	setHandler(pc, &pc.handlers.connectionState, f)
}

// OnICEGatheringStateChange sets the handler of icegatheringstatechange. nil
// removes it.
//
// https://www.w3.org/TR/webrtc/#event-icegatheringstatechange
func (pc *PeerConnection) OnICEGatheringStateChange(f func(ICEGatheringState)) {
	setHandler(pc, &pc.handlers.iceGatheringState, f)
}

// OnICECandidate sets the handler of icecandidate. It gets each local candidate
// as it is gathered, and nil when gathering is complete. nil removes it.
//
// https://www.w3.org/TR/webrtc/#event-icecandidate
func (pc *PeerConnection) OnICECandidate(f func(*ICECandidate)) {
	setHandler(pc, &pc.handlers.iceCandidate, f)
}

// decode turns a record into a task. It runs on the pump.
func (pc *PeerConnection) decode(e *cgo.Event) task {
	r := &e.R
	if e.Subject != 0 {
		s := pc.subjects.find(e.Subject)
		if c, ok := s.(*DataChannel); ok && e.Kind == cgo.EventDataChannelMessage {
			return c.decodeMessage(r)
		}
		if s == nil {
			return task{}
		}
		return task{event: s.decode(e.Kind, r)}
	}
	switch e.Kind {
	case cgo.EventSignalingState:
		return stateTask(pc, r, ParseSignalingState, func(s SignalingState) { pc.signaling.Store(int32(s)) }, &pc.handlers.signalingState)
	case cgo.EventDescriptions:
		return pc.decodeDescriptions(r)
	case cgo.EventNegotiated:
		return pc.decodeNegotiated(r)
	case cgo.EventICEConnectionState:
		if pc.onLoop() {
			return task{} // it follows from the transports'
		}
		return stateTask(pc, r, ParseICEConnectionState, func(s ICEConnectionState) { pc.ice.Store(int32(s)) }, &pc.handlers.iceConnectionState)
	case cgo.EventConnectionState:
		return stateTask(pc, r, ParsePeerConnectionState, func(s PeerConnectionState) { pc.connection.Store(int32(s)) }, &pc.handlers.connectionState)
	case cgo.EventICEGatheringState:
		return pc.decodeGatheringState(r)
	case cgo.EventICECandidate:
		return pc.decodeCandidate(r)
	case cgo.EventICECandidateError:
		return pc.decodeCandidateError(r)
	case cgo.EventNegotiationNeeded:
		id := r.U32()
		return task{event: event{fire: func() { pc.tellNegotiationNeeded(id) }}}
	case cgo.EventDataChannel:
		return pc.decodeDataChannel(r)
	default:
		return task{event: pc.decodeRTP(e.Kind, r)}
	}
}

// stateTask is the task for a record that holds nothing but a state's name.
func stateTask[S comparable](pc *PeerConnection, r *cgo.Reader, parse func(string) (S, error), store func(S), slot *func(S)) task {
	state, err := parse(r.Str())
	if err != nil {
		return task{}
	}
	return task{event: event{
		apply: func() {
			if !pc.closed.Load() {
				store(state)
			}
		},
		fire: func() {
			if f := handler(pc, slot); f != nil && !pc.closed.Load() {
				f(state)
			}
		},
	}}
}

// decodeGatheringState is stateTask for the state of gathering, with the last
// icecandidate event at the end of gathering.
func (pc *PeerConnection) decodeGatheringState(r *cgo.Reader) task {
	var state ICEGatheringState
	var end uint64
	parse := func(name string) (s ICEGatheringState, err error) {
		state, err = ParseICEGatheringState(name)
		return state, err
	}
	t := stateTask(pc, r, parse, func(s ICEGatheringState) { end = pc.setGathering(s) }, &pc.handlers.iceGatheringState)
	if state != ICEGatheringStateComplete {
		return t
	}
	tell := t.fire
	t.fire = func() {
		tell()
		pc.gathered(end)
		pc.fireCandidate(nil)
	}
	return t
}

// tellNegotiationNeeded fires the event of that id when no operation is under way.
func (pc *PeerConnection) tellNegotiationNeeded(id uint32) {
	pc.chain.whenIdle(func() { pc.fireNegotiationNeeded(id) })
}

// fireNegotiationNeeded asks first whether the event still holds: what made it
// necessary may have been negotiated since it was raised.
func (pc *PeerConnection) fireNegotiationNeeded(id uint32) {
	pc.mu.Lock()
	f := pc.handlers.negotiationNeeded
	if f == nil {
		pc.handlers.negotiationMissed = &id
	}
	pc.mu.Unlock()
	if f == nil {
		return
	}
	p, done, err := pc.use()
	if err != nil {
		return
	}
	fire := cgo.PeerConnectionShouldFireNegotiationNeeded(p, id)
	done()
	if fire {
		f()
	}
}
