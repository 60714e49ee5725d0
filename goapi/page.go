// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"slices"
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// page is what an application on an event loop sees of a connection (see
// SettingEngine.SetEventLoop): what descriptions had made of it by the last task, where
// others are told what libwebrtc has at the moment. All of it changes in tasks.
type page struct {
	mu           sync.Mutex
	descriptions *descriptionsOf
	all          map[*descriptionsOf]struct{} // whose references are held
	transceivers []*RTPTransceiver
	listed       map[*RTPTransceiver]bool // by libwebrtc, at the last time
	transports   []*DTLSTransport         // that are in use
	closed       bool
}

// descriptionsOf are the descriptions of one moment, whose text is made when they are
// first asked for.
type descriptionsOf struct {
	ref  *cgo.Ref
	read *descriptions
}

// onLoop tells whether the connection is on an event loop of the application's.
func (pc *PeerConnection) onLoop() bool { return pc.d.loop != nil }

// newDescriptionsOf takes over what a record holds; nil once the connection is closed.
func (g *page) newDescriptionsOf(native unsafe.Pointer) *descriptionsOf {
	d := &descriptionsOf{ref: cgo.NewRef(native, nil)} // holds no thread of the engine's
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		d.ref.Close()
		return nil
	}
	if g.all == nil {
		g.all = map[*descriptionsOf]struct{}{}
	}
	g.all[d] = struct{}{}
	return d
}

// decodeDescriptions is for candidates, which change descriptions too.
func (pc *PeerConnection) decodeDescriptions(r *cgo.Reader) task {
	now := pc.page.newDescriptionsOf(r.Ptr())
	return task{event: event{apply: func() { pc.page.install(now) }}}
}

// decodeNegotiated is for what a description has changed.
func (pc *PeerConnection) decodeNegotiated(r *cgo.Reader) task {
	now := pc.page.newDescriptionsOf(r.Ptr())
	var transceivers []*RTPTransceiver
	for range r.U32() {
		if t, err := pc.transceiver(r.Ptr()); err == nil {
			transceivers = append(transceivers, t)
		}
	}
	return task{event: event{apply: func() {
		pc.page.install(now)
		pc.page.list(transceivers)
	}}}
}

// install makes descriptions the present ones. It frees a copy of the former ones,
// which waits for nothing.
func (g *page) install(now *descriptionsOf) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now == nil || g.closed {
		return
	}
	if g.descriptions != nil {
		g.descriptions.ref.Close()
		delete(g.all, g.descriptions)
	}
	g.descriptions = now
}

// list takes over which transceivers libwebrtc lists: new ones come after those that
// the application has added meanwhile, and those that are listed no longer go.
func (g *page) list(listed []*RTPTransceiver) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.transceivers = slices.DeleteFunc(g.transceivers, func(t *RTPTransceiver) bool {
		return g.listed[t] && !slices.Contains(listed, t)
	})
	g.listed = map[*RTPTransceiver]bool{}
	for _, t := range listed {
		g.listed[t] = true
		if !slices.Contains(g.transceivers, t) {
			g.transceivers = append(g.transceivers, t)
		}
	}
}

// added shows a transceiver that the application has added.
func (g *page) added(t *RTPTransceiver) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !slices.Contains(g.transceivers, t) {
		g.transceivers = append(g.transceivers, t)
	}
}

// withoutStopped hides those that were stopped before libwebrtc ever listed them, and
// returns the others.
func (g *page) withoutStopped() []*RTPTransceiver {
	shown := g.shownTransceivers()
	g.mu.Lock()
	listed := g.listed
	g.mu.Unlock()
	stopped := slices.DeleteFunc(shown, func(t *RTPTransceiver) bool { return listed[t] || !t.Stopped() })
	g.mu.Lock()
	defer g.mu.Unlock()
	g.transceivers = slices.DeleteFunc(g.transceivers, func(t *RTPTransceiver) bool { return slices.Contains(stopped, t) })
	return slices.Clone(g.transceivers)
}

func (g *page) shownTransceivers() []*RTPTransceiver {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.transceivers)
}

// shown returns the present descriptions.
func (g *page) shown() descriptions {
	g.mu.Lock()
	defer g.mu.Unlock()
	d := g.descriptions
	if d == nil {
		return descriptions{}
	}
	if d.read != nil {
		return d.read.clone()
	}
	p := d.ref.Acquire()
	if p == nil {
		return descriptions{}
	}
	defer d.ref.Release()
	r, err := cgo.DescriptionsRead(p) // which waits for no thread
	if err != nil {
		return descriptions{}
	}
	read := readDescriptions(r)
	d.read = &read
	return read.clone()
}

func (g *page) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	for d := range g.all {
		d.ref.Close()
	}
	g.all, g.transports, g.listed = nil, nil, nil
}

// meet makes the objects of the transports that a description has made, new as they
// are to the application. It returns what makes them the ones in use, and the events
// that tell what has happened to them since.
func (pc *PeerConnection) meet() (use func(), then []event) {
	var transports []*DTLSTransport
	transceivers, _ := pc.listTransceivers()
	for _, t := range transceivers {
		p := t.sender.ref.Acquire()
		if p == nil {
			continue
		}
		native, err := cgo.RTPSenderDTLSTransport(p)
		t.sender.ref.Release()
		if err == nil {
			transport, news := pc.meetDTLSTransport(native)
			transports, then = append(transports, transport), append(then, news...)
		}
	}
	if t := pc.SCTP(); t != nil {
		if native := t.refresh(); native != nil {
			transport, news := pc.meetDTLSTransport(native)
			transports, then = append(transports, transport), append(then, news...)
		}
	}
	transports = slices.DeleteFunc(transports, func(t *DTLSTransport) bool { return t == nil })
	use = func() {
		pc.page.mu.Lock()
		defer pc.page.mu.Unlock()
		if !pc.page.closed {
			pc.page.transports = transports
		}
	}
	return use, append(then, pc.iceConnectionEvent())
}

// iceConnectionEvent is the event for the state of ICE that follows from those of the
// transports, if it is another one when the event's turn comes.
//
// https://www.w3.org/TR/webrtc/#rtciceconnectionstate-enum
func (pc *PeerConnection) iceConnectionEvent() event {
	if !pc.onLoop() {
		return event{}
	}
	var state ICEConnectionState
	var changed bool
	return event{
		apply: func() {
			if pc.closed.Load() {
				return
			}
			state = pc.page.iceConnectionState()
			changed = pc.ice.Swap(int32(state)) != int32(state)
		},
		fire: func() {
			if f := handler(pc, &pc.handlers.iceConnectionState); changed && f != nil && !pc.closed.Load() {
				f(state)
			}
		},
	}
}

func (g *page) iceConnectionState() ICEConnectionState {
	g.mu.Lock()
	transports := g.transports
	g.mu.Unlock()
	count := map[ICETransportState]int{}
	for _, t := range transports {
		count[t.ice.State()]++
	}
	ended := count[ICETransportStateClosed]
	switch n := len(transports); {
	case count[ICETransportStateFailed] > 0:
		return ICEConnectionStateFailed
	case count[ICETransportStateDisconnected] > 0:
		return ICEConnectionStateDisconnected
	case count[ICETransportStateNew]+ended == n:
		return ICEConnectionStateNew
	case count[ICETransportStateNew]+count[ICETransportStateChecking] > 0:
		return ICEConnectionStateChecking
	case count[ICETransportStateCompleted]+ended == n:
		return ICEConnectionStateCompleted
	default:
		return ICEConnectionStateConnected
	}
}
