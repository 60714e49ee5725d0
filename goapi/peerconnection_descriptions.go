// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "github.com/nativertc/nativertc/cgo"

// descriptions are the four that a connection has; any may be nil.
type descriptions struct {
	currentLocal, currentRemote, pendingLocal, pendingRemote *SessionDescription
}

// clone makes copies, which are the application's.
func (d descriptions) clone() descriptions {
	return descriptions{clone(d.currentLocal), clone(d.currentRemote), clone(d.pendingLocal), clone(d.pendingRemote)}
}

// descriptions reads them. A closed connection has kept its last ones.
func (pc *PeerConnection) descriptions() descriptions {
	p := pc.ref.Acquire()
	if p == nil {
		pc.mu.Lock()
		defer pc.mu.Unlock()
		return pc.last.clone()
	}
	defer pc.ref.Release()
	if pc.onLoop() {
		return pc.identity.restore(pc.page.shown())
	}
	r, err := cgo.PeerConnectionDescriptions(p)
	if err != nil {
		return descriptions{}
	}
	return pc.identity.restore(readDescriptions(r))
}

func readDescriptions(r *cgo.Reader) descriptions {
	next := func() *SessionDescription {
		if !r.Bool() {
			return nil
		}
		d, err := readDescription(r)
		if err != nil {
			return nil
		}
		return &d
	}
	return descriptions{next(), next(), next(), next()}
}

func firstDescription(a, b *SessionDescription) *SessionDescription {
	if a != nil {
		return a
	}
	return b
}

// LocalDescription returns the pending local description if there is one, else
// the current one, with the candidates gathered so far; nil if there is none.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-localdescription
func (pc *PeerConnection) LocalDescription() *SessionDescription {
	d := pc.descriptions()
	return firstDescription(d.pendingLocal, d.currentLocal)
}

// RemoteDescription is LocalDescription for the other peer's.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-remotedescription
func (pc *PeerConnection) RemoteDescription() *SessionDescription {
	d := pc.descriptions()
	return firstDescription(d.pendingRemote, d.currentRemote)
}

// CurrentLocalDescription returns the local description that was last agreed on,
// or nil.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-currentlocaldesc
func (pc *PeerConnection) CurrentLocalDescription() *SessionDescription {
	return pc.descriptions().currentLocal
}

// CurrentRemoteDescription returns the remote description that was last agreed
// on, or nil.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-currentremotedesc
func (pc *PeerConnection) CurrentRemoteDescription() *SessionDescription {
	return pc.descriptions().currentRemote
}

// PendingLocalDescription returns the local description that is under
// negotiation, or nil.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-pendinglocaldesc
func (pc *PeerConnection) PendingLocalDescription() *SessionDescription {
	return pc.descriptions().pendingLocal
}

// PendingRemoteDescription returns the remote description that is under
// negotiation, or nil.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-pendingremotedesc
func (pc *PeerConnection) PendingRemoteDescription() *SessionDescription {
	return pc.descriptions().pendingRemote
}
