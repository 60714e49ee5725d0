// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// whitePictures pushes white pictures until the test ends.
func whitePictures(t testing.TB, source *VideoSource) {
	t.Helper()
	buffer, err := NewVideoFrameBuffer(PixelFormatI420, 64, 48)
	require.NoError(t, err)
	for i := range buffer.Planes[0].Data {
		buffer.Planes[0].Data[i] = 235
	}
	for _, p := range buffer.Planes[1:] {
		for i := range p.Data {
			p.Data[i] = 128
		}
	}
	every(t, 33*time.Millisecond, func() { _ = source.PushFrame(&VideoFrame{VideoFrameBuffer: *buffer}) })
}

// brightness returns the next frame's, of its middle.
func brightness(t *testing.T, sink *VideoSink) int {
	t.Helper()
	f := readFrame(t, sink)
	defer f.Release()
	luma := f.Planes[0]
	return int(luma.Data[f.Height/2*luma.Stride+f.Width/2])
}

const whiteAbove, blackBelow = 180, 60

// requireBrightness waits until frames are white or black.
func requireBrightness(t *testing.T, sink *VideoSink, white bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; {
		b := brightness(t, sink)
		if white && b > whiteAbove || !white && b < blackBelow {
			return
		}
		require.True(t, time.Now().Before(deadline), "brightness %d", b)
	}
}

// requireBlack requires that a number of frames show nothing.
func requireBlack(t *testing.T, sink *VideoSink) {
	t.Helper()
	for range 15 {
		require.Less(t, brightness(t, sink), blackBelow)
	}
}

// peek makes a sink that sees a track as if it were not isolated, as what plays
// media to a user would.
func peek(t *testing.T, remote *TrackRemote) *VideoSink {
	t.Helper()
	remote.mu.Lock()
	remote.isolated = false
	remote.mu.Unlock()
	remote.applyEnabled()
	sink, err := NewVideoSink(remote, VideoSinkInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = sink.Close() })
	return sink
}

func isolatedVideo(t testing.TB, api *API, peer string) (*MediaStreamTrack, *VideoSource) {
	t.Helper()
	source, err := api.NewVideoSource(VideoSourceInit{PeerIdentity: peer})
	require.NoError(t, err)
	t.Cleanup(func() { _ = source.Close() })
	track, err := source.NewTrack("", "")
	require.NoError(t, err)
	t.Cleanup(func() { _ = track.Close() })
	return track, source
}

const bob = "bob@" + testDomain

func remoteTracks(pc *PeerConnection) chan *TrackRemote {
	remote := make(chan *TrackRemote, 10)
	pc.OnTrack(func(track *TrackRemote, _ *RTPReceiver) { remote <- track })
	return remote
}

func TestIsolation_MediaReachesItsPeerOnly(t *testing.T) {
	for _, c := range []struct {
		name, user string
		white      bool
	}{{"bob", "bob", true}, {"mallory", "mallory", false}, {"nobody", "", false}} {
		t.Run(c.name, func(t *testing.T) {
			api, _ := identityAPI(&testIdP{})
			a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
			if c.user != "" {
				require.NoError(t, b.SetIdentityProvider(testDomain, hint(c.user)))
			}
			track, source := isolatedVideo(t, api, bob)
			assert.True(t, track.Isolated())
			whitePictures(t, source)
			remote := remoteTracks(b)
			sender, err := a.AddTrack(track)
			require.NoError(t, err)
			assert.Same(t, track, sender.Track().(*MediaStreamTrack))
			negotiate(t, a, b)
			received := receive(t, remote, "the track")
			assert.Equal(t, track.ID(), received.ID())
			assert.True(t, received.Isolated(), "before anybody could look")

			// The application sees nothing, at neither end.
			for _, hidden := range []*MediaStreamTrack{track, received} {
				sink, err := NewVideoSink(hidden, VideoSinkInit{})
				require.NoError(t, err)
				requireBlack(t, sink)
				require.NoError(t, sink.Close())
			}
			// The user of the other end sees what is meant for them.
			sink := peek(t, received)
			if c.user != "" {
				identity, err := a.PeerIdentity(identityContext(t))
				require.NoError(t, err)
				assert.Equal(t, c.user+"@"+testDomain, identity.Name)
			}
			if c.white {
				requireBrightness(t, sink, true)
			} else {
				requireBlack(t, sink)
			}
		})
	}
}

