// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package pionpeer

import (
	"context"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
	pionmedia "github.com/pion/webrtc/v4/pkg/media"

	"github.com/nativertc/nativertc/tests/internal/media"
)

// SendClip adds a track to the peer and plays the clip on it, over and over, from
// now until the end of the test. What is played before the connection stands is
// lost, as with a live source.
func (p *Peer) SendClip(t testing.TB, clip *media.Clip) *webrtc.RTPSender {
	t.Helper()
	mimeType := webrtc.MimeTypeVP8
	if clip.Codec == media.H264 {
		mimeType = webrtc.MimeTypeH264
	}
	return p.play(t, webrtc.RTPCodecCapability{MimeType: mimeType}, clip.Frames, clip.Interval())
}

// SendOpus is SendClip for sound: packets of [media.OpusPacketTime].
func (p *Peer) SendOpus(t testing.TB, packets [][]byte) *webrtc.RTPSender {
	t.Helper()
	return p.play(t, webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus}, packets, media.OpusPacketTime)
}

func (p *Peer) play(
	t testing.TB, codec webrtc.RTPCodecCapability, units [][]byte, interval time.Duration,
) *webrtc.RTPSender {
	t.Helper()
	kind := "video"
	if codec.MimeType == webrtc.MimeTypeOpus {
		kind = "audio"
	}
	track, err := webrtc.NewTrackLocalStaticSample(codec, kind, "pion")
	if err != nil {
		t.Fatalf("making a pion track: %v", err)
	}
	sender, err := p.AddTrack(track)
	if err != nil {
		t.Fatalf("adding a pion track: %v", err)
	}
	// Pion's interceptors see the feedback only while someone reads it.
	go func() {
		buffer := make([]byte, 1500)
		for {
			if _, _, err := sender.Read(buffer); err != nil {
				return
			}
		}
	}()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	t.Cleanup(func() {
		cancel()
		<-done
	})
	go func() {
		defer close(done)
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for i := 0; ; i++ {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			// Errors here mean that the connection is gone, which is the receiver's
			// to notice.
			_ = track.WriteSample(pionmedia.Sample{Data: units[i%len(units)], Duration: interval})
		}
	}()
	return sender
}
