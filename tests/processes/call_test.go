// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package processes

import (
	"context"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/nativepeer"
	"github.com/nativertc/nativertc/tests/internal/peer"
)

const (
	// callLimit is many times what a call needs, also under emulation.
	callLimit = 4 * time.Minute

	// Small and slow enough for an emulated encoder.
	width, height, fps = 320, 180, 5

	framesWanted = 10
	// A picture that was encoded twice; one taken for its neighbour has less than 25 dB.
	wantPSNR = 27.0
)

// TestCall sends pictures and messages to the other process, which sends them back.
func TestCall(t *testing.T) {
	for _, offerer := range []string{"here", "there"} {
		t.Run("offer from "+offerer, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), callLimit)
			defer cancel()
			there := start(t)
			architecture, err := there.architecture(ctx)
			require.NoError(t, err)
			want := os.Getenv("NATIVERTC_ECHO_ARCHITECTURE")
			if want == "" {
				want = runtime.GOARCH
			}
			require.Equal(t, want, architecture)

			here := nativepeer.New(t, webrtc.Configuration{})
			tracks := here.Tracks()
			here.SendPictures(t, width, height, fps)
			channel, err := here.CreateDataChannel("echo", nil)
			require.NoError(t, err)
			received := make(chan []byte, 1)
			channel.OnMessage(func(m webrtc.DataChannelMessage) { received <- m.Data })
			opened := make(chan struct{})
			channel.OnOpen(func() { close(opened) })

			link := peer.Connect(t, here, there)
			if offerer == "here" {
				require.NoError(t, link.Negotiate(ctx, here))
			} else {
				// Its offer has the video alone; ours then adds the data channel.
				require.NoError(t, link.Negotiate(ctx, there))
				require.NoError(t, link.Negotiate(ctx, here))
			}

			select {
			case <-opened:
			case <-ctx.Done():
				require.NoError(t, ctx.Err(), "the data channel did not open")
			}
			for _, size := range []int{1, 100_000} {
				message := make([]byte, size)
				for i := range message {
					message[i] = byte(i * i >> 3)
				}
				require.NoError(t, channel.Send(message))
				select {
				case got := <-received:
					require.True(t, string(message) == string(got), "%d bytes came back changed", size)
				case <-ctx.Done():
					require.NoError(t, ctx.Err(), "%d bytes did not come back", size)
				}
			}

			track, err := peer.NextTrack(ctx, tracks, webrtc.RTPCodecTypeVideo)
			require.NoError(t, err)
			frames, err := track.Record(ctx, framesWanted, width, height)
			require.NoError(t, err)
			last := -1
			for i, frame := range frames {
				number, ok := frame.Number()
				require.True(t, ok, "picture %d has no number", i)
				assert.NotEqual(t, last, number, "picture %d is repeated", i)
				last = number
				assert.Greater(t, media.PSNR(media.Draw(number, width, height), frame), wantPSNR, "picture %d", i)
			}
		})
	}
}
