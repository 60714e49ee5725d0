// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tests/internal/browser"
	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/peer"
)

// numbered draws pictures that carry their number.
func numbered(n, width, height int) *webrtc.VideoFrameBuffer {
	f := media.Draw(n, width, height)
	return &webrtc.VideoFrameBuffer{
		Format: webrtc.PixelFormatI420, Width: width, Height: height,
		Planes: [3]webrtc.VideoPlane{
			{Data: f.Y, Stride: width}, {Data: f.U, Stride: width / 2}, {Data: f.V, Stride: width / 2},
		},
	}
}

// TestBrowser: Chromium shows what the double encodes, and counts no key frames
// but those that were asked for.
func TestBrowser(t *testing.T) {
	const width, height = 160, 96
	forBackends(t, func(t *testing.T, b backend, d *driver) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
		defer cancel()
		c := newSender(t, b.encoders(hw.Auto))
		c.draw, c.free = numbered, true
		page := browser.Open(t).NewPeer(ctx, nil)
		require.NoError(t, peer.Connect(t, c.peer, page).Negotiate(ctx, c.peer))
		require.NoError(t, page.WaitState(ctx, "connected"))

		type watched struct {
			seen *browser.Watched
			err  error
		}
		done := make(chan watched, 1)
		go func() {
			seen, err := page.WatchVideo(ctx, 30, width, height)
			done <- watched{seen, err}
		}()
		var w watched
		c.runSize(width, height, "what the page has seen", func() bool {
			select {
			case w = <-done:
				return true
			default:
				return false
			}
		})
		require.NoError(t, w.err)
		report := media.Inspect([]*media.Frame{w.seen.Picture}, width, height)
		t.Log(report)
		require.Equal(t, 1, report.FullSize)
		require.True(t, math.IsInf(report.MedianPSNR, 1), "what the double encodes is without loss")
		for i, n := range w.seen.Numbers[1:] {
			require.GreaterOrEqual(t, n, w.seen.Numbers[i])
		}
		require.Equal(t, b.implementation, c.implementation())
		c.draw = oneColour
		c.checkRatesAndKeys(d)

		// What the page decoded, once it has all.
		var stats struct{ Frames, Keys, Asked int }
		keys := keysOf(d.pictures(t))
		for end := time.Now().Add(patience); stats.Keys != keys && time.Now().Before(end); {
			keys = keysOf(d.pictures(t)) // The page may have asked for another.
			c.push(width, height)
			page.MustEval(ctx, `for (const s of (await pc.getStats()).values())
				if (s.type == 'inbound-rtp') return { Frames: s.framesDecoded, Keys: s.keyFramesDecoded, Asked: s.pliCount + s.firCount }`,
				nil, &stats)
		}
		require.Equal(t, keys, stats.Keys)
		require.Greater(t, stats.Frames, 30)
		require.Empty(t, d.lines("refused:"))
	})
}
