// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/cgo"
)

// onDebian tells that libwebrtc is the older of the two revisions.
func onDebian() bool { return cgo.Revision() == "debian" }

// rtpPair is newPair with the API, which tracks must come from.
func rtpPair(t testing.TB) (api *API, a, b *PeerConnection) {
	t.Helper()
	api = loopbackAPI()
	a, b = newPairOf(t, api, api, Configuration{}, Configuration{})
	return api, a, b
}

func audioTrack(t testing.TB, api *API) *MediaStreamTrack {
	t.Helper()
	track, _ := audioSourceTrack(t, api)
	return track
}

func audioSourceTrack(t testing.TB, api *API) (*MediaStreamTrack, *AudioSource) {
	t.Helper()
	source, err := api.NewAudioSource(AudioSourceInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = source.Close() })
	track, err := source.NewTrack("", "")
	require.NoError(t, err)
	t.Cleanup(func() { _ = track.Close() })
	return track, source
}

func videoTrack(t testing.TB, api *API) *MediaStreamTrack {
	t.Helper()
	track, _ := videoSourceTrack(t, api)
	return track
}

func videoSourceTrack(t testing.TB, api *API) (*MediaStreamTrack, *VideoSource) {
	t.Helper()
	source, err := api.NewVideoSource(VideoSourceInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = source.Close() })
	track, err := source.NewTrack("", "")
	require.NoError(t, err)
	t.Cleanup(func() { _ = track.Close() })
	return track, source
}

// every calls f periodically until the test ends.
func every(t testing.TB, period time.Duration, f func()) {
	t.Helper()
	stop, stopped := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() {
		close(stop)
		<-stopped
	})
	go func() {
		defer close(stopped)
		ticker := time.NewTicker(period)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				f()
			case <-stop:
				return
			}
		}
	}()
}

// sendTone pushes a tone until the test ends.
func sendTone(t testing.TB, source *AudioSource) {
	t.Helper()
	frame := &AudioFrame{Samples: make([]int16, 480), SampleRate: 48000, Channels: 1}
	for i := range frame.Samples {
		frame.Samples[i] = int16(8000 * math.Sin(float64(i)*2*math.Pi/96))
	}
	every(t, 10*time.Millisecond, func() { _ = source.PushFrame(frame) })
}

// sendPictures pushes grey pictures until the test ends.
func sendPictures(t testing.TB, source *VideoSource, width, height int) {
	t.Helper()
	buffer, err := NewVideoFrameBuffer(PixelFormatI420, width, height)
	require.NoError(t, err)
	every(t, 33*time.Millisecond, func() { _ = source.PushFrame(&VideoFrame{VideoFrameBuffer: *buffer}) })
}

// requireError requires an error of the W3C's by its name.
func requireError(t testing.TB, name errorName, err error) {
	t.Helper()
	var e Error
	require.Error(t, err)
	require.True(t, errors.As(err, &e), "%v is none of the W3C's", err)
	require.Equal(t, string(name), e.Name(), "%v", err)
}

func directions(transceivers []*RTPTransceiver) (current []RTPTransceiverDirection) {
	for _, t := range transceivers {
		current = append(current, t.CurrentDirection())
	}
	return current
}
