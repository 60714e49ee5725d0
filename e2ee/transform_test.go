// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package e2ee

import (
	"bytes"
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
)

const patience = time.Minute

// call is one track from one peer to another.
type call struct {
	ctx      context.Context
	receiver *webrtc.RTPReceiver
	errors   chan error // of both ends
}

// newCall sends white pictures, or a tone. codec chooses the codec: a MIME type and, after
// a semicolon, what else is to be said of it.
func newCall(t *testing.T, kind webrtc.RTPCodecType, codec string, sending, receiving *Keys) *call {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	c := &call{ctx: ctx, errors: make(chan error, 1000)}
	options := Options{OnError: func(err error) {
		select {
		case c.errors <- err:
		default:
		}
	}}
	var s webrtc.SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	api := webrtc.NewAPI(webrtc.WithSettingEngine(s))
	a, b := connection(t, api), connection(t, api)
	a.OnICECandidate(trickle(b))
	b.OnICECandidate(trickle(a))

	track := source(t, api, kind)
	out, err := a.AddTransceiverFromTrack(track)
	require.NoError(t, err)
	require.NoError(t, out.Sender().SetTransform(NewSender(sending, options)))
	capabilities, err := api.GetRTPSenderCapabilities(kind)
	require.NoError(t, err)
	var chosen []webrtc.RTPCodecCapability
	mimeType, parameters, _ := strings.Cut(codec, ";")
	for _, c := range capabilities.Codecs {
		if strings.EqualFold(c.MimeType, mimeType) && strings.Contains(c.SDPFmtpLine, parameters) {
			chosen = append(chosen, c)
		}
	}
	require.NotEmpty(t, chosen)
	require.NoError(t, out.SetCodecPreferences(chosen))
	received := make(chan *webrtc.RTPReceiver, 1)
	b.OnTrack(func(_ *webrtc.TrackRemote, r *webrtc.RTPReceiver) {
		assert.NoError(t, r.SetTransform(NewReceiver(receiving, options)))
		received <- r
	})
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, b.SetRemoteDescription(offer))
	require.NoError(t, a.SetLocalDescription(offer))
	require.NoError(t, b.SetLocalDescription(webrtc.SessionDescription{}))
	c.receiver = <-received
	require.NoError(t, a.SetRemoteDescription(*b.LocalDescription()))
	return c
}

func connection(t *testing.T, api *webrtc.API) *webrtc.PeerConnection {
	t.Helper()
	pc, err := api.NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = pc.GracefulClose() })
	return pc
}

func trickle(to *webrtc.PeerConnection) func(*webrtc.ICECandidate) {
	return func(c *webrtc.ICECandidate) {
		if c == nil {
			return
		}
		go func() {
			for to.RemoteDescription() == nil && to.SignalingState() != webrtc.SignalingStateClosed {
				time.Sleep(5 * time.Millisecond)
			}
			_ = to.AddICECandidate(c.ToJSON())
		}()
	}
}

// source makes a track with something on it until the end of the test.
func source(t *testing.T, api *webrtc.API, kind webrtc.RTPCodecType) *webrtc.MediaStreamTrack {
	t.Helper()
	var push func()
	period := 33 * time.Millisecond
	var track *webrtc.MediaStreamTrack
	if kind == webrtc.RTPCodecTypeVideo {
		camera, err := api.NewVideoSource(webrtc.VideoSourceInit{})
		require.NoError(t, err)
		t.Cleanup(func() { _ = camera.Close() })
		track, err = camera.NewTrack("", "")
		require.NoError(t, err)
		push = func() { _ = camera.PushFrame(&webrtc.VideoFrame{VideoFrameBuffer: *noisyPicture(t)}) }
	} else {
		microphone, err := api.NewAudioSource(webrtc.AudioSourceInit{})
		require.NoError(t, err)
		t.Cleanup(func() { _ = microphone.Close() })
		track, err = microphone.NewTrack("", "")
		require.NoError(t, err)
		tone := &webrtc.AudioFrame{Samples: make([]int16, 480), SampleRate: 48000, Channels: 1}
		for i := range tone.Samples {
			tone.Samples[i] = int16(8000 * math.Sin(float64(i)*2*math.Pi/96))
		}
		push = func() { _ = microphone.PushFrame(tone) }
		period = 10 * time.Millisecond
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(stop); <-stopped })
	go func() {
		defer close(stopped)
		ticker := time.NewTicker(period)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				push()
			case <-stop:
				return
			}
		}
	}()
	return track
}

// noisyPicture is white at the left, and at the right such that a frame takes several
// packets.
func noisyPicture(t *testing.T) *webrtc.VideoFrameBuffer {
	picture, err := webrtc.NewVideoFrameBuffer(webrtc.PixelFormatI420, 320, 240)
	assert.NoError(t, err)
	for i, value := range []byte{235, 128, 128} {
		copy(picture.Planes[i].Data, bytes.Repeat([]byte{value}, len(picture.Planes[i].Data)))
	}
	for y := range 240 {
		for x := 160; x < 320; x += 2 {
			picture.Planes[0].Data[y*picture.Planes[0].Stride+x] = byte(rand.Uint32())
		}
	}
	return picture
}

