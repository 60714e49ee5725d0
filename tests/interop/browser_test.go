// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package interop

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/browser"
	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/nativepeer"
	"github.com/nativertc/nativertc/tests/internal/peer"
)

// numbersWanted is how many pictures a page looks at; it does so in real time.
const numbersWanted = 45

// A call is one between the library and a page.
type call struct {
	native *nativepeer.Peer
	page   *browser.Peer
	link   *peer.Link

	nativeTracks <-chan *nativepeer.Track
	// The two ends of a negotiated channel: the page's is peers.NAME.talk.
	talk *talk
}

// newCall makes both peers with a data channel, not yet connected.
func newCall(ctx context.Context, t *testing.T) *call {
	t.Helper()
	c := &call{native: nativepeer.New(t, webrtc.Configuration{})}
	c.nativeTracks = c.native.Tracks()
	var err error
	c.talk, err = nativeTalker(c.native).create("talk", options{negotiated: ptr(true), id: ptr(uint16(8))})
	require.NoError(t, err)
	c.page = browser.Open(t).NewPeer(ctx, nil)
	c.page.MustEval(ctx, `peer.talk = peer.add(pc.createDataChannel('talk', { negotiated: true, id: 8 }))`, nil, nil)
	c.link = peer.Connect(t, c.native, c.page)
	return c
}

// connect negotiates with an offer by either side and waits for the connection.
func (c *call) connect(ctx context.Context, t *testing.T, byPage bool) {
	t.Helper()
	c.negotiate(ctx, t, byPage)
	_, err := c.native.WaitState(ctx, webrtc.PeerConnectionStateConnected)
	require.NoError(t, err)
	require.NoError(t, c.page.WaitState(ctx, "connected"))
	c.talk.waitOpen(ctx, t)
	c.page.MustEval(ctx, `await peer.talk.open()`, nil, nil)
}

func (c *call) negotiate(ctx context.Context, t *testing.T, byPage bool) {
	t.Helper()
	if byPage {
		require.NoError(t, c.link.Negotiate(ctx, c.page))
	} else {
		require.NoError(t, c.link.Negotiate(ctx, c.native))
	}
}

// checkData sends a message of each kind both ways over the call's channel.
func (c *call) checkData(ctx context.Context, t *testing.T) {
	t.Helper()
	c.page.MustEval(ctx, `const c = peer.talk.channel; c.send('grüß Gott'); c.send(''); c.send(new Uint8Array([0, 255]))`,
		nil, nil)
	for _, want := range []message{{true, []byte("grüß Gott")}, {true, nil}, {false, []byte{0, 255}}} {
		got := c.talk.next(ctx, t)
		assert.True(t, got.equal(want), "%s for %s", got, want)
	}
	require.NoError(t, c.talk.SendText("мир"))
	require.NoError(t, c.talk.Send(nil))
	require.NoError(t, c.talk.Send([]byte{1, 128}))
	var got json.RawMessage
	c.page.MustEval(ctx, `return [await peer.talk.next(), await peer.talk.next(), await peer.talk.next()]`, nil, &got)
	assert.JSONEq(t, `["мир", [], [1, 128]]`, string(got))
}

// checkVideoInPage checks what the page sees of the library's video.
func (c *call) checkVideoInPage(ctx context.Context, t *testing.T) {
	t.Helper()
	seen, err := c.page.WatchVideo(ctx, numbersWanted, width, height)
	require.NoError(t, err)
	distinct := map[int]bool{}
	for _, n := range seen.Numbers {
		distinct[n] = true
	}
	report := media.Inspect([]*media.Frame{seen.Picture}, width, height)
	t.Logf("in the page: %d pictures shown, %d distinct numbers; %s", seen.Shown, len(distinct), report)
	assert.GreaterOrEqual(t, len(distinct), numbersWanted/2)
	assert.Equal(t, 1, report.FullSize)
	assert.Greater(t, report.MedianPSNR, wantPSNR)
}

// checkVideoHere checks what the library gets of the page's camera.
func checkVideoHere(ctx context.Context, t *testing.T, track *nativepeer.Track) {
	t.Helper()
	frames, err := track.Record(ctx, framesWanted, width, height)
	require.NoError(t, err)
	checkPictures(t, "at the library", frames)
}

