// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// sentNoise is a connection that sends noise, of which less may be sent than the encoder
// wants.
type sentNoise struct {
	t      *testing.T
	sender *RTPSender
}

func sendNoise(t *testing.T, encoding RTPEncodingParameters) *sentNoise {
	t.Helper()
	api, a, b := rtpPair(t)
	track, source := audioSourceTrack(t, api)
	transceiver, err := a.AddTransceiverFromTrack(track, RTPTransceiverInit{SendEncodings: []RTPEncodingParameters{encoding}})
	require.NoError(t, err)
	require.NoError(t, a.SetBitrate(BitrateSettings{Max: 20_000}))
	negotiate(t, a, b)
	block := noiseBlock(48000, 1)
	every(t, 10*time.Millisecond, func() { _ = source.PushFrame(block) })
	return &sentNoise{t, transceiver.Sender()}
}

func (s *sentNoise) counts() (packets, bytes float64) {
	report, err := s.sender.GetStats()
	require.NoError(s.t, err)
	for _, o := range StatsOf[*OutboundRTPStreamStats](report) {
		packets, bytes = float64(*o.PacketsSent), float64(*o.BytesSent)
	}
	return packets, bytes
}

// packet returns the payload of a packet, on average over half a second of sound.
func (s *sentNoise) packet() float64 {
	s.t.Helper()
	packets, bytes := s.counts()
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		if p, b := s.counts(); p >= packets+25 {
			return (b - bytes) / (p - packets)
		}
		require.True(s.t, time.Now().Before(deadline), "packets")
	}
}

// TestAdaptivePtimeFollowsTheEstimate: an encoder of sound keeps to its 32 kbit/s where the
// estimate is below, and follows it with adaptivePtime. The packets have the same 20 ms:
// those of 60 would be larger.
func TestAdaptivePtimeFollowsTheEstimate(t *testing.T) {
	fixed := sendNoise(t, RTPEncodingParameters{})
	adaptive := sendNoise(t, RTPEncodingParameters{AdaptivePtime: true})
	require.Eventually(t, func() bool { return adaptive.packet() < 60 }, patience, time.Millisecond)
	require.Greater(t, fixed.packet(), 70.0)
}
