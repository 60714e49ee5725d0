// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package nativepeer

import (
	"context"
	"testing"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/media"
)

const (
	// picturesDrawn is how many different pictures are sent before they begin
	// again. They are drawn before: drawing costs more than encoding.
	picturesDrawn = 60
	// simulcastDrawn is as many for pictures that are large.
	simulcastDrawn = 15

	// The library takes sound in blocks of 10 ms.
	blockTime    = 10 * time.Millisecond
	blockSamples = media.OpusRate / 100
	// toneBlocks is a second: a whole number of periods of any whole frequency.
	toneBlocks = 100
)

// SendPictures adds a video track and shows the first pictures of [media.Draw] on
// it, over and over, from now until the end of the test.
func (p *Peer) SendPictures(t testing.TB, width, height, fps int) *webrtc.RTPSender {
	t.Helper()
	source, err := p.api.NewVideoSource(webrtc.VideoSourceInit{})
	if err != nil {
		t.Fatalf("making a video source: %v", err)
	}
	sender := p.addTrack(t, source.NewTrack, source.Close)
	show(t, sender, source, picturesDrawn, width, height, fps)
	return sender
}

// SendSimulcast is SendPictures in several encodings, each with half the width and
// height of the one after it.
func (p *Peer) SendSimulcast(t testing.TB, width, height, fps int, rids ...string) *webrtc.RTPSender {
	t.Helper()
	source, err := api().NewVideoSource(webrtc.VideoSourceInit{})
	if err != nil {
		t.Fatalf("making a video source: %v", err)
	}
	encodings := make([]webrtc.RTPEncodingParameters, len(rids))
	for i, rid := range rids {
		scale := float64(int(1) << (len(rids) - 1 - i))
		encodings[i] = webrtc.RTPEncodingParameters{
			RTPCodingParameters: webrtc.RTPCodingParameters{RID: rid}, ScaleResolutionDownBy: &scale,
		}
	}
	transceiver, err := p.AddTransceiverFromTrack(newTrack(t, source.NewTrack, source.Close), webrtc.RTPTransceiverInit{
		Direction: webrtc.RTPTransceiverDirectionSendonly, SendEncodings: encodings,
	})
	if err != nil {
		t.Fatalf("adding a transceiver: %v", err)
	}
	show(t, transceiver.Sender(), source, simulcastDrawn, width, height, fps)
	return transceiver.Sender()
}

// show plays so many pictures.
func show(t testing.TB, sender *webrtc.RTPSender, source *webrtc.VideoSource, count, width, height, fps int) {
	t.Helper()
	frames := make([]*webrtc.VideoFrame, count)
	for n := range frames {
		frames[n] = nativeFrame(media.Draw(n, width, height))
	}
	// On a busy machine, fewer pictures are better than small ones, which cannot be
	// compared.
	parameters := sender.GetParameters()
	parameters.DegradationPreference = webrtc.DegradationPreferenceMaintainResolution
	if err := sender.SetParameters(parameters); err != nil {
		t.Fatalf("setting the parameters of a sender: %v", err)
	}
	play(t, time.Second/time.Duration(fps), func(i int) error { return source.PushFrame(frames[i%len(frames)]) })
}

// SendTone adds an audio track and plays a tone of a whole number of Hz on it.
func (p *Peer) SendTone(t testing.TB, frequency int) *webrtc.RTPSender {
	t.Helper()
	source, err := p.api.NewAudioSource(webrtc.AudioSourceInit{})
	if err != nil {
		t.Fatalf("making an audio source: %v", err)
	}
	samples := media.Tone(float64(frequency), media.OpusRate, toneBlocks*blockSamples)
	sender := p.addTrack(t, source.NewTrack, source.Close)
	play(t, blockTime, func(i int) error {
		begin := i % toneBlocks * blockSamples
		return source.PushFrame(&webrtc.AudioFrame{
			Samples: samples[begin : begin+blockSamples], SampleRate: media.OpusRate, Channels: 1,
		})
	})
	return sender
}

func (p *Peer) addTrack(
	t testing.TB, newTrackOf func(id, streamID string) (*webrtc.MediaStreamTrack, error), closeSource func() error,
) *webrtc.RTPSender {
	t.Helper()
	sender, err := p.AddTrack(newTrack(t, newTrackOf, closeSource))
	if err != nil {
		t.Fatalf("adding a track: %v", err)
	}
	return sender
}

// newTrack makes a track that ends with its source and the test.
func newTrack(
	t testing.TB, newTrackOf func(id, streamID string) (*webrtc.MediaStreamTrack, error), closeSource func() error,
) *webrtc.MediaStreamTrack {
	t.Helper()
	t.Cleanup(func() {
		if err := closeSource(); err != nil {
			t.Errorf("closing a source: %v", err)
		}
	})
	track, err := newTrackOf("", "native")
	if err != nil {
		t.Fatalf("making a track: %v", err)
	}
	t.Cleanup(func() {
		if err := track.Close(); err != nil {
			t.Errorf("closing a track: %v", err)
		}
	})
	return track
}

// play calls push at an even pace until the end of the test. Where the machine was
// too busy for a while, what was missed is made up: sound has no gaps.
func play(t testing.TB, interval time.Duration, push func(i int) error) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	t.Cleanup(func() {
		cancel()
		<-done
	})
	go func() {
		defer close(done)
		begin := time.Now()
		for i := 0; ; i++ {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Until(begin.Add(time.Duration(i) * interval))):
			}
			if err := push(i); err != nil {
				t.Errorf("pushing a frame: %v", err)
				return
			}
		}
	}()
}

func nativeFrame(f *media.Frame) *webrtc.VideoFrame {
	return &webrtc.VideoFrame{VideoFrameBuffer: webrtc.VideoFrameBuffer{
		Format: webrtc.PixelFormatI420, Width: f.Width, Height: f.Height,
		Planes: [3]webrtc.VideoPlane{
			{Data: f.Y, Stride: f.Width}, {Data: f.U, Stride: f.Width / 2}, {Data: f.V, Stride: f.Width / 2},
		},
	}}
}