func forOfferers(t *testing.T, test func(ctx context.Context, t *testing.T, byPage bool)) {
	for name, byPage := range map[string]bool{"offer by native": false, "offer by the page": true} {
		t.Run(name, func(t *testing.T) { test(limit(t), t, byPage) })
	}
}

func TestBrowserCall(t *testing.T) {
	forOfferers(t, func(ctx context.Context, t *testing.T, byPage bool) {
		c := newCall(ctx, t)
		c.native.SendPictures(t, width, height, fps)
		c.native.SendTone(t, nativeTone)
		require.NoError(t, c.page.AddCamera(ctx, true, true))
		c.connect(ctx, t, byPage)
		c.checkData(ctx, t)
		audio, video, err := peer.AudioAndVideo(ctx, c.nativeTracks)
		require.NoError(t, err)

		checkVideoHere(ctx, t, video)
		c.checkVideoInPage(ctx, t)
		samples, rate, err := audio.Listen(ctx)
		require.NoError(t, err)
		checkTone(t, "at the library", samples, rate, browser.MicrophoneTone)
		samples, rate, err = c.page.ListenAudio(ctx)
		require.NoError(t, err)
		checkTone(t, "in the page", samples, rate, nativeTone)
	})
}

// TestBrowserChannels has channels announced in band, made by either side.
func TestBrowserChannels(t *testing.T) {
	forOfferers(t, func(ctx context.Context, t *testing.T, byPage bool) {
		c := newCall(ctx, t)
		near := nativeTalker(c.native)
		c.connect(ctx, t, byPage)

		fromHere, err := near.create("from here", options{ordered: ptr(false), maxRetransmits: ptr(uint16(2)), protocol: ptr("p")})
		require.NoError(t, err)
		fromHere.waitOpen(ctx, t)
		var got json.RawMessage
		c.page.MustEval(ctx, `const c = await peer.channel('from here'); await c.open();
			const { ordered, maxRetransmits, maxPacketLifeTime, protocol } = c.channel;
			return { ordered, maxRetransmits, maxPacketLifeTime, protocol }`, nil, &got)
		assert.JSONEq(t, `{"ordered": false, "maxRetransmits": 2, "maxPacketLifeTime": null, "protocol": "p"}`, string(got))

		c.page.MustEval(ctx, `const c = peer.add(pc.createDataChannel('from the page', { maxPacketLifeTime: 3000 }));
			await c.open()`, nil, nil)
		var fromPage *talk
		select {
		case fromPage = <-near.incoming:
		case <-ctx.Done():
			t.Fatal("the page's channel did not come")
		}
		checkOptions(t, "from the page", options{maxPacketLifeTime: ptr(uint16(3000))}, fromPage)

		// Either side closes the channel that the other made.
		require.NoError(t, fromPage.Close())
		fromPage.waitClosed(ctx, t)
		c.page.MustEval(ctx, `await (await peer.channel('from the page')).close();
			(await peer.channel('from here')).channel.close()`, nil, nil)
		fromHere.waitClosed(ctx, t)
		c.checkData(ctx, t)
	})
}

func TestBrowserICERestart(t *testing.T) {
	forOfferers(t, func(ctx context.Context, t *testing.T, byPage bool) {
		c := newCall(ctx, t)
		c.native.SendPictures(t, width, height, fps)
		require.NoError(t, c.page.AddCamera(ctx, true, false))
		c.connect(ctx, t, byPage)
		before := [2]string{c.native.LocalDescription().SDP, c.native.RemoteDescription().SDP}
		for range 2 {
			if byPage {
				c.page.MustEval(ctx, `pc.restartIce()`, nil, nil)
			} else {
				c.native.RestartICE()
			}
			c.negotiate(ctx, t, byPage)
			after := [2]string{c.native.LocalDescription().SDP, c.native.RemoteDescription().SDP}
			for side := range before {
				assert.NotEqual(t, iceUfrag(t, before[side]), iceUfrag(t, after[side]))
			}
			before = after
			c.checkData(ctx, t)
		}
		track, err := peer.NextTrack(ctx, c.nativeTracks, webrtc.RTPCodecTypeVideo)
		require.NoError(t, err)
		checkVideoHere(ctx, t, track)
		c.checkVideoInPage(ctx, t)
		assert.Equal(t, webrtc.PeerConnectionStateConnected, c.native.ConnectionState())
	})
}

