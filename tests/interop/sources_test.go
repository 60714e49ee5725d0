// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package interop

import (
	"testing"
	"time"

	"github.com/pion/rtp"
	pion "github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/nativepeer"
	"github.com/nativertc/nativertc/tests/internal/peer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
)

// TestContributingSources has pion play a mixer: its packets of sound name those
// that are heard in them.
func TestContributingSources(t *testing.T) {
	ctx := limit(t)
	sound, err := media.EncodeOpus(media.Tone(pionTone, media.OpusRate, media.OpusRate))
	require.NoError(t, err)
	native, mixer := nativepeer.New(t, webrtc.Configuration{}), pionpeer.New(t, pion.Configuration{})
	tracks := native.Tracks()
	track, err := pion.NewTrackLocalStaticRTP(pion.RTPCodecCapability{MimeType: pion.MimeTypeOpus}, "mix", "mixer")
	require.NoError(t, err)
	sender, err := mixer.AddTrack(track)
	require.NoError(t, err)
	link := peer.Connect(t, native, mixer)
	require.NoError(t, link.Negotiate(ctx, mixer))

	stop, stopped := make(chan struct{}), make(chan struct{})
	defer func() {
		close(stop)
		<-stopped
	}()
	go func() {
		defer close(stopped)
		ticker := time.NewTicker(media.OpusPacketTime)
		defer ticker.Stop()
		for i := uint16(0); ; i++ {
			select {
			case <-ticker.C:
				_ = track.WriteRTP(&rtp.Packet{
					Header: rtp.Header{
						Version:        2,
						SequenceNumber: i,
						Timestamp:      uint32(i) * uint32(media.OpusRate*media.OpusPacketTime/time.Second),
						CSRC:           []uint32{1234, 4294967295},
					},
					Payload: sound[int(i)%len(sound)],
				})
			case <-stop:
				return
			}
		}
	}()

	received, err := peer.NextTrack(ctx, tracks, webrtc.RTPCodecTypeAudio)
	require.NoError(t, err)
	begin := time.Now()
	var contributing []webrtc.RTPContributingSource
	var synchronization []webrtc.RTPSynchronizationSource
	require.Eventually(t, func() bool {
		contributing = received.Receiver.GetContributingSources()
		synchronization = received.Receiver.GetSynchronizationSources()
		return len(contributing) == 2 && len(synchronization) == 1
	}, 30*time.Second, 10*time.Millisecond, "two contributing sources")
	var sources []uint32
	for _, c := range contributing {
		sources = append(sources, c.Source)
		assert.WithinRange(t, c.Timestamp, begin.Add(-callLimit), time.Now().Add(callLimit))
		assert.Nil(t, c.AudioLevel, "a mixer that does not tell (RFC 6465)")
		assert.Nil(t, c.VoiceActivityFlag, "libwebrtc does not report it")
	}
	assert.ElementsMatch(t, []uint32{1234, 4294967295}, sources)
	assert.EqualValues(t, sender.GetParameters().Encodings[0].SSRC, synchronization[0].Source)
	assert.Nil(t, synchronization[0].VoiceActivityFlag)

	// The latest first, and later ones follow.
	require.Eventually(t, func() bool {
		later := received.Receiver.GetContributingSources()
		return len(later) == 2 && later[0].Timestamp.After(contributing[0].Timestamp) && !later[0].Timestamp.Before(later[1].Timestamp) &&
			later[0].RTPTimestamp != contributing[0].RTPTimestamp
	}, 30*time.Second, 10*time.Millisecond, "sources go on")
}
