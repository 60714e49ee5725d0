// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReceiverOfAudio(t *testing.T) {
	api, a, b := rtpPair(t)
	track, source := audioSourceTrack(t, api)
	sendTone(t, source)
	sender, err := a.AddTrack(track)
	require.NoError(t, err)
	receivers := make(chan *RTPReceiver, 1)
	b.OnTrack(func(_ *TrackRemote, r *RTPReceiver) { receivers <- r })
	negotiate(t, a, b)
	receiver := receive(t, receivers, "track")

	p := receiver.GetParameters()
	require.NotEmpty(t, p.Codecs)
	assert.Equal(t, MimeTypeOpus, p.Codecs[0].MimeType)
	assert.NotEmpty(t, p.HeaderExtensions)

	before := time.Now()
	var sources []RTPSynchronizationSource
	eventually(t, func() bool {
		sources = receiver.GetSynchronizationSources()
		return len(sources) > 0
	}, "a synchronization source")
	require.Len(t, sources, 1)
	assert.EqualValues(t, sender.GetParameters().Encodings[0].SSRC, sources[0].Source)
	assert.WithinRange(t, sources[0].Timestamp, before.Add(-patience), time.Now().Add(patience))
	require.NotNil(t, sources[0].AudioLevel, "the level's header extension is negotiated")
	assert.GreaterOrEqual(t, *sources[0].AudioLevel, 0.0)
	assert.LessOrEqual(t, *sources[0].AudioLevel, 1.0)
	assert.Empty(t, receiver.GetContributingSources(), "nobody mixes")

	eventually(t, func() bool {
		report, err := receiver.GetStats()
		require.NoError(t, err)
		in := StatsOf[*InboundRTPStreamStats](report)
		return len(in) == 1 && in[0].Kind == "audio"
	}, "statistics of the receiver")
}

func TestJitterBufferTarget(t *testing.T) {
	pc, err := NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	transceiver, err := pc.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	receiver := transceiver.Receiver()
	assert.Nil(t, receiver.JitterBufferTarget())
	target := 250 * time.Millisecond
	require.NoError(t, receiver.SetJitterBufferTarget(&target))
	assert.Equal(t, target, *receiver.JitterBufferTarget())
	for _, wrong := range []time.Duration{-1, 4*time.Second + 1} {
		requireError(t, rangeError, receiver.SetJitterBufferTarget(&wrong))
	}
	assert.Equal(t, target, *receiver.JitterBufferTarget())
	require.NoError(t, receiver.SetJitterBufferTarget(nil))
	assert.Nil(t, receiver.JitterBufferTarget())
}

func TestSourceNumbers(t *testing.T) {
	assert.Equal(t, 1.0, linearAudioLevel(0))
	assert.InDelta(t, 0.1, linearAudioLevel(20), 1e-9)
	assert.Zero(t, linearAudioLevel(127))
	assert.Equal(t, time.Unix(0, 500_000_000).UTC(), ntpTimestamp(2208988800<<32|1<<31).UTC())
	assert.Equal(t, -1500*time.Millisecond, fixedPointSeconds(-3<<31))
}