// TestBrowserRenegotiation adds and removes video on both sides. The offer comes
// from the side that changes something or, once there is a media section to
// change, from the other.
func TestBrowserRenegotiation(t *testing.T) {
	for name, crossed := range map[string]bool{"offer by who changes": false, "offer by the other": true} {
		t.Run(name, func(t *testing.T) {
			ctx := limit(t)
			c := newCall(ctx, t)
			c.connect(ctx, t, false)
			c.checkData(ctx, t)

			// Ours comes, which only we can offer, then the page's.
			sender := c.native.SendPictures(t, width, height, fps)
			c.negotiate(ctx, t, false)
			c.checkVideoInPage(ctx, t)
			assert.Equal(t, []string{"recvonly"}, c.videoDirections(ctx, t))
			require.NoError(t, c.page.AddCamera(ctx, true, false))
			c.negotiate(ctx, t, !crossed)
			track, err := peer.NextTrack(ctx, c.nativeTracks, webrtc.RTPCodecTypeVideo)
			require.NoError(t, err)
			checkVideoHere(ctx, t, track)
			assert.Equal(t, []string{"sendrecv"}, c.videoDirections(ctx, t))

			// Ours goes: the page's receiver ends up mute, and theirs still comes.
			require.NoError(t, c.native.RemoveTrack(sender))
			c.negotiate(ctx, t, crossed)
			c.page.MustEval(ctx, `await peer.until(() => peer.tracks.every((t) => t.muted))`, nil, nil)
			assert.Equal(t, []string{"sendonly"}, c.videoDirections(ctx, t))
			checkVideoHere(ctx, t, track)

			// Theirs goes.
			c.page.MustEval(ctx, `pc.removeTrack(pc.getSenders().find((s) => s.track && s.track.kind === 'video'))`,
				nil, nil)
			c.negotiate(ctx, t, !crossed)
			assert.Equal(t, []string{"inactive"}, c.videoDirections(ctx, t))
			c.checkData(ctx, t)

			// Both come back. A sender that has sent is not used for another track
			// (JSEP, section 5.2.1), so they get a new media section.
			c.native.SendPictures(t, width, height, fps)
			require.NoError(t, c.page.AddCamera(ctx, true, false))
			c.negotiate(ctx, t, crossed)
			c.checkVideoInPage(ctx, t)
			track, err = peer.NextTrack(ctx, c.nativeTracks, webrtc.RTPCodecTypeVideo)
			require.NoError(t, err)
			checkVideoHere(ctx, t, track)
			assert.Equal(t, []string{"inactive", "sendrecv"}, c.videoDirections(ctx, t))
			c.checkData(ctx, t)
		})
	}
}

// videoDirections are the current directions of the page's transceivers. While a
// track is added to a transceiver that has none yet, both videos share one.
func (c *call) videoDirections(ctx context.Context, t *testing.T) (directions []string) {
	t.Helper()
	c.page.MustEval(ctx, `return pc.getTransceivers().map((t) => t.currentDirection)`, nil, &directions)
	return directions
}

func TestBrowserClose(t *testing.T) {
	t.Run("the page", func(t *testing.T) {
		ctx := limit(t)
		c := newCall(ctx, t)
		c.connect(ctx, t, false)
		c.link.Close()
		c.page.MustEval(ctx, `pc.close()`, nil, nil)
		c.talk.waitClosed(ctx, t)
		// The other side's farewell is DTLS's; whether ICE has given up yet is a
		// matter of time.
		state, err := c.native.WaitState(ctx, webrtc.PeerConnectionStateDisconnected,
			webrtc.PeerConnectionStateFailed, webrtc.PeerConnectionStateClosed)
		require.NoError(t, err)
		t.Log("the state is", state)
		assert.Error(t, c.talk.SendText("late"))
	})
	t.Run("native", func(t *testing.T) {
		ctx := limit(t)
		c := newCall(ctx, t)
		c.connect(ctx, t, true)
		c.link.Close()
		require.NoError(t, c.native.Close())
		c.talk.waitClosed(ctx, t)
		c.page.MustEval(ctx, `await peer.talk.close(); await peer.until(() => pc.connectionState !== 'connected')`, nil, nil)
	})
}
