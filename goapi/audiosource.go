// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	goruntime "runtime"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// AudioSourceInit configures an AudioSource.
type AudioSourceInit struct {
	// Label is the label of the source's tracks.
	Label string

	// PeerIdentity isolates the tracks of the source: their media can be sent to
	// the peer of this identity (user@domain) only, as with the getUserMedia
	// constraint of this name. Empty isolates nothing. See MediaStreamTrack.Isolated.
	//
	// https://www.w3.org/TR/2017/WD-webrtc-20170605/#isolated-media-streams
	PeerIdentity string
}

// AudioSource turns sound of the application into audio tracks, any number of
// them. Nothing is done to the sound: no echo cancellation, no gain control.
//
// All methods may be called from any goroutine and from every handler.
//
// A source holds resources until Close.
type AudioSource struct {
	rt     *engine // lives while ref is acquired
	ref    *cgo.Ref
	label  string
	peer   string // Init.PeerIdentity
	group  *trackGroup
	closed atomic.Bool
}

// NewAudioSource makes a source with the default API.
func NewAudioSource(init AudioSourceInit) (*AudioSource, error) {
	return defaultAPI.NewAudioSource(init)
}

// NewAudioSource makes a source whose tracks can be used with a's connections.
func (a *API) NewAudioSource(init AudioSourceInit) (*AudioSource, error) {
	rt, err := a.acquire()
	if err != nil {
		return nil, err
	}
	defer rt.release()
	s := &AudioSource{rt: rt, ref: rt.newRef(cgo.NewAudioSource()), label: init.Label, peer: init.PeerIdentity, group: &trackGroup{}}
	goruntime.AddCleanup(s, func(ref *cgo.Ref) { ref.Close() }, s.ref)
	return s, nil
}

// NewTrack makes a track of the source. If id is empty, it is made up. streamID is
// the ID of the stream that AddTrack signals the track as part of, and may be
// empty.
func (s *AudioSource) NewTrack(id, streamID string) (*MediaStreamTrack, error) {
	p := s.ref.Acquire()
	if p == nil {
		return nil, ErrClosed
	}
	defer s.ref.Release()
	return newLocalTrack(s.rt, p, cgo.AudioSourceCreateTrack, RTPCodecTypeAudio, id, streamID, s.label, s.peer, s.group)
}

// newLocalTrack makes a track of a source, which the caller has acquired.
func newLocalTrack(rt *engine, source unsafe.Pointer, create func(source, factory unsafe.Pointer, id string) unsafe.Pointer,
	kind RTPCodecType, id, streamID, label, peerIdentity string, group *trackGroup) (*MediaStreamTrack, error) {
	if id == "" {
		id = newMediaID()
	}
	ptr := create(source, rt.factory.Acquire(), id)
	rt.factory.Release()
	t := newTrack(rt, ptr, kind, id, label, group)
	t.isolate(peerIdentity)
	if streamID != "" {
		t.setStreamIDs([]string{streamID})
	}
	return t, nil
}

// PushFrame delivers 10 ms of sound to the tracks of the source. It is copied; the
// frame may be reused when PushFrame returns. It does not wait: the application
// pushes a block every 10 ms, all blocks in order.
//
// It is a TypeError if the number of samples is not that of 10 ms, the rate none of
// 8000, 16000, 32000, 44100 and 48000, or the channels neither 1 nor 2; and an
// InvalidStateError after Close.
func (s *AudioSource) PushFrame(f *AudioFrame) error {
	if err := f.validate(); err != nil {
		return err
	}
	p := s.ref.Acquire()
	if p == nil {
		return ErrClosed
	}
	defer s.ref.Release()
	if cgo.AudioSourcePush(p, f.Samples, f.SampleRate, f.Channels, int64(f.Timestamp/time.Microsecond)) == cgo.PushEnded {
		return ErrClosed
	}
	return nil
}

// Close ends the source and its tracks, which raise their ended event. It does
// not wait for their handlers. Closing twice is fine; the error is always nil.
func (s *AudioSource) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	p := s.ref.Acquire()
	cgo.AudioSourceEnd(p, s.rt.factory.Acquire())
	s.rt.factory.Release()
	s.ref.Release()
	s.ref.Close()
	s.group.endAndFire()
	return nil
}