func TestIsolation_MediaWaitsForTheIdentity(t *testing.T) {
	release := make(chan struct{})
	idp := &testIdP{}
	idp.validate = func(ctx context.Context, assertion, origin string) (IdentityValidationResult, error) {
		<-release
		return (&testIdP{}).ValidateAssertion(ctx, assertion, origin)
	}
	api, _ := identityAPI(idp)
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	require.NoError(t, b.SetIdentityProvider(testDomain, hint("bob")))
	track, source := isolatedVideo(t, api, bob)
	whitePictures(t, source)
	remote := remoteTracks(b)
	_, err := a.AddTrack(track)
	require.NoError(t, err)
	negotiate(t, a, b)
	sink := peek(t, receive(t, remote, "the track"))
	requireBlack(t, sink)
	close(release)
	requireBrightness(t, sink, true)

	// The track's own switches still work, through the gate.
	track.SetEnabled(false)
	requireBrightness(t, sink, false)
	track.SetEnabled(true)
	requireBrightness(t, sink, true)
	track.SetContentHint(ContentHintDetail)
	requireBrightness(t, sink, true)
	track.Stop()
	requireBrightness(t, sink, false)
}

func TestIsolation_PeerThatDoesNotIsolateGetsNothing(t *testing.T) {
	api, _ := identityAPI(&testIdP{})
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	require.NoError(t, b.SetIdentityProvider(testDomain, hint("bob")))
	track, source := isolatedVideo(t, api, bob)
	whitePictures(t, source)
	remote := remoteTracks(b)
	_, err := a.AddTrack(track)
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(offer))
	assert.Equal(t, isolationRequired, isolationOf(offer.SDP))
	require.NoError(t, b.SetRemoteDescription(offer))
	answer, err := b.CreateAnswer(nil)
	require.NoError(t, err)
	require.NoError(t, b.SetLocalDescription(answer))
	assert.Equal(t, isolationSupported, isolationOf(answer.SDP))
	silent := answer
	silent.SDP = strings.Replace(silent.SDP, isolationPrefix+isolationSupported+"\r\n", "", 1)
	require.NoError(t, a.SetRemoteDescription(silent))
	_, err = a.PeerIdentity(identityContext(t))
	require.NoError(t, err)
	requireBlack(t, peek(t, receive(t, remote, "the track")))
}

func TestIsolation_Audio(t *testing.T) {
	api, _ := identityAPI(&testIdP{})
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	require.NoError(t, b.SetIdentityProvider(testDomain, hint("bob")))
	source, err := api.NewAudioSource(AudioSourceInit{PeerIdentity: bob})
	require.NoError(t, err)
	t.Cleanup(func() { _ = source.Close() })
	track, err := source.NewTrack("", "")
	require.NoError(t, err)
	t.Cleanup(func() { _ = track.Close() })
	assert.True(t, track.Isolated())
	remote := remoteTracks(b)
	_, err = a.AddTrack(track)
	require.NoError(t, err)
	negotiate(t, a, b)
	sendTone(t, source)
	received := receive(t, remote, "the track")
	loudest := func(sink *AudioSink, frames int) (peak int) {
		for range frames {
			f, err := sink.ReadFrame(mediaContext(t))
			require.NoError(t, err)
			for _, s := range f.Samples {
				peak = max(peak, int(s))
			}
		}
		return peak
	}
	hidden, err := NewAudioSink(received, AudioSinkInit{})
	require.NoError(t, err)
	require.Zero(t, loudest(hidden, 30))
	require.NoError(t, hidden.Close())

	received.mu.Lock()
	received.isolated = false
	received.mu.Unlock()
	received.applyEnabled()
	heard, err := NewAudioSink(received, AudioSinkInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = heard.Close() })
	eventually(t, func() bool { return loudest(heard, 5) > 3000 }, "the tone is heard")
}

