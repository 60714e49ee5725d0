// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "time"

// RTPContributingSource is a source (CSRC) that had a part in the media that
// was played within the last ten seconds.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpcontributingsource
type RTPContributingSource struct {
	// Timestamp is when media of the source was last played.
	Timestamp time.Time

	// Source is the CSRC, or the SSRC of a synchronization source.
	Source uint32

	// AudioLevel is the level from 0 (silence) to 1 (0 dBov), linear, or nil where
	// the packet did not tell (RFC 6464, RFC 6465).
	AudioLevel *float64

	// VoiceActivityFlag tells whether the packet held speech (RFC 6464), or is
	// nil where it did not tell. It is for synchronization sources only.
	VoiceActivityFlag *bool

	// RTPTimestamp is that of the media last played.
	RTPTimestamp uint32

	// CaptureTimestamp is when the media was captured, by the clock of the system
	// that captured it, or nil (WebRTC Extensions; absolute capture time).
	CaptureTimestamp *time.Time

	// SenderCaptureTimeOffset is what has to be added to CaptureTimestamp to get
	// the time by the clock of the sender, or nil (WebRTC Extensions).
	SenderCaptureTimeOffset *time.Duration
}

// RTPSynchronizationSource is the source (SSRC) of an RTP stream that was played
// within the last ten seconds.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsynchronizationsource
type RTPSynchronizationSource struct {
	RTPContributingSource
}
