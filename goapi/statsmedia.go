// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// MediaSourceStats are what audio and video sources have in common.
//
// https://www.w3.org/TR/webrtc-stats/#mediasourcestats-dict*
type MediaSourceStats struct {
	StatsBase

	// TrackIdentifier is the id of the track.
	TrackIdentifier string `json:"trackIdentifier"`

	// Kind is "audio" or "video".
	Kind string `json:"kind"`
}

// AudioSourceStats are those of an audio track that is being sent.
//
// https://www.w3.org/TR/webrtc-stats/#audiosourcestats-dict*
type AudioSourceStats struct {
	MediaSourceStats

	// AudioLevel is the level from 0 (silence) to 1 (0 dBov), linear.
	AudioLevel *float64 `json:"audioLevel,omitempty"`

	// TotalAudioEnergy is the energy of the source: the sum of duration
	// times squared level.
	TotalAudioEnergy *float64 `json:"totalAudioEnergy,omitempty"`

	// TotalSamplesDuration is the duration of all samples, in seconds.
	TotalSamplesDuration *float64 `json:"totalSamplesDuration,omitempty"`

	// EchoReturnLoss is the echo return loss, in decibels.
	EchoReturnLoss *float64 `json:"echoReturnLoss,omitempty"`

	// EchoReturnLossEnhancement is what echo cancellation adds to it, in
	// decibels.
	EchoReturnLossEnhancement *float64 `json:"echoReturnLossEnhancement,omitempty"`
}

// VideoSourceStats are those of a video track that is being sent.
//
// https://www.w3.org/TR/webrtc-stats/#videosourcestats-dict*
type VideoSourceStats struct {
	MediaSourceStats

	// Width is the width of the last frame, in pixels.
	Width *uint32 `json:"width,omitempty"`

	// Height is the height of the last frame, in pixels.
	Height *uint32 `json:"height,omitempty"`

	// Frames is the number of frames from the source.
	Frames *uint32 `json:"frames,omitempty"`

	// FramesPerSecond is the number of frames in the last second.
	FramesPerSecond *float64 `json:"framesPerSecond,omitempty"`
}

// AudioPlayoutStats are those of a way by which audio is played.
//
// https://www.w3.org/TR/webrtc-stats/#playoutstats-dict*
type AudioPlayoutStats struct {
	StatsBase

	// Kind is "audio".
	Kind string `json:"kind"`

	// SynthesizedSamplesDuration is the duration of the samples that were
	// made up because playing ran dry, in seconds.
	SynthesizedSamplesDuration *float64 `json:"synthesizedSamplesDuration,omitempty"`

	// SynthesizedSamplesEvents is the number of times that this began.
	SynthesizedSamplesEvents *uint64 `json:"synthesizedSamplesEvents,omitempty"`

	// TotalSamplesDuration is the duration of all samples played, in
	// seconds.
	TotalSamplesDuration *float64 `json:"totalSamplesDuration,omitempty"`

	// TotalPlayoutDelay is the sum, over the samples, of the seconds until
	// they are played.
	TotalPlayoutDelay *float64 `json:"totalPlayoutDelay,omitempty"`

	// TotalSamplesCount is the number of samples played.
	TotalSamplesCount *uint64 `json:"totalSamplesCount,omitempty"`
}
