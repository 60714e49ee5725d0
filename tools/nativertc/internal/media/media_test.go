// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"context"
	"io"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg/fftest"
)

const patience = 20 * time.Second

// few is a clip that ends after some frames.
type few struct {
	clip.Video
	left int
}

func (f *few) Next(dst *clip.Frame) error {
	if f.left == 0 {
		return io.EOF
	}
	f.left--
	return f.Video.Next(dst)
}

func generator(t *testing.T) clip.Video {
	t.Helper()
	g, err := clip.NewGenerator(160, 90, 100)
	require.NoError(t, err)
	return g
}

// watched returns a source and a sink on a track of it.
func watched(t *testing.T) (*webrtc.VideoSource, *webrtc.VideoSink) {
	t.Helper()
	source, err := webrtc.NewVideoSource(webrtc.VideoSourceInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = source.Close() })
	track, err := source.NewTrack("", "")
	require.NoError(t, err)
	t.Cleanup(func() { _ = track.Close() })
	sink, err := webrtc.NewVideoSink(track, webrtc.VideoSinkInit{Capacity: 100})
	require.NoError(t, err)
	t.Cleanup(func() { _ = sink.Close() })
	return source, sink
}

func read(t *testing.T, sink *webrtc.VideoSink) *webrtc.VideoFrame {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	f, err := sink.ReadFrame(ctx)
	require.NoError(t, err)
	return f
}

func TestPumpVideoPushesEveryFrameOnTime(t *testing.T) {
	source, sink := watched(t)
	reference := generator(t)
	began := time.Now()
	edited := 0
	err := PumpVideo(nil, &few{generator(t), 10}, source, func(*clip.Frame) error { edited++; return nil })
	require.NoError(t, err, "the end is no error")
	assert.Equal(t, 10, edited)
	assert.GreaterOrEqual(t, time.Since(began), 90*time.Millisecond, "the last of ten frames at 100 per second")
	for range 10 {
		f := read(t, sink)
		got, err := View(&f.VideoFrameBuffer)
		require.NoError(t, err)
		want := &clip.Frame{}
		require.NoError(t, reference.Next(want))
		assert.Equal(t, want.Y, got.Clone().Y)
		f.Release()
	}
}

func TestPumpVideoEnds(t *testing.T) {
	source, _ := watched(t)
	stop := make(chan struct{})
	close(stop)
	require.NoError(t, PumpVideo(stop, generator(t), source, nil))
	require.ErrorIs(t, PumpVideo(nil, generator(t), source, func(*clip.Frame) error { return io.ErrShortWrite }), io.ErrShortWrite)
	require.NoError(t, source.Close())
	require.NoError(t, PumpVideo(nil, generator(t), source, nil), "whoever closed the source wants no more")
}

func TestPumpAudioEnds(t *testing.T) {
	source, err := webrtc.NewAudioSource(webrtc.AudioSourceInit{})
	require.NoError(t, err)
	stop := make(chan struct{})
	blocks := 0
	require.NoError(t, PumpAudio(stop, clip.NewTone(), source, func(b []int16) {
		assert.Len(t, b, clip.BlockSamples*clip.Channels)
		if blocks++; blocks == 5 {
			close(stop)
		}
	}))
	assert.Equal(t, 5, blocks)
	require.NoError(t, source.Close())
	require.NoError(t, PumpAudio(nil, clip.NewTone(), source, nil))
}

func TestViewConvertsOtherFormats(t *testing.T) {
	b, err := webrtc.NewVideoFrameBuffer(webrtc.PixelFormatNV12, 5, 3)
	require.NoError(t, err)
	f, err := View(b)
	require.NoError(t, err)
	assert.Equal(t, [2]int{5, 3}, [2]int{f.Width, f.Height})
	assert.EqualValues(t, 16, f.Y[0])
	assert.EqualValues(t, 128, f.U[0])
}

// counted counts the frames that are asked for.
type counted struct {
	clip.Video
	frames atomic.Int64
}

func (c *counted) Next(dst *clip.Frame) error {
	c.frames.Add(1)
	return c.Video.Next(dst)
}

func TestStudioFeedsEveryOutputAndPausesWithoutOne(t *testing.T) {
	video := &counted{Video: generator(t)}
	s := NewStudio(&Clip{Video: video})
	assert.False(t, s.HasAudio())
	assert.Zero(t, video.frames.Load())

	sourceA, sinkA := watched(t)
	sourceB, sinkB := watched(t)
	a, b := &Output{Video: sourceA}, &Output{Video: sourceB}
	s.Add(a)
	read(t, sinkA).Release()
	s.Add(b)
	read(t, sinkB).Release()

	require.NoError(t, sourceA.Close(), "a viewer that has gone is no error for the others")
	read(t, sinkB).Release()
	s.Remove(a)
	s.Remove(b)
	s.Remove(b)
	require.Eventually(t, func() bool {
		before := video.frames.Load()
		time.Sleep(50 * time.Millisecond)
		return video.frames.Load() == before
	}, patience, time.Millisecond, "it pauses")

	require.NoError(t, s.Close())
	require.NoError(t, s.Close())
	<-s.Done()
	require.NoError(t, s.Err())
}

// broken is a clip that fails.
type broken struct{ clip.Video }

func (broken) Next(*clip.Frame) error { return io.ErrUnexpectedEOF }

func TestStudioTellsWhyItEnds(t *testing.T) {
	s := NewStudio(&Clip{Video: broken{generator(t)}})
	source, _ := watched(t)
	s.Add(&Output{Video: source})
	<-s.Done()
	require.ErrorIs(t, s.Err(), io.ErrUnexpectedEOF)
	require.NoError(t, s.Close())
}

func TestOpenTheGeneratedClip(t *testing.T) {
	for _, c := range []struct{ width, height, wantWidth, wantHeight int }{
		{0, 0, 1280, 720}, {640, 0, 640, 360}, {0, 360, 640, 360}, {100, 100, 100, 100},
	} {
		got, err := Open(t.Context(), Input{Width: c.width, Height: c.height})
		require.NoError(t, err)
		w, h := got.Video.Size()
		assert.Equal(t, [2]int{c.wantWidth, c.wantHeight}, [2]int{w, h})
		assert.Equal(t, 30.0, got.Video.FPS())
		assert.NotNil(t, got.Audio)
		assert.Zero(t, got.Length)
		require.NoError(t, got.Close())
	}
	_, err := Open(t.Context(), Input{Width: 2, Height: 2})
	require.ErrorIs(t, err, clip.ErrFrame)
}

func TestOpenAFile(t *testing.T) {
	fftest.Need(t)
	dir := t.TempDir()
	film, silent := filepath.Join(dir, "film.mp4"), filepath.Join(dir, "silent.mp4")
	fftest.Make(t, "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=10", "-f", "lavfi", "-i", "sine", "-t", "2", film)
	fftest.Make(t, "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=10", "-t", "1", silent)

	c, err := Open(t.Context(), Input{Path: film})
	require.NoError(t, err)
	assert.NotNil(t, c.Audio)
	assert.InDelta(t, 2.0, c.Length.Seconds(), 0.2)
	require.NoError(t, c.Close())

	c, err = Open(t.Context(), Input{Path: film, Loop: true, NoAudio: true})
	require.NoError(t, err)
	assert.Nil(t, c.Audio)
	assert.Zero(t, c.Length, "it has no end")
	require.NoError(t, c.Close())

	c, err = Open(t.Context(), Input{Path: silent})
	require.NoError(t, err)
	assert.Nil(t, c.Audio)
	require.NoError(t, c.Close())
}
