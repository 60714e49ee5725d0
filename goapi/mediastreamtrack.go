// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	goruntime "runtime"
	"slices"
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// TrackLocal is a track that can be sent. MediaStreamTrack implements it; nothing
// outside this package can.
type TrackLocal interface {
	// ID identifies the track.
	ID() string

	// StreamID identifies the stream that the track is signalled as part of.
	StreamID() string

	// Kind tells audio from video.
	Kind() RTPCodecType

	mediaStreamTrack() *MediaStreamTrack
}

// TrackRemote is a track that is received. It is the same type as a local track,
// as in a browser: a received track can be sent on with AddTrack.
type TrackRemote = MediaStreamTrack

// MediaStreamTrack is one line of audio or video. Local tracks are made by a
// VideoSource or AudioSource; remote ones come with a receiver. A VideoSink or
// AudioSink takes the media out of any track.
//
// All methods may be called from any goroutine and from every handler. The
// handlers of a remote track run on the goroutine of its connection; those of a
// local track, where only the end of the source raises an event, on one of their
// own.
//
// A local track holds resources until Close; a remote one until its connection
// is closed.
//
// https://www.w3.org/TR/mediacapture-streams/#mediastreamtrack
type MediaStreamTrack struct {
	rt       *engine // lives while ref is acquired
	ref      *cgo.Ref
	observer *cgo.Ref // of a remote track's state, else nil
	kind     RTPCodecType
	id       string
	label    string
	remote   bool
	group    *trackGroup   // the tracks with the same source
	over     chan struct{} // closed when the track ends

	mu          sync.Mutex
	streamIDs   []string
	enabled     bool
	muted       bool
	ended       bool
	contentHint ContentHint
	handlers    struct{ ended, mute, unmute, isolation func() }

	isolated     bool
	peerIdentity string           // whom an isolated local track is for
	gates        []*isolationGate // that senders send in its place
}

// newTrack takes over the reference to a track of libwebrtc. The runtime is held
// by the caller.
func newTrack(rt *engine, ptr unsafe.Pointer, kind RTPCodecType, id, label string, group *trackGroup) *MediaStreamTrack {
	t := &MediaStreamTrack{
		rt:      rt,
		ref:     rt.newRef(ptr),
		kind:    kind,
		id:      id,
		label:   label,
		group:   group,
		over:    make(chan struct{}),
		enabled: true,
	}
	goruntime.AddCleanup(t, func(ref *cgo.Ref) { ref.Close() }, t.ref)
	if !group.add(t) {
		t.end()
	}
	return t
}

// newRemoteTrack takes over the reference to a track that pc receives, and lets
// it raise its events on pc. As the W3C has it, the track is muted until media
// arrives (setMuted). streamIDs are as signalled.
func newRemoteTrack(pc *PeerConnection, ptr unsafe.Pointer, streamIDs []string) (*MediaStreamTrack, error) {
	queue := pc.queue.Acquire()
	if queue == nil {
		cgo.Unref(ptr)
		return nil, ErrConnectionClosed
	}
	defer pc.queue.Release()
	info, err := cgo.MediaStreamTrackInfo(ptr)
	if err != nil {
		cgo.Unref(ptr)
		return nil, nativeError(err)
	}
	kind, err := ParseRTPCodecType(info.Str())
	if err != nil {
		cgo.Unref(ptr)
		return nil, err
	}
	id := info.Str()
	t := newTrack(pc.rt, ptr, kind, id, "remote "+kind.String(), &trackGroup{})
	t.remote, t.muted, t.streamIDs = true, true, streamIDs
	pc.subjects.add(t.ref.ID(), t)
	t.observer = pc.rt.newRef(cgo.NewTrackObserver(ptr, queue))
	goruntime.AddCleanup(t, func(ref *cgo.Ref) { ref.Close() }, t.observer)
	return t, nil
}

// decode implements subject.
func (t *MediaStreamTrack) decode(kind cgo.EventKind, r *cgo.Reader) event {
	if kind != cgo.EventTrackState || !r.Bool() {
		return event{}
	}
	var handlers []func()
	return event{
		apply: func() { handlers = t.group.end() },
		fire: func() {
			for _, f := range handlers {
				f()
			}
		},
	}
}

func (t *MediaStreamTrack) mediaStreamTrack() *MediaStreamTrack { return t }

// ID identifies the track. That of a remote track is as signalled.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrack-id
func (t *MediaStreamTrack) ID() string { return t.id }

// Kind tells audio from video.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrack-kind
func (t *MediaStreamTrack) Kind() RTPCodecType { return t.kind }

// Label is the source's name: as its maker gave it, "remote audio" or "remote
// video".
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrack-label
func (t *MediaStreamTrack) Label() string { return t.label }

// StreamID returns the first of StreamIDs, or "" if there is none.
func (t *MediaStreamTrack) StreamID() string {
	if ids := t.StreamIDs(); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// StreamIDs returns the IDs of the streams that the track is signalled as part
// of.
func (t *MediaStreamTrack) StreamIDs() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string(nil), t.streamIDs...)
}

