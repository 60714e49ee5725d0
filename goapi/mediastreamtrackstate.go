// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// MediaStreamTrackState tells whether a track has media any more.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrackstate
type MediaStreamTrackState int

const (
	// MediaStreamTrackStateUnknown is the zero value: no value was given.
	MediaStreamTrackStateUnknown MediaStreamTrackState = iota

	// MediaStreamTrackStateLive ("live") is a track whose source may give media.
	MediaStreamTrackStateLive

	// MediaStreamTrackStateEnded ("ended") is a track that never will again.
	MediaStreamTrackStateEnded
)

var mediaStreamTrackStateNames = newEnumTable("MediaStreamTrackState", MediaStreamTrackStateLive, "live", "ended")

// ParseMediaStreamTrackState returns the MediaStreamTrackState that the W3C
// calls s; any other text is a TypeError that wraps ErrUnknownType.
func ParseMediaStreamTrackState(s string) (MediaStreamTrackState, error) {
	return mediaStreamTrackStateNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (s MediaStreamTrackState) String() string { return mediaStreamTrackStateNames.name(s) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (s MediaStreamTrackState) MarshalText() ([]byte, error) {
	return mediaStreamTrackStateNames.marshal(s)
}

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseMediaStreamTrackState reads.
func (s *MediaStreamTrackState) UnmarshalText(text []byte) error {
	return mediaStreamTrackStateNames.unmarshal(s, text)
}
