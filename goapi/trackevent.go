// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "github.com/nativertc/nativertc/cgo"

// OnTrack sets the handler of track: the other peer sends a track. nil removes it.
// OnTrackEvent tells more; both may be set.
//
// https://www.w3.org/TR/webrtc/#event-track
func (pc *PeerConnection) OnTrack(f func(*TrackRemote, *RTPReceiver)) {
	setHandler(pc, &pc.rtp.onTrack, f)
}

// OnTrackEvent sets the handler of track, with all that the W3C's event has. nil
// removes it.
//
// https://www.w3.org/TR/webrtc/#event-track
func (pc *PeerConnection) OnTrackEvent(f func(TrackEvent)) {
	setHandler(pc, &pc.rtp.onTrackEvent, f)
}

// TrackEvent tells that the other peer sends a track.
//
// https://www.w3.org/TR/webrtc/#rtctrackevent
type TrackEvent struct {
	Receiver    *RTPReceiver
	Track       *TrackRemote   // that of the receiver
	Streams     []*MediaStream // those that the other peer has put the track in
	Transceiver *RTPTransceiver
}

// decodeRTP turns a record about tracks into an event. It runs on the pump, before
// the connection's references are given up.
func (pc *PeerConnection) decodeRTP(kind cgo.EventKind, r *cgo.Reader) event {
	switch kind {
	case cgo.EventTrack:
		return pc.decodeTrack(r)
	case cgo.EventTrackRemoved:
		return pc.decodeTrackRemoved(r)
	}
	return event{}
}

func (pc *PeerConnection) decodeTrack(r *cgo.Reader) event {
	native, ids, moved := r.Ptr(), r.Strs(), r.Bool()
	t, err := pc.transceiver(native)
	if err != nil {
		return event{}
	}
	streams := pc.remoteStreams(ids)
	e := TrackEvent{Receiver: t.receiver, Track: t.receiver.track, Streams: streams, Transceiver: t}
	var handlers []func()
	var added bool
	return event{
		apply: func() { handlers, added = t.receiver.applyTrack(ids, streams) },
		fire: func() {
			runAll(handlers)
			if added || !moved {
				pc.fireTrack(e)
			}
		},
	}
}

func (pc *PeerConnection) fireTrack(e TrackEvent) {
	if f := handler(pc, &pc.rtp.onTrack); f != nil && !pc.closed.Load() {
		f(e.Track, e.Receiver)
	}
	if f := handler(pc, &pc.rtp.onTrackEvent); f != nil && !pc.closed.Load() {
		f(e)
	}
}

func (pc *PeerConnection) decodeTrackRemoved(r *cgo.Reader) event {
	native := r.Ptr()
	receiver := pc.rtp.receiver(address(native))
	cgo.Unref(native)
	if receiver == nil {
		return event{}
	}
	var handlers []func()
	return event{
		apply: func() { handlers = receiver.applyTrackRemoved() },
		fire:  func() { runAll(handlers) },
	}
}

func runAll(handlers []func()) {
	for _, f := range handlers {
		f()
	}
}

// remoteStreams returns the streams with the ids, the same object for the same id.
func (pc *PeerConnection) remoteStreams(ids []string) (streams []*MediaStream) {
	for _, id := range ids {
		streams = append(streams, pc.rtp.stream(id))
	}
	return streams
}