func (t *MediaStreamTrack) setStreamIDs(ids []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.streamIDs = ids
}

// Enabled tells whether the application wants the track's media; true at first.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrack-enabled
func (t *MediaStreamTrack) Enabled() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.enabled
}

// SetEnabled sets Enabled. A track that is not enabled gives black frames or
// silence to its sinks, and is sent as black frames or, if audio, silence.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrack-enabled
func (t *MediaStreamTrack) SetEnabled(enabled bool) {
	t.mu.Lock()
	t.enabled = enabled
	t.mu.Unlock()
	t.applyEnabled()
}

// applyEnabled tells libwebrtc whether media flows. An ended track gives none, but
// libwebrtc's tracks cannot be stopped: they are disabled instead.
func (t *MediaStreamTrack) applyEnabled() {
	setNativeEnabled(t.ref, func() bool {
		t.mu.Lock()
		defer t.mu.Unlock()
		return t.enabled && !t.ended && !t.isolated
	})
	t.mu.Lock()
	gates := slices.Clone(t.gates)
	t.mu.Unlock()
	for _, g := range gates {
		g.refresh()
	}
}

// Muted tells whether the source gives no media for the time being. Local tracks
// never are; remote tracks are while nothing is received.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrack-muted
func (t *MediaStreamTrack) Muted() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.muted
}

// setMuted sets Muted and returns the handler to run for it, or nil. To be called
// when an event is applied.
func (t *MediaStreamTrack) setMuted(muted bool) func() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.muted == muted || t.ended {
		return nil
	}
	t.muted = muted
	if muted {
		return t.handlers.mute
	}
	return t.handlers.unmute
}

// ReadyState tells whether the track is live or has ended.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrack-readystate
func (t *MediaStreamTrack) ReadyState() MediaStreamTrackState {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended {
		return MediaStreamTrackStateEnded
	}
	return MediaStreamTrackStateLive
}

// end makes the track ended and returns the handler to run if that is to be told,
// or nil.
func (t *MediaStreamTrack) end() func() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended {
		return nil
	}
	t.ended = true
	close(t.over)
	return t.handlers.ended
}

// Stop ends this track, without an event. Its source, and other tracks of the
// same source, go on. A sender of a stopped track sends black frames or silence.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrack-stop
func (t *MediaStreamTrack) Stop() {
	t.group.remove(t)
	t.end()
	t.applyEnabled()
}

// Close stops the track and releases what it holds. Senders that send it keep
// what they need. Its attributes can still be read. Closing twice is fine; the
// error is always nil.
func (t *MediaStreamTrack) Close() error {
	t.Stop()
	if t.observer != nil {
		if p := t.observer.Acquire(); p != nil {
			cgo.TrackObserverDetach(p)
			t.observer.Release()
		}
		t.observer.Close()
	}
	t.ref.Close()
	return nil
}

// Clone makes another track of the same source, with an ID of its own, and with
// this track's state, which from then on is its own. It is an
// InvalidStateError if this track is closed.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrack-clone
func (t *MediaStreamTrack) Clone() (*MediaStreamTrack, error) {
	p := t.ref.Acquire()
	if p == nil {
		return nil, ErrClosed
	}
	defer t.ref.Release()
	id := newMediaID()
	ptr := cgo.MediaStreamTrackClone(p, t.rt.factory.Acquire(), id)
	t.rt.factory.Release()
	c := newTrack(t.rt, ptr, t.kind, id, t.label, t.group)
	t.mu.Lock()
	enabled, muted, ended, hint, streams := t.enabled, t.muted, t.ended, t.contentHint, t.streamIDs
	isolated, peer := t.isolated, t.peerIdentity
	t.mu.Unlock()
	c.mu.Lock()
	c.remote, c.enabled, c.muted, c.contentHint, c.streamIDs = t.remote, enabled, muted, hint, streams
	c.isolated, c.peerIdentity = isolated, peer
	c.mu.Unlock()
	if ended {
		c.Stop()
	}
	c.applyEnabled()
	return c, nil
}

// OnEnded sets the handler of ended: the source has no more media. Stop and Close
// raise no event. nil removes it.
//
// https://www.w3.org/TR/mediacapture-streams/#event-mediastreamtrack-ended
func (t *MediaStreamTrack) OnEnded(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.handlers.ended = f
}

// OnMute sets the handler of mute: for now, no media comes. nil removes it.
//
// https://www.w3.org/TR/mediacapture-streams/#event-mediastreamtrack-mute
func (t *MediaStreamTrack) OnMute(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.handlers.mute = f
}

// OnUnmute sets the handler of unmute: media comes. nil removes it.
//
// https://www.w3.org/TR/mediacapture-streams/#event-mediastreamtrack-unmute
func (t *MediaStreamTrack) OnUnmute(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.handlers.unmute = f
}