// requireMedia waits until what was sent is seen or heard; pictures for a while.
func (c *call) requireMedia(t *testing.T) {
	t.Helper()
	track := c.receiver.Track()
	if track.Kind() == webrtc.RTPCodecTypeVideo {
		sink, err := webrtc.NewVideoSink(track, webrtc.VideoSinkInit{})
		require.NoError(t, err)
		defer sink.Close()
		for white := 0; white < 15; {
			f, err := sink.ReadFrame(c.ctx)
			require.NoError(t, err)
			if f.Planes[0].Data[f.Planes[0].Stride*f.Height/2+f.Width/4] > 180 {
				white++
			}
			f.Release()
		}
		return
	}
	sink, err := webrtc.NewAudioSink(track, webrtc.AudioSinkInit{})
	require.NoError(t, err)
	defer sink.Close()
	for loud := false; !loud; {
		f, err := sink.ReadFrame(c.ctx)
		require.NoError(t, err)
		for _, s := range f.Samples {
			loud = loud || s > 4000
		}
	}
}

func (c *call) nextError(t *testing.T) error {
	t.Helper()
	select {
	case err := <-c.errors:
		return err
	case <-c.ctx.Done():
		require.Fail(t, "no frame was dropped")
		return nil
	}
}

var base = bytes.Repeat([]byte{1, 2, 3, 4}, 8)

func keys(t *testing.T) *Keys {
	t.Helper()
	k, err := NewKeys(AES256GCM)
	require.NoError(t, err)
	return k
}

var codecs = []struct {
	kind     webrtc.RTPCodecType
	mimeType string
}{
	{webrtc.RTPCodecTypeAudio, "audio/opus"},
	{webrtc.RTPCodecTypeAudio, "audio/PCMU"},
	{webrtc.RTPCodecTypeVideo, "video/VP8"},
	{webrtc.RTPCodecTypeVideo, "video/VP9"},
	{webrtc.RTPCodecTypeVideo, "video/H264"},
	{webrtc.RTPCodecTypeVideo, "video/AV1"},
}

// hasCodec tells whether the revision of libwebrtc has a codec: all are in both, but AV1
// is not in the one that Debian packages.
func hasCodec(mimeType string) bool {
	return mimeType != "video/AV1" || webrtc.LibwebrtcRevision() != "debian"
}

func TestMediaBetweenThoseWhoHaveTheKey(t *testing.T) {
	for _, codec := range codecs {
		if !hasCodec(codec.mimeType) {
			continue
		}
		t.Run(codec.mimeType, func(t *testing.T) {
			sending, receiving := keys(t), keys(t)
			require.NoError(t, sending.SetSendKey(9, base))
			require.NoError(t, receiving.SetReceiveKey(9, base))
			c := newCall(t, codec.kind, codec.mimeType, sending, receiving)
			c.requireMedia(t)
			// Another key, that the other end knows already.
			other := bytes.Repeat([]byte{5}, 32)
			require.NoError(t, receiving.SetReceiveKey(10, other))
			require.NoError(t, sending.SetSendKey(10, other))
			receiving.RemoveReceiveKey(9)
			c.requireMedia(t)
		})
	}
}

func TestMediaNeedsTheKey(t *testing.T) {
	for _, codec := range codecs {
		if !hasCodec(codec.mimeType) {
			continue
		}
		t.Run(codec.mimeType, func(t *testing.T) {
			sending, receiving := keys(t), keys(t)
			c := newCall(t, codec.kind, codec.mimeType, sending, receiving)
			require.ErrorIs(t, c.nextError(t), ErrNoKey, "nothing is sent unencrypted")
			require.NoError(t, sending.SetSendKey(9, base))
			require.NoError(t, receiving.SetReceiveKey(9, bytes.Repeat([]byte{6}, 32)))
			for !errors.Is(c.nextError(t), ErrNotAuthentic) {
			}
			stats, err := c.receiver.GetStats()
			require.NoError(t, err)
			for _, inbound := range webrtc.StatsOf[*webrtc.InboundRTPStreamStats](stats) {
				if inbound.FramesDecoded != nil {
					assert.Zero(t, *inbound.FramesDecoded)
				}
			}
			require.NoError(t, receiving.SetReceiveKey(9, base))
			c.requireMedia(t)
		})
	}
}

func TestUnitsThatMustFitOnePacketAreNotEncrypted(t *testing.T) {
	sending, receiving := keys(t), keys(t)
	require.NoError(t, sending.SetSendKey(9, base))
	c := newCall(t, webrtc.RTPCodecTypeVideo, "video/H264;packetization-mode=0", sending, receiving)
	var unsupported *UnsupportedCodecError
	require.ErrorAs(t, c.nextError(t), &unsupported)
	assert.Equal(t, "video/H264 without packetization-mode=1", unsupported.MimeType)
	assert.Contains(t, unsupported.Error(), unsupported.MimeType)
}
