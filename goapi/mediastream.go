// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"slices"
	"sync"
)

// MediaStream groups tracks that belong together, such as the picture and sound
// of one speaker. It holds nothing of libwebrtc's: what matters on the wire is
// the ID that the tracks are signalled with.
//
// All methods may be called from any goroutine and from every handler. Its zero
// value is not usable.
//
// https://www.w3.org/TR/mediacapture-streams/#mediastream
type MediaStream struct {
	id string

	mu          sync.Mutex
	tracks      []*MediaStreamTrack
	addTrack    func(*MediaStreamTrack)
	removeTrack func(*MediaStreamTrack)
}

// NewMediaStream makes a stream of the tracks, with a random ID.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-constructor
func NewMediaStream(tracks ...*MediaStreamTrack) *MediaStream {
	return newMediaStream(newMediaID(), tracks...)
}

func newMediaStream(id string, tracks ...*MediaStreamTrack) *MediaStream {
	s := &MediaStream{id: id}
	for _, t := range tracks {
		s.AddTrack(t)
	}
	return s
}

// ID identifies the stream.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-id
func (s *MediaStream) ID() string { return s.id }

// AddTrack adds a track, unless it is there or nil. It raises no event.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-addtrack
func (s *MediaStream) AddTrack(t *MediaStreamTrack) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(t)
}

func (s *MediaStream) add(t *MediaStreamTrack) bool {
	if t == nil || slices.Contains(s.tracks, t) {
		return false
	}
	s.tracks = append(s.tracks, t)
	return true
}

// RemoveTrack removes a track, if it is there. It raises no event.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-removetrack
func (s *MediaStream) RemoveTrack(t *MediaStreamTrack) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(t)
}

func (s *MediaStream) remove(t *MediaStreamTrack) bool {
	i := slices.Index(s.tracks, t)
	if i < 0 {
		return false
	}
	s.tracks = slices.Delete(s.tracks, i, i+1)
	return true
}

// remoteAdd adds a track because the other peer did, and returns the handler to
// run for it, or nil.
func (s *MediaStream) remoteAdd(t *MediaStreamTrack) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.addTrack; s.add(t) && f != nil {
		return func() { f(t) }
	}
	return nil
}

// remoteRemove is remoteAdd for a track that the other peer removed.
func (s *MediaStream) remoteRemove(t *MediaStreamTrack) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.removeTrack; s.remove(t) && f != nil {
		return func() { f(t) }
	}
	return nil
}

// GetTracks returns the tracks, in the order in which they were added.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-gettracks
func (s *MediaStream) GetTracks() []*MediaStreamTrack {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.tracks)
}

func (s *MediaStream) ofKind(kind RTPCodecType) []*MediaStreamTrack {
	return slices.DeleteFunc(s.GetTracks(), func(t *MediaStreamTrack) bool { return t.kind != kind })
}

// GetAudioTracks returns the tracks that are audio.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-getaudiotracks
func (s *MediaStream) GetAudioTracks() []*MediaStreamTrack { return s.ofKind(RTPCodecTypeAudio) }

// GetVideoTracks returns the tracks that are video.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-getvideotracks
func (s *MediaStream) GetVideoTracks() []*MediaStreamTrack { return s.ofKind(RTPCodecTypeVideo) }

// GetTrackByID returns the track with that ID, or nil.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-gettrackbyid
func (s *MediaStream) GetTrackByID(id string) *MediaStreamTrack {
	for _, t := range s.GetTracks() {
		if t.id == id {
			return t
		}
	}
	return nil
}

// Active tells whether any track is live.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-active
func (s *MediaStream) Active() bool {
	return slices.ContainsFunc(s.GetTracks(), func(t *MediaStreamTrack) bool {
		return t.ReadyState() == MediaStreamTrackStateLive
	})
}

// Clone makes a stream of clones of the tracks. It is an InvalidStateError if one
// of them is closed.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-clone
func (s *MediaStream) Clone() (*MediaStream, error) {
	clone := NewMediaStream()
	for _, t := range s.GetTracks() {
		c, err := t.Clone()
		if err != nil {
			for _, made := range clone.GetTracks() {
				_ = made.Close()
			}
			return nil, err
		}
		clone.AddTrack(c)
	}
	return clone, nil
}

// OnAddTrack sets the handler of addtrack: the other peer has added a track to
// the stream. It runs on the goroutine of the connection. nil removes it.
//
// https://www.w3.org/TR/mediacapture-streams/#event-mediastream-addtrack
func (s *MediaStream) OnAddTrack(f func(*MediaStreamTrack)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addTrack = f
}

// OnRemoveTrack sets the handler of removetrack: the other peer has removed a
// track from the stream. It runs on the goroutine of the connection. nil removes
// it.
//
// https://www.w3.org/TR/mediacapture-streams/#event-mediastream-removetrack
func (s *MediaStream) OnRemoveTrack(f func(*MediaStreamTrack)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.removeTrack = f
}
