// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// quadrants is a picture whose quarters can be told apart, also when turned.
var quadrantLuma = [4]byte{40, 90, 150, 210}

func quadrants(t *testing.T, width, height int) *VideoFrameBuffer {
	b, err := NewVideoFrameBuffer(PixelFormatI420, width, height)
	require.NoError(t, err)
	for y := range height {
		for x := range width {
			b.Planes[0].Data[y*width+x] = quadrantLuma[y*2/height*2+x*2/width]
		}
	}
	return b
}

// requireQuadrants compares the middle of each quarter, where coding leaves flat
// colour alone.
func requireQuadrants(t *testing.T, f *VideoFrame) {
	t.Helper()
	i420, err := f.ToI420()
	require.NoError(t, err)
	for q, want := range quadrantLuma {
		x, y := f.Width/4+q%2*f.Width/2, f.Height/4+q/2*f.Height/2
		require.InDelta(t, want, i420.Planes[0].Data[y*i420.Planes[0].Stride+x], 8, "quarter %d", q)
	}
}

// playoutThreads counts the threads that play received audio.
func playoutThreads(t *testing.T) (n int) {
	names, err := filepath.Glob("/proc/self/task/*/comm")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		if comm, err := os.ReadFile(name); err == nil && strings.HasPrefix(string(comm), "nrtc-playout") {
			n++
		}
	}
	return n
}

func TestMediaStreamTrack_VideoThroughAConnection(t *testing.T) {
	for _, rotation := range []VideoRotation{VideoRotation0, VideoRotation90} {
		api, a, b := rtpPair(t)
		track, source := videoSourceTrack(t, api)
		wanted := make(chan VideoSourceWants, 100)
		source.OnWants(func(w VideoSourceWants) {
			select {
			case wanted <- w:
			default:
			}
		})
		remote := make(chan *TrackRemote, 1)
		b.OnTrack(func(track *TrackRemote, _ *RTPReceiver) { remote <- track })
		_, err := a.AddTrack(track)
		require.NoError(t, err)
		negotiate(t, a, b)
		received := <-remote
		sink, err := NewVideoSink(received, VideoSinkInit{})
		require.NoError(t, err)

		begin := MediaTime()
		picture := quadrants(t, 160, 120)
		every(t, 33*time.Millisecond, func() {
			_ = source.PushFrame(&VideoFrame{VideoFrameBuffer: *picture, Rotation: rotation})
		})
		for i := range 20 {
			f := readFrame(t, sink)
			if i < 10 {
				f.Release() // the first are coded coarsely
				continue
			}
			assert.Equal(t, rotation, f.Rotation)
			require.Equal(t, [2]int{160, 120}, [2]int{f.Width, f.Height})
			requireQuadrants(t, f)
			assert.NotZero(t, f.RTPTimestamp)
			assert.Greater(t, f.ReceiveTime, begin)
			assert.LessOrEqual(t, f.ReceiveTime, MediaTime()+time.Millisecond)
			f.Release()
		}
		assert.True(t, source.Wants().Active)
		assert.True(t, (<-wanted).Active)

		require.NoError(t, b.Close())
		assert.Equal(t, MediaStreamTrackStateEnded, received.ReadyState())
		for err == nil {
			var f *VideoFrame
			if f, err = sink.ReadFrame(mediaContext(t)); err == nil {
				f.Release()
			}
		}
		require.ErrorIs(t, err, io.EOF)
		require.NoError(t, sink.Close())
	}
}

func TestMediaStreamTrack_AudioThroughAConnection(t *testing.T) {
	require.Zero(t, playoutThreads(t), "nothing is received")
	api, a, b := rtpPair(t)
	track, source := audioSourceTrack(t, api)
	remote := make(chan *TrackRemote, 1)
	b.OnTrack(func(track *TrackRemote, _ *RTPReceiver) { remote <- track })
	_, err := a.AddTrack(track)
	require.NoError(t, err)
	negotiate(t, a, b)
	sink, err := NewAudioSink(<-remote, AudioSinkInit{})
	require.NoError(t, err)
	defer sink.Close()
	sendTone(t, source)

	loud := func(f *AudioFrame) bool {
		var sum float64
		for _, s := range f.Samples {
			sum += float64(s) * float64(s)
		}
		rms := math.Sqrt(sum / float64(len(f.Samples)))
		return rms > 3000 && rms < 8000 // 5657 went in
	}
	for heard := 0; heard < 50; {
		f, err := sink.ReadFrame(mediaContext(t))
		require.NoError(t, err)
		require.Len(t, f.Samples, f.SampleRate/100*f.Channels)
		if loud(f) {
			heard++
		}
	}
	assert.NotZero(t, playoutThreads(t))

	// A track that is received can be sent on, and cloned.
	clone, err := sink.Track().Clone()
	require.NoError(t, err)
	defer clone.Close()
	second, err := NewAudioSink(clone, AudioSinkInit{})
	require.NoError(t, err)
	defer second.Close()
	for {
		f, err := second.ReadFrame(mediaContext(t))
		require.NoError(t, err)
		if loud(f) {
			break
		}
	}

	require.NoError(t, b.Close())
	require.NoError(t, a.Close())
	require.Eventually(t, func() bool { return playoutThreads(t) == 0 }, patience, time.Millisecond,
		"the device plays only while something is received")
}

func TestVideoSource_KeepsToTheFrameRateOfItsSender(t *testing.T) {
	api, a, b := rtpPair(t)
	track, source := videoSourceTrack(t, api)
	sender, err := a.AddTrack(track)
	require.NoError(t, err)
	negotiate(t, a, b)
	parameters := sender.GetParameters()
	require.Len(t, parameters.Encodings, 1)
	parameters.Encodings[0].MaxFramerate = ptr(10.0)
	require.NoError(t, sender.SetParameters(parameters))

	// Timestamps tell the rate, not when frames are pushed.
	at := MediaTime()
	picture := quadrants(t, 160, 120)
	every(t, 10*time.Millisecond, func() {
		at += 10 * time.Millisecond
		_ = source.PushFrame(&VideoFrame{VideoFrameBuffer: *picture, Timestamp: at})
	})
	require.Eventually(t, func() bool { return source.Wants().MaxFramerate == 10 }, patience, time.Millisecond)
	before := source.Counts()
	require.Eventually(t, func() bool { return source.Counts().Dropped >= before.Dropped+50 }, patience, time.Millisecond)
	after := source.Counts()
	delivered := after.Delivered - before.Delivered
	assert.LessOrEqual(t, delivered, (after.Dropped-before.Dropped)/5, "one in ten, or few more")
	assert.NotZero(t, delivered)
}
