// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"maps"
	"slices"
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// rtpObjects are the transceivers of a connection and what belongs to them: one
// Go object for each of libwebrtc's, found by its address.
type rtpObjects struct {
	// building is held while a transceiver is made, over calls of the bridge, so
	// that no two goroutines make one for the same. libwebrtc's threads never
	// wait for it.
	building sync.Mutex

	mu           sync.Mutex
	transceivers map[uint64]*RTPTransceiver
	order        []*RTPTransceiver // as they were last listed or made
	streams      map[string]*MediaStream
	closed       bool

	// The handlers. PeerConnection.mu guards them.
	onTrack      func(*TrackRemote, *RTPReceiver)
	onTrackEvent func(TrackEvent)
}

func (o *rtpObjects) find(id uint64) *RTPTransceiver {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.transceivers[id]
}

// receiver finds a receiver by its address; nil if it has no Go object.
func (o *rtpObjects) receiver(id uint64) *RTPReceiver {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, t := range o.transceivers {
		if t.receiver.ref.ID() == id {
			return t.receiver
		}
	}
	return nil
}

// stream returns the one object for a stream of the other peer.
func (o *rtpObjects) stream(id string) *MediaStream {
	o.mu.Lock()
	defer o.mu.Unlock()
	s, ok := o.streams[id]
	if !ok {
		s = newMediaStream(id)
		if o.streams == nil {
			o.streams = map[string]*MediaStream{}
		}
		o.streams[id] = s
	}
	return s
}

// insert adds a transceiver; false if the connection was closed in the meantime.
func (o *rtpObjects) insert(t *RTPTransceiver) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return false
	}
	if o.transceivers == nil {
		o.transceivers = map[uint64]*RTPTransceiver{}
	}
	o.transceivers[t.ref.ID()] = t
	o.order = append(o.order, t)
	return true
}

func (o *rtpObjects) lastTransceivers() []*RTPTransceiver {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.order)
}

// retireOthers gives up the transceivers that are stopped and that libwebrtc does
// not list any more.
func (o *rtpObjects) retireOthers(listed []*RTPTransceiver) {
	o.mu.Lock()
	all := slices.Collect(maps.Values(o.transceivers))
	o.mu.Unlock()
	var gone []*RTPTransceiver
	for _, t := range all {
		if !slices.Contains(listed, t) && t.Stopped() {
			gone = append(gone, t)
		}
	}
	o.mu.Lock()
	for _, t := range gone {
		delete(o.transceivers, t.ref.ID())
		o.order = slices.DeleteFunc(o.order, func(other *RTPTransceiver) bool { return other == t })
	}
	o.mu.Unlock()
	for _, t := range gone {
		t.receiver.endTrack()
		t.retire()
	}
}

// endStopped ends the tracks of the transceivers that a description has stopped:
// libwebrtc does so only for those that the other peer rejects.
func (pc *PeerConnection) endStopped() {
	for _, t := range pc.rtp.lastTransceivers() {
		if t.receiver.track.ReadyState() == MediaStreamTrackStateLive && t.Stopped() {
			t.receiver.endTrack()
		}
	}
}

// endTrack ends the track of a receiver that is no more, and tells it.
func (r *RTPReceiver) endTrack() {
	if handlers := r.track.group.end(); len(handlers) > 0 {
		r.pc.d.post(func() { runAll(handlers) })
	}
}

// transceiver returns the object for a native transceiver, whose reference it
// takes over.
func (pc *PeerConnection) transceiver(native unsafe.Pointer) (*RTPTransceiver, error) {
	ref := pc.rt.newRef(native)
	pc.rtp.building.Lock()
	defer pc.rtp.building.Unlock()
	if t := pc.rtp.find(ref.ID()); t != nil {
		ref.Close()
		return t, nil
	}
	t, err := pc.newTransceiver(ref, native)
	if err != nil {
		return nil, err
	}
	if !pc.rtp.insert(t) {
		t.retire()
		return nil, ErrConnectionClosed
	}
	t.receiver.track.setIsolated(pc, false)
	return t, nil
}

// newTransceiver makes the objects for a native transceiver. ref is closed on
// failure.
func (pc *PeerConnection) newTransceiver(ref *cgo.Ref, native unsafe.Pointer) (*RTPTransceiver, error) {
	r, err := cgo.RTPTransceiverParts(native)
	if err != nil {
		ref.Close()
		return nil, nativeError(err)
	}
	t := &RTPTransceiver{pc: pc, ref: ref}
	t.kind, _ = ParseRTPCodecType(r.Str())
	sender, receiver := r.Ptr(), r.Ptr()
	t.sender = &RTPSender{pc: pc, ref: pc.rt.newRef(sender), transceiver: t}
	t.receiver = &RTPReceiver{pc: pc, ref: pc.rt.newRef(receiver), transceiver: t}
	if err := pc.completeTransceiver(t, sender, receiver); err != nil {
		t.retire()
		return nil, err
	}
	return t, nil
}

func (pc *PeerConnection) completeTransceiver(t *RTPTransceiver, sender, receiver unsafe.Pointer) error {
	p := pc.ref.Acquire()
	if p == nil {
		return ErrConnectionClosed
	}
	defer pc.ref.Release()
	track, err := cgo.RTPReceiverTrack(receiver)
	if err != nil {
		return nativeError(err)
	}
	if t.receiver.track, err = newRemoteTrack(pc, track, nil); err != nil {
		return err
	}
	pc.subjects.add(t.receiver.ref.ID(), t.receiver)
	observer, err := cgo.RTPReceiverObserve(receiver, p)
	if err != nil {
		return nativeError(err)
	}
	t.receiver.observer = pc.rt.newRef(observer)
	if t.kind == RTPCodecTypeAudio {
		t.sender.dtmf, err = newDTMFSender(t.sender, sender)
	}
	return err
}

// closeRTP ends everything about tracks when the connection is closed.
func (pc *PeerConnection) closeRTP() {
	pc.rtp.mu.Lock()
	pc.rtp.closed = true
	all := pc.rtp.transceivers
	pc.rtp.transceivers = nil
	pc.rtp.mu.Unlock()
	for _, t := range all {
		t.retire()
	}
}
