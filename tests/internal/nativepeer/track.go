// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package nativepeer

import (
	"context"
	"fmt"
	"math"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/media"
)

const (
	// blocksHeard is how much of the sound is listened to, a second.
	blocksHeard = 100
	// loud is the peak of a block that is not silence.
	loud = math.MaxInt16 / 16
)

// A Track is a remote track.
type Track struct {
	*webrtc.TrackRemote
	Receiver *webrtc.RTPReceiver
}

// Tracks returns the peer's remote tracks as they come. Call it before the first
// description is set, once.
func (p *Peer) Tracks() <-chan *Track {
	tracks := make(chan *Track, 16)
	p.OnTrack(func(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
		tracks <- &Track{TrackRemote: track, Receiver: receiver}
	})
	return tracks
}

// Record receives count pictures of a video track. Those before the first one of
// the given size are left out: senders may begin with small ones, as long as they
// do not know the bandwidth.
func (t *Track) Record(ctx context.Context, count, width, height int) ([]*media.Frame, error) {
	// A recorder wants them all, also where the test was kept waiting.
	sink, err := webrtc.NewVideoSink(t.TrackRemote, webrtc.VideoSinkInit{Capacity: count})
	if err != nil {
		return nil, err
	}
	defer sink.Close()
	var frames []*media.Frame
	others := 0
	for len(frames) < count {
		native, err := sink.ReadFrame(ctx)
		if err != nil {
			return frames, fmt.Errorf("%d of %d pictures received, and %d of other sizes before: %w; %s",
				len(frames), count, others, err, t.received())
		}
		frame, err := copyFrame(native)
		native.Release()
		if err != nil {
			return frames, err
		}
		if len(frames) > 0 || frame.Width == width && frame.Height == height {
			frames = append(frames, frame)
		} else {
			others++
		}
	}
	return frames, nil
}

// received tells how far the media of a track came that is not seen.
func (t *Track) received() string {
	report, err := t.Receiver.GetStats()
	if err != nil {
		return err.Error()
	}
	return string(report.Raw())
}

func copyFrame(native *webrtc.VideoFrame) (*media.Frame, error) {
	if native.Format != webrtc.PixelFormatI420 || native.Rotation != 0 {
		return nil, fmt.Errorf("the picture is %v, turned by %d", native.Format, native.Rotation)
	}
	f := media.NewFrame(native.Width, native.Height)
	copyPlane(f.Y, native.Planes[0], native.Width, native.Height)
	copyPlane(f.U, native.Planes[1], native.Width/2, native.Height/2)
	copyPlane(f.V, native.Planes[2], native.Width/2, native.Height/2)
	return f, nil
}

func copyPlane(to []byte, from webrtc.VideoPlane, width, height int) {
	for y := range height {
		copy(to[y*width:(y+1)*width], from.Data[y*from.Stride:])
	}
}

// Listen waits until an audio track is not silent, and returns about a second of
// its first channel with the sample rate.
func (t *Track) Listen(ctx context.Context) (samples []int16, rate int, err error) {
	sink, err := webrtc.NewAudioSink(t.TrackRemote, webrtc.AudioSinkInit{Capacity: blocksHeard})
	if err != nil {
		return nil, 0, err
	}
	defer sink.Close()
	for blocks := 0; blocks < blocksHeard; {
		block, err := sink.ReadFrame(ctx)
		if err != nil {
			return samples, rate, fmt.Errorf("%d of %d blocks received: %w", blocks, blocksHeard, err)
		}
		if blocks == 0 && peak(block.Samples) < loud {
			continue
		}
		if blocks > 0 && block.SampleRate != rate {
			return nil, 0, fmt.Errorf("the sample rate has changed from %d to %d", rate, block.SampleRate)
		}
		rate = block.SampleRate
		for i := 0; i < len(block.Samples); i += block.Channels {
			samples = append(samples, block.Samples[i])
		}
		blocks++
	}
	return samples, rate, nil
}

func peak(samples []int16) (highest int) {
	for _, s := range samples {
		highest = max(highest, int(s), -int(s))
	}
	return highest
}
