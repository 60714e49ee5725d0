// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// offerOfVideo makes an offer with a section of each kind.
func offerOfVideo(t *testing.T) SessionDescription {
	a, err := NewPeerConnection(Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, a.Close()) })
	for _, kind := range []RTPCodecType{RTPCodecTypeAudio, RTPCodecTypeVideo} {
		_, err = a.AddTransceiverFromKind(kind)
		require.NoError(t, err)
	}
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	return offer
}

func TestSectionThatTheOfferRejectsBringsNoTrack(t *testing.T) {
	offer := offerOfVideo(t)
	offer.SDP = strings.Replace(offer.SDP, "m=video 9 ", "m=video 0 ", 1)
	b, err := NewPeerConnection(Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, b.Close()) })
	var kinds []RTPCodecType // the handlers'
	answered := make(chan []RTPCodecType, 1)
	b.OnTrack(func(track *TrackRemote, _ *RTPReceiver) { kinds = append(kinds, track.Kind()) })
	b.OnSignalingStateChange(func(s SignalingState) {
		if s == SignalingStateStable {
			answered <- kinds
		}
	})
	require.NoError(t, b.SetRemoteDescription(offer))
	require.NoError(t, b.SetLocalDescription(SessionDescription{}))
	assert.Equal(t, []RTPCodecType{RTPCodecTypeAudio}, receive(t, answered, "answer"))
}

func TestTrackOfSectionThatTheAnswerRejectsEnds(t *testing.T) {
	offer := offerOfVideo(t)
	offer.SDP = regexp.MustCompile(`(a=rtpmap:\d+) [\w-]+/90000`).ReplaceAllString(offer.SDP, "$1 UNKNOWN/90000")
	b, err := NewPeerConnection(Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, b.Close()) })
	ended := make(chan RTPCodecType, 2)
	b.OnTrack(func(track *TrackRemote, _ *RTPReceiver) {
		track.OnEnded(func() { ended <- track.Kind() })
	})
	err = b.SetRemoteDescription(offer)
	if onDebian() {
		var access *InvalidAccessError
		require.ErrorAs(t, err, &access, "libwebrtc of 2023 refuses the whole offer")
		return
	}
	require.NoError(t, err)
	require.NoError(t, b.SetLocalDescription(SessionDescription{}))
	assert.Equal(t, RTPCodecTypeVideo, receive(t, ended, "ended"))
}

func TestParametersOfClosedConnectionHaveEmptyLists(t *testing.T) {
	a, err := NewPeerConnection(Configuration{})
	require.NoError(t, err)
	transceiver, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	require.NoError(t, a.Close())
	sent := transceiver.Sender().GetParameters()
	assert.NotNil(t, sent.Codecs)
	assert.NotNil(t, sent.HeaderExtensions)
	assert.NotNil(t, sent.Encodings)
	received := transceiver.Receiver().GetParameters()
	assert.NotNil(t, received.Codecs)
	assert.NotNil(t, received.HeaderExtensions)
}
