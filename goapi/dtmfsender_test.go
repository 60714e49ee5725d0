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

// dtmfPair returns the tone sender of a connected pair.
func dtmfPair(t *testing.T) *DTMFSender {
	t.Helper()
	api, a, b := rtpPair(t)
	track, source := audioSourceTrack(t, api)
	sendTone(t, source)
	sender, err := a.AddTrack(track)
	require.NoError(t, err)
	dtmf := sender.DTMF()
	require.NotNil(t, dtmf)
	assert.False(t, dtmf.CanInsertDTMF(), "nothing is negotiated")
	requireError(t, invalidStateError, dtmf.InsertDTMF("1", 0, 0))
	negotiate(t, a, b)
	eventually(t, func() bool { return a.ConnectionState() == PeerConnectionStateConnected }, "connection")
	eventually(t, dtmf.CanInsertDTMF, "tones can be sent")
	return dtmf
}

func TestDTMFTones(t *testing.T) {
	dtmf := dtmfPair(t)
	assert.Equal(t, 100*time.Millisecond, dtmf.Duration())
	assert.Equal(t, 70*time.Millisecond, dtmf.InterToneGap())
	type change struct{ tone, left string }
	changes := make(chan change, 10)
	dtmf.OnToneChange(func(e DTMFToneChangeEvent) { changes <- change{e.Tone, dtmf.ToneBuffer()} })

	begin := time.Now()
	require.NoError(t, dtmf.InsertDTMF("1a#", 50*time.Millisecond, 40*time.Millisecond))
	for _, want := range []change{{"1", "A#"}, {"A", "#"}, {"#", ""}, {"", ""}} {
		assert.Equal(t, want, receive(t, changes, "tone "+want.tone))
	}
	assert.GreaterOrEqual(t, time.Since(begin), 3*(50+40)*time.Millisecond)
	assert.Equal(t, 50*time.Millisecond, dtmf.Duration())
	assert.Equal(t, 40*time.Millisecond, dtmf.InterToneGap())
	assert.Empty(t, dtmf.ToneBuffer())
}

func TestDTMFReplacesAndRemoves(t *testing.T) {
	dtmf := dtmfPair(t)
	tones := make(chan string, 10)
	dtmf.OnToneChange(func(e DTMFToneChangeEvent) { tones <- e.Tone })
	require.NoError(t, dtmf.InsertDTMF("12345", 6*time.Second, 0))
	assert.Equal(t, "1", receive(t, tones, "first tone"))
	assert.Equal(t, "2345", dtmf.ToneBuffer())
	require.NoError(t, dtmf.InsertDTMF("9,", time.Hour, time.Nanosecond))
	assert.Equal(t, 6*time.Second, dtmf.Duration(), "the longest")
	assert.Equal(t, 30*time.Millisecond, dtmf.InterToneGap(), "the shortest")
	require.NoError(t, dtmf.InsertDTMF("", time.Nanosecond, time.Hour))
	assert.Equal(t, 40*time.Millisecond, dtmf.Duration())
	assert.Equal(t, 6*time.Second, dtmf.InterToneGap())
	assert.Empty(t, dtmf.ToneBuffer())
	requireError(t, invalidCharacterError, dtmf.InsertDTMF("1E", 0, 0))
	requireError(t, invalidCharacterError, dtmf.InsertDTMF("1\x00", 0, 0))
}

// TestDTMFNewTonesFollow replaces tones while one plays, which is played to its end.
func TestDTMFNewTonesFollow(t *testing.T) {
	dtmf := dtmfPair(t)
	type change struct {
		tone string
		at   time.Time
	}
	changes := make(chan change, 10)
	dtmf.OnToneChange(func(e DTMFToneChangeEvent) {
		switch e.Tone {
		case "2":
			assert.NoError(t, dtmf.InsertDTMF("56", 50*time.Millisecond, 30*time.Millisecond))
			assert.NoError(t, dtmf.InsertDTMF("78", 50*time.Millisecond, 30*time.Millisecond))
		case "8":
			assert.NoError(t, dtmf.InsertDTMF("", 0, 0))
		}
		changes <- change{e.Tone, time.Now()}
	})
	require.NoError(t, dtmf.InsertDTMF("", 0, 0))
	began := time.Now()
	require.NoError(t, dtmf.InsertDTMF("1234", 200*time.Millisecond, 100*time.Millisecond))
	for _, want := range []string{"1", "2", "7", "8", ""} {
		got := receive(t, changes, "tone "+want)
		require.Equal(t, want, got.tone)
		if want == "7" {
			assert.GreaterOrEqual(t, got.at.Sub(began), 600*time.Millisecond, "after those that played")
		}
	}
	assert.Empty(t, changes)
}

func TestDTMFOfVideo(t *testing.T) {
	pc, err := NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	transceiver, err := pc.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	assert.Nil(t, transceiver.Sender().DTMF())
}
