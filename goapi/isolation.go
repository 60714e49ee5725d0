// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"slices"

	"github.com/nativertc/nativertc/cgo"
)

// An isolated track keeps its media from the application. libwebrtc has no such
// thing, but its tracks can be disabled, which gives black frames and silence. So
// the track itself, whose sinks are the application's, is disabled for good; each
// sender gets a track of its own of the same source, the gate, which is enabled
// while the connection leads to the peer that the media is for.
//
// https://www.w3.org/TR/webrtc-identity/#isolated-media-streams

// isolationGate is what a sender sends in place of an isolated track.
type isolationGate struct {
	pc    *PeerConnection
	track *MediaStreamTrack
	ref   *cgo.Ref

	attached bool
}

// newGate makes a gate, which is closed. The track is one of pc's API.
func newGate(pc *PeerConnection, t *MediaStreamTrack) (*isolationGate, error) {
	p := t.ref.Acquire()
	if p == nil {
		return nil, ErrClosed
	}
	defer t.ref.Release()
	ptr := cgo.MediaStreamTrackClone(p, t.rt.factory.Acquire(), t.id)
	t.rt.factory.Release()
	cgo.MediaStreamTrackSetEnabled(ptr, false)
	return &isolationGate{pc: pc, track: t, ref: t.rt.newRef(ptr)}, nil
}

// attach makes the gate follow its track, once a sender has it.
func (g *isolationGate) attach() {
	g.attached = true
	g.pc.identity.used.Store(true)
	g.pc.identity.requires.Store(true)
	g.track.mu.Lock()
	g.track.gates = append(g.track.gates, g)
	g.track.mu.Unlock()
	g.refresh()
}

func (g *isolationGate) close() {
	g.track.mu.Lock()
	g.track.gates = slices.DeleteFunc(g.track.gates, func(other *isolationGate) bool { return other == g })
	g.track.mu.Unlock()
	if p := g.ref.Acquire(); p != nil {
		cgo.MediaStreamTrackSetEnabled(p, false)
		g.ref.Release()
	}
	g.ref.Close()
}

// refresh opens or closes the gate, as it should be now.
func (g *isolationGate) refresh() {
	setNativeEnabled(g.ref, func() bool {
		g.track.mu.Lock()
		defer g.track.mu.Unlock()
		return g.track.enabled && !g.track.ended && g.pc.identity.leadsTo(g.track.peerIdentity)
	})
}

// leadsTo tells whether media that is meant for one peer may be sent.
func (s *identityState) leadsTo(peer string) bool {
	name := s.name.Load()
	return name != nil && sameIdentity(*name, peer) && s.agreed.Load()
}

// refreshGates is called when the answer of leadsTo may have changed.
func (pc *PeerConnection) refreshGates() {
	for _, t := range pc.rtp.lastTransceivers() {
		t.sender.mu.Lock()
		g := t.sender.gate
		t.sender.mu.Unlock()
		if g != nil {
			g.refresh()
		}
	}
}

// setNativeEnabled tells libwebrtc whether media flows. The loop makes the last of
// concurrent changes win without a lock held across the call.
func setNativeEnabled(ref *cgo.Ref, flows func() bool) {
	p := ref.Acquire()
	if p == nil {
		return
	}
	defer ref.Release()
	for want, done := flows(), false; !done; {
		cgo.MediaStreamTrackSetEnabled(p, want)
		now := flows()
		want, done = now, now == want
	}
}

// isolationRefused tells that a track is sent by pc already: libwebrtc cannot know,
// as it sees the gates.
func (pc *PeerConnection) isolationRefused(track TrackLocal) error {
	if t := nativeTrack(track); t == nil || t.peerIdentity == "" || pc.closed.Load() {
		return nil
	}
	for _, t := range pc.rtp.lastTransceivers() {
		if t.sender.Track() == track {
			return newError(invalidAccessError, "the connection sends the track already", nil)
		}
	}
	return nil
}

// announceIsolation isolates what is received before anything of a description that
// asks for it can arrive. undo is for a description that is not applied after all.
func (pc *PeerConnection) announceIsolation(d SessionDescription) (undo func()) {
	if isolationOf(d.SDP) != isolationRequired || !pc.identity.isolating.CompareAndSwap(false, true) {
		return func() {}
	}
	pc.isolateReceived()
	return func() {
		pc.identity.isolating.Store(false)
		pc.isolateReceived()
	}
}

// applyIsolation takes note of what the other peer's description says. Media that
// is confidential in one direction is so in both, as with the W3C's c-webrtc.
func (pc *PeerConnection) applyIsolation(d SessionDescription) {
	s := &pc.identity
	s.agreed.Store(isolationOf(d.SDP) != "")
	if s.agreed.Load() && s.requires.Load() && s.isolating.CompareAndSwap(false, true) {
		pc.isolateReceived()
	}
	pc.refreshGates()
}

// isolateReceived makes the remote tracks follow the connection.
func (pc *PeerConnection) isolateReceived() {
	for _, t := range pc.rtp.lastTransceivers() {
		if pc.identity.isolating.Load() {
			t.receiver.transform.endIsolated()
		}
		t.receiver.track.setIsolated(pc, true)
	}
}

// setIsolated makes a remote track isolated, or not, as its connection is, and
// raises the event for it unless the track is new.
func (t *MediaStreamTrack) setIsolated(pc *PeerConnection, raise bool) {
	t.mu.Lock()
	now := pc.identity.isolating.Load()
	changed := t.isolated != now
	t.isolated = now
	t.mu.Unlock()
	if !changed {
		return
	}
	t.applyEnabled()
	if !raise {
		return
	}
	pc.d.post(func() {
		t.mu.Lock()
		f := t.handlers.isolation
		t.mu.Unlock()
		if f != nil {
			f()
		}
	})
}

// isolate binds a track that was just made to a peer.
func (t *MediaStreamTrack) isolate(peerIdentity string) {
	if peerIdentity == "" {
		return
	}
	t.mu.Lock()
	t.peerIdentity, t.isolated = peerIdentity, true
	t.mu.Unlock()
	t.applyEnabled()
}

// Isolated tells whether the track's media is kept from the application: its sinks
// get black frames or silence. A track is isolated if its source was made for one
// peer (VideoSourceInit.PeerIdentity, AudioSourceInit.PeerIdentity); it can be added
// to any connection, which sends its media to that peer only and black frames or
// silence to any other. A remote track is isolated while either end of its
// connection sends an isolated track and both ends are able to isolate.
//
// https://www.w3.org/TR/webrtc-identity/#dom-mediastreamtrack-isolated
func (t *MediaStreamTrack) Isolated() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.isolated
}

// OnIsolationChange sets the handler of isolationchange: Isolated has changed, which
// happens to remote tracks. nil removes it.
//
// https://www.w3.org/TR/webrtc-identity/#event-mediastreamtrack-isolationchange
func (t *MediaStreamTrack) OnIsolationChange(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.handlers.isolation = f
}
