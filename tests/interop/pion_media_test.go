// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package interop

import (
	"context"
	"testing"

	pion "github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/nativepeer"
	"github.com/nativertc/nativertc/tests/internal/peer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
)

const (
	// framesWanted is how many pictures are received and compared each way.
	framesWanted = 60
	// soundWanted is how many packets of sound, a second and a half.
	soundWanted = 75
)

func TestPionMedia(t *testing.T) {
	sound, err := media.EncodeOpus(media.Tone(pionTone, media.OpusRate, 2*media.OpusRate))
	require.NoError(t, err)
	for _, codec := range []media.Codec{media.VP8, media.H264} {
		clip, err := media.EncodeClip(codec, width, height, fps, 60)
		require.NoError(t, err)
		for _, offerer := range []string{"native", "pion"} {
			t.Run(string(codec)+"/offer by "+offerer, func(t *testing.T) {
				ctx := limit(t)
				// Pion knows one video codec only, so that is what they agree on.
				native := nativepeer.New(t, webrtc.Configuration{})
				other := pionpeer.New(t, pion.Configuration{}, codec)
				nativeTracks, pionTracks := native.Tracks(), other.Tracks()
				native.SendPictures(t, width, height, fps)
				native.SendTone(t, nativeTone)
				other.SendClip(t, clip)
				other.SendOpus(t, sound)
				link := peer.Connect(t, native, other)
				if offerer == "native" {
					require.NoError(t, link.Negotiate(ctx, native))
				} else {
					require.NoError(t, link.Negotiate(ctx, other))
				}

				audio, video, err := peer.AudioAndVideo(ctx, pionTracks)
				require.NoError(t, err)
				checkPictures(t, "at pion", recordAtPion(ctx, t, video, codec))
				packets, err := audio.RecordOpus(ctx, soundWanted)
				require.NoError(t, err)
				samples, err := media.DecodeOpus(packets)
				require.NoError(t, err)
				checkTone(t, "at pion", samples, media.OpusRate, nativeTone)

				nativeAudio, nativeVideo, err := peer.AudioAndVideo(ctx, nativeTracks)
				require.NoError(t, err)
				frames, err := nativeVideo.Record(ctx, framesWanted, width, height)
				require.NoError(t, err)
				checkPictures(t, "at the library", frames)
				samples, rate, err := nativeAudio.Listen(ctx)
				require.NoError(t, err)
				checkTone(t, "at the library", samples, rate, pionTone)
			})
		}
	}
}

// recordAtPion records video that begins with a picture of full size: senders may
// begin with small ones, as long as they do not know the bandwidth.
func recordAtPion(ctx context.Context, t *testing.T, track *pionpeer.Track, want media.Codec) []*media.Frame {
	t.Helper()
	for {
		codec, encoded, err := track.RecordVideo(ctx, framesWanted)
		require.NoError(t, err)
		require.Equal(t, want, codec)
		frames, err := media.DecodeFrames(codec, encoded)
		require.NoError(t, err)
		if frames[0].Width == width && frames[0].Height == height {
			return frames
		}
	}
}

// checkPictures checks that what arrived is what was sent. A receiver may skip a
// picture and a sender under load may leave one out, so not all numbers need to be
// there, but none may be unreadable.
func checkPictures(t *testing.T, where string, frames []*media.Frame) {
	t.Helper()
	report := media.Inspect(frames, width, height)
	t.Logf("%s: %s", where, report)
	assert.Equal(t, report.Pictures, report.Numbered, "pictures with a readable number %s", where)
	assert.GreaterOrEqual(t, report.Distinct, report.Pictures/2, "different pictures %s", where)
	assert.GreaterOrEqual(t, report.FullSize, report.Pictures/2, "pictures of full size %s", where)
	assert.Greater(t, report.MedianPSNR, wantPSNR, "dB %s", where)
}

func checkTone(t *testing.T, where string, samples []int16, rate int, frequency float64) {
	t.Helper()
	assert.Greater(t, media.ToneShare(samples, rate, frequency), wantTone, "share of the tone %s", where)
}
