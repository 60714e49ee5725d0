// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package pionpeer

import (
	"context"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/peer"
)

func TestMediaAndData(t *testing.T) {
	const width, height, tone = 640, 360, 700
	for _, codec := range []media.Codec{media.VP8, media.H264} {
		t.Run(string(codec), func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			clip, err := media.EncodeClip(codec, width, height, 30, 60)
			require.NoError(t, err)
			sound, err := media.EncodeOpus(media.Tone(tone, media.OpusRate, 2*media.OpusRate))
			require.NoError(t, err)

			a, b := New(t, webrtc.Configuration{}), New(t, webrtc.Configuration{})
			a.SendClip(t, clip)
			a.SendOpus(t, sound)
			channel, err := a.CreateDataChannel("talk", nil)
			require.NoError(t, err)
			channel.OnOpen(func() { assert.NoError(t, channel.SendText("hello")) })
			got := make(chan string, 1)
			b.OnDataChannel(func(channel *webrtc.DataChannel) {
				channel.OnMessage(func(m webrtc.DataChannelMessage) { got <- string(m.Data) })
			})
			tracks := b.Tracks()

			require.NoError(t, peer.Connect(t, a, b).Negotiate(ctx, a))
			require.NoError(t, a.WaitState(ctx, webrtc.PeerConnectionStateConnected))
			select {
			case text := <-got:
				assert.Equal(t, "hello", text)
			case <-ctx.Done():
				t.Fatal("no message")
			}

			audio, video, err := peer.AudioAndVideo(ctx, tracks)
			require.NoError(t, err)
			gotCodec, encoded, err := video.RecordVideo(ctx, 45)
			require.NoError(t, err)
			assert.Equal(t, codec, gotCodec)
			frames, err := media.DecodeFrames(codec, encoded)
			require.NoError(t, err)
			report := media.Inspect(frames, width, height)
			t.Log(report)
			assert.Equal(t, 45, report.Numbered)
			assert.LessOrEqual(t, report.Backward, 1)
			assert.Greater(t, report.MedianPSNR, 30.0)

			packets, err := audio.RecordOpus(ctx, 50)
			require.NoError(t, err)
			samples, err := media.DecodeOpus(packets)
			require.NoError(t, err)
			assert.Greater(t, media.ToneShare(samples, media.OpusRate, tone), 0.9)
		})
	}
}

func TestRecordEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	clip, err := media.EncodeClip(media.VP8, 320, 180, 30, 30)
	require.NoError(t, err)
	a, b := New(t, webrtc.Configuration{}), New(t, webrtc.Configuration{})
	a.SendClip(t, clip)
	tracks := b.Tracks()
	require.NoError(t, peer.Connect(t, a, b).Negotiate(ctx, a))
	track, err := peer.NextTrack(ctx, tracks, webrtc.RTPCodecTypeVideo)
	require.NoError(t, err)

	short, stop := context.WithTimeout(ctx, time.Second)
	defer stop()
	_, _, err = track.RecordVideo(short, 1<<20)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	_, _, err = track.RecordVideo(ctx, 10)
	assert.NoError(t, err, "recording again")
}