func TestIsolation_ChangesRaiseTheEvent(t *testing.T) {
	api, _ := identityAPI(&testIdP{})
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	open, source := videoSourceTrack(t, api)
	whitePictures(t, source)
	remote := remoteTracks(b)
	_, err := a.AddTrack(open)
	require.NoError(t, err)
	negotiate(t, a, b)
	received := receive(t, remote, "the track")
	assert.False(t, open.Isolated())
	assert.False(t, received.Isolated())
	sink, err := NewVideoSink(received, VideoSinkInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = sink.Close() })
	requireBrightness(t, sink, true)

	// One isolated track isolates all of the connection.
	changes := make(chan bool, 10)
	received.OnIsolationChange(func() { changes <- received.Isolated() })
	own := a.GetReceivers()[0].Track()
	ownChanges := make(chan bool, 10)
	own.OnIsolationChange(func() { ownChanges <- own.Isolated() })
	isolated, _ := isolatedVideo(t, api, bob)
	_, err = a.AddTrack(isolated)
	require.NoError(t, err)
	negotiate(t, a, b)
	assert.True(t, receive(t, changes, "isolationchange"))
	assert.True(t, receive(t, ownChanges, "isolationchange of the other direction"))
	requireBrightness(t, sink, false)
	requireBlack(t, sink)
	second := receive(t, remote, "the isolated track")
	assert.True(t, second.Isolated())
	negotiate(t, a, b)
	assert.Empty(t, changes, "nothing has changed since")
	received.OnIsolationChange(nil)

	// A description that does not parse isolates nothing.
	_, fresh := newPairOf(t, api, api, Configuration{}, Configuration{})
	require.Error(t, fresh.SetRemoteDescription(SessionDescription{SDPTypeOffer, isolationPrefix + isolationRequired}))
	assert.False(t, fresh.identity.isolating.Load())
}

func TestIsolation_StaysWithCopies(t *testing.T) {
	api, _ := identityAPI(&testIdP{})
	track, source := isolatedVideo(t, api, bob)
	whitePictures(t, source)
	clone, err := track.Clone()
	require.NoError(t, err)
	t.Cleanup(func() { _ = clone.Close() })
	assert.True(t, clone.Isolated())
	clone.SetEnabled(false)
	clone.SetEnabled(true)
	sink, err := NewVideoSink(clone, VideoSinkInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = sink.Close() })
	requireBlack(t, sink)
	assert.True(t, NewMediaStream(track).GetTracks()[0].Isolated())

	// What is received and isolated cannot be sent on either.
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	require.NoError(t, b.SetIdentityProvider(testDomain, hint("bob")))
	remote := remoteTracks(b)
	_, err = a.AddTrack(clone)
	require.NoError(t, err)
	negotiate(t, a, b)
	received := receive(t, remote, "the track")
	c, d := newPairOf(t, api, api, Configuration{}, Configuration{})
	further := remoteTracks(d)
	_, err = c.AddTrack(received)
	require.NoError(t, err)
	negotiate(t, c, d)
	last := receive(t, further, "the track, sent on")
	sink, err = NewVideoSink(last, VideoSinkInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = sink.Close() })
	requireBlack(t, sink)
	copied, err := received.Clone()
	require.NoError(t, err)
	t.Cleanup(func() { _ = copied.Close() })
	assert.True(t, copied.Isolated())
}

func TestIsolation_SendersOfIsolatedTracks(t *testing.T) {
	api, _ := identityAPI(&testIdP{})
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	require.NoError(t, b.SetIdentityProvider(testDomain, hint("bob")))
	track, source := isolatedVideo(t, api, bob)
	whitePictures(t, source)
	remote := remoteTracks(b)
	sender, err := a.AddTrack(track)
	require.NoError(t, err)
	_, err = a.AddTrack(track)
	requireError(t, invalidAccessError, err)
	negotiate(t, a, b)
	sink := peek(t, receive(t, remote, "the track"))
	requireBrightness(t, sink, true)

	// Another one, for somebody else.
	other, dark := isolatedVideo(t, api, "carol@"+testDomain)
	whitePictures(t, dark)
	require.NoError(t, sender.ReplaceTrack(other))
	assert.Empty(t, track.gates)
	requireBrightness(t, sink, false)
	requireBlack(t, sink)
	require.NoError(t, sender.ReplaceTrack(track))
	assert.Empty(t, other.gates)
	requireBrightness(t, sink, true)
	// An open one.
	open, light := videoSourceTrack(t, api)
	whitePictures(t, light)
	require.NoError(t, sender.ReplaceTrack(open))
	requireBrightness(t, sink, true)
	require.NoError(t, sender.ReplaceTrack(track))
	requireBrightness(t, sink, true)

	require.NoError(t, a.RemoveTrack(sender))
	assert.Empty(t, track.gates)
	assert.Nil(t, sender.Track())
	transceiver, err := a.AddTransceiverFromTrack(track)
	require.NoError(t, err)
	assert.Len(t, track.gates, 1)
	assert.Same(t, track, transceiver.Sender().Track().(*MediaStreamTrack))
	require.NoError(t, a.Close())
	assert.Empty(t, track.gates)
	_, err = a.AddTrack(track)
	requireError(t, invalidStateError, err)
	require.NoError(t, track.Close())
	_, err = b.AddTrack(track)
	requireError(t, invalidStateError, err)
}
