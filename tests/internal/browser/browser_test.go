// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tests/internal/browser"
	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/peer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
)

func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }

func limit(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func TestEval(t *testing.T) {
	ctx := limit(t)
	page := browser.Open(t)
	var sum int
	page.MustEval(ctx, `await null; return args.a + args.b`, map[string]int{"a": 2, "b": 40}, &sum)
	assert.Equal(t, 42, sum)
	page.MustEval(ctx, `window.kept = 1`, nil, nil)
	assert.ErrorContains(t, page.Eval(ctx, `throw new TypeError('on purpose')`, nil, nil), "on purpose")

	short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	assert.ErrorIs(t, page.Eval(short, `await new Promise(() => {})`, nil, nil), context.DeadlineExceeded)

	var kept *int
	page.MustEval(ctx, `return window.kept`, nil, &kept)
	require.NotNil(t, kept, "a wait that was given up leaves the page as it was")
	browser.Open(t).MustEval(ctx, `return window.kept`, nil, &kept)
	assert.Nil(t, kept, "another page shares nothing")
}

func TestCallsOfGo(t *testing.T) {
	ctx := limit(t)
	page := browser.Open(t)
	const count = 100
	got := make(chan int, count)
	page.Handle("number", func(argument json.RawMessage) {
		var n int
		assert.NoError(t, json.Unmarshal(argument, &n))
		got <- n
	})
	page.MustEval(ctx, `for (let i = 0; i < args; i++) goCall('number', i)`, count, nil)
	for i := range count {
		select {
		case n := <-got:
			require.Equal(t, i, n)
		case <-ctx.Done():
			t.Fatal("no call")
		}
	}
}

func TestErrorsAreSeen(t *testing.T) {
	ctx := limit(t)
	page := browser.Open(t)
	page.AllowError("by console")
	page.AllowError("by exception")
	page.AllowError("by rejection")
	page.MustEval(ctx, `
		console.error('by console');
		setTimeout(() => { throw new Error('by exception') });
		Promise.reject(new Error('by rejection'));`, nil, nil)
	assert.Eventually(t, func() bool { return len(page.Errors()) == 3 }, 10*time.Second, 10*time.Millisecond,
		"errors: %v", page.Errors())
}

// checkPicture compares a picture that came from the camera or a clip.
func checkPicture(t *testing.T, picture *media.Frame) {
	t.Helper()
	report := media.Inspect([]*media.Frame{picture}, browser.CameraWidth, browser.CameraHeight)
	t.Log(report)
	assert.Equal(t, 1, report.FullSize)
	assert.Greater(t, report.MedianPSNR, 28.0)
}

func TestCallInOnePage(t *testing.T) {
	ctx := limit(t)
	page := browser.Open(t)
	a, b := page.NewPeer(ctx, nil), page.NewPeer(ctx, nil)
	require.NoError(t, a.AddCamera(ctx, true, true))
	a.MustEval(ctx, `peer.add(pc.createDataChannel('talk'))`, nil, nil)
	require.NoError(t, peer.Connect(t, a, b).Negotiate(ctx, a))
	require.NoError(t, a.WaitState(ctx, "connected"))
	require.NoError(t, b.WaitState(ctx, "connected"))

	a.MustEval(ctx, `const c = await peer.channel('talk'); await c.open(); c.channel.send('hello')`, nil, nil)
	var text string
	b.MustEval(ctx, `return (await peer.channel('talk')).next()`, nil, &text)
	assert.Equal(t, "hello", text)

	seen, err := b.WatchVideo(ctx, 20, browser.CameraWidth, browser.CameraHeight)
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(seen.Numbers), 20)
	checkPicture(t, seen.Picture)
	samples, rate, err := b.ListenAudio(ctx)
	require.NoError(t, err)
	assert.Greater(t, media.ToneShare(samples, rate, browser.MicrophoneTone), 0.8)
}

func TestCallWithPion(t *testing.T) {
	const tone = 900
	for _, codec := range []media.Codec{media.VP8, media.H264} {
		for _, offerer := range []string{"browser", "pion"} {
			t.Run(string(codec)+"/"+offerer, func(t *testing.T) {
				ctx := limit(t)
				clip, err := media.EncodeClip(codec, browser.CameraWidth, browser.CameraHeight, 30, 60)
				require.NoError(t, err)
				sound, err := media.EncodeOpus(media.Tone(tone, media.OpusRate, 2*media.OpusRate))
				require.NoError(t, err)
				a, b := browser.Open(t).NewPeer(ctx, nil), pionpeer.New(t, webrtc.Configuration{}, codec)
				require.NoError(t, a.AddCamera(ctx, true, true))
				b.SendOpus(t, sound)
				b.SendClip(t, clip)
				tracks := b.Tracks()
				a.MustEval(ctx, `peer.add(pc.createDataChannel('talk', { negotiated: true, id: 4 }))`, nil, nil)
				negotiated, id := true, uint16(4)
				channel, err := b.CreateDataChannel("talk", &webrtc.DataChannelInit{Negotiated: &negotiated, ID: &id})
				require.NoError(t, err)
				channel.OnMessage(func(m webrtc.DataChannelMessage) { assert.NoError(t, channel.Send(m.Data)) })
				link := peer.Connect(t, a, b)
				if offerer == "pion" {
					require.NoError(t, link.Negotiate(ctx, b))
				} else {
					require.NoError(t, link.Negotiate(ctx, a))
				}

				var echo []int
				a.MustEval(ctx, `const c = await peer.channel('talk'); await c.open();
					c.channel.send(new Uint8Array([1, 2, 255])); return c.next()`, nil, &echo)
				assert.Equal(t, []int{1, 2, 255}, echo)

				seen, err := a.WatchVideo(ctx, 20, browser.CameraWidth, browser.CameraHeight)
				require.NoError(t, err)
				checkPicture(t, seen.Picture)
				samples, rate, err := a.ListenAudio(ctx)
				require.NoError(t, err)
				assert.Greater(t, media.ToneShare(samples, rate, tone), 0.8)

				audio, video, err := peer.AudioAndVideo(ctx, tracks)
				require.NoError(t, err)
				gotCodec, encoded, err := video.RecordVideo(ctx, 60)
				require.NoError(t, err)
				assert.Equal(t, codec, gotCodec)
				frames, err := media.DecodeFrames(codec, encoded)
				require.NoError(t, err)
				report := media.Inspect(frames, browser.CameraWidth, browser.CameraHeight)
				t.Log(report)
				assert.GreaterOrEqual(t, report.Distinct, 30)
				assert.Greater(t, report.MedianPSNR, 28.0)
				packets, err := audio.RecordOpus(ctx, 50)
				require.NoError(t, err)
				samples, err = media.DecodeOpus(packets)
				require.NoError(t, err)
				assert.Greater(t, media.ToneShare(samples, media.OpusRate, browser.MicrophoneTone), 0.8)
			})
		}
	}
}
