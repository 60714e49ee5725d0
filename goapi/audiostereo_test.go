// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sendLeft sends a tone on the left channel only, until the test ends.
func sendLeft(t *testing.T, source *AudioSource) {
	stop, done := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(stop); <-done })
	go func() {
		defer close(done)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for n := 0; ; {
			f := &AudioFrame{SampleRate: 48000, Channels: 2, Samples: make([]int16, 960)}
			for i := 0; i < len(f.Samples); i += 2 {
				f.Samples[i] = int16(12000 * math.Sin(2*math.Pi*440*float64(n)/48000))
				n++
			}
			_ = source.PushFrame(f)
			select {
			case <-stop:
				return
			case <-tick.C:
			}
		}
	}()
}

// loudness is the root mean square of one channel.
func loudness(f *AudioFrame, channel int) float64 {
	sum := 0.0
	for i := channel; i < len(f.Samples); i += f.Channels {
		sum += float64(f.Samples[i]) * float64(f.Samples[i])
	}
	return math.Sqrt(sum * float64(f.Channels) / float64(len(f.Samples)))
}

func TestStereoIsReceivedWhereAskedFor(t *testing.T) {
	for name, ask := range map[string]func(string) string{
		"mono":   func(sdp string) string { return sdp },
		"stereo": func(sdp string) string { return strings.Replace(sdp, "minptime=10", "minptime=10;stereo=1", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			api, a, b := rtpPair(t)
			track, source := audioSourceTrack(t, api)
			_, err := a.AddTransceiverFromTrack(track)
			require.NoError(t, err)
			arrived := make(chan *MediaStreamTrack, 1)
			b.OnTrack(func(track *TrackRemote, _ *RTPReceiver) { arrived <- track })
			require.NoError(t, b.SetRemoteDescription(offerOf(t, a)))
			answer, err := b.CreateAnswer(nil)
			require.NoError(t, err)
			answer.SDP = ask(answer.SDP)
			require.NoError(t, b.SetLocalDescription(answer))
			require.NoError(t, a.SetRemoteDescription(answer))
			sink, err := NewAudioSink(receive(t, arrived, "the track"), AudioSinkInit{})
			require.NoError(t, err)
			defer sink.Close()
			sendLeft(t, source)
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			for {
				f, err := sink.ReadFrame(ctx)
				require.NoError(t, err, "no sound")
				if loudness(f, 0) < 1000 {
					continue
				}
				if f.Channels == 1 {
					require.Equal(t, "mono", name)
					return
				}
				right := loudness(f, 1)
				if name == "mono" {
					assert.InEpsilon(t, loudness(f, 0), right, 0.01, "both channels are the same")
					return
				}
				if right < 300 { // Opus begins with less of a difference
					return
				}
			}
		})
	}
}
