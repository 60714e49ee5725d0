// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// numbered is a frame that can be told from others.
func numbered(n byte) *VideoFrame {
	b, err := NewVideoFrameBuffer(PixelFormatI420, 8, 8)
	if err != nil {
		panic(err)
	}
	b.Planes[0].Data[0] = n
	return &VideoFrame{VideoFrameBuffer: *b}
}

func number(f *VideoFrame) byte { return f.Planes[0].Data[0] }

func TestVideoSink_DropsAndCountsTheOldest(t *testing.T) {
	source, _, sink := videoPath(t, 4)
	for n := range byte(10) {
		require.NoError(t, source.PushFrame(numbered(n)))
	}
	assert.EqualValues(t, 6, sink.Dropped())
	for n := byte(6); n < 10; n++ {
		assert.Equal(t, n, number(readFrame(t, sink)))
	}
	require.NoError(t, source.PushFrame(numbered(77)))
	assert.Equal(t, byte(77), number(readFrame(t, sink)))
	require.NoError(t, sink.Close())
	assert.EqualValues(t, 6, sink.Dropped(), "known after Close")
}

func TestVideoSink_ReadFrameEnds(t *testing.T) {
	_, track, sink := videoPath(t, 0)
	ctx, cancel := context.WithCancel(context.Background())
	failed := make(chan error, 1)
	go func() {
		_, err := sink.ReadFrame(ctx)
		failed <- err
	}()
	cancel()
	require.ErrorIs(t, <-failed, context.Canceled)

	go func() {
		_, err := sink.ReadFrame(context.Background())
		failed <- err
	}()
	require.NoError(t, sink.Close())
	require.NoError(t, sink.Close())
	require.ErrorIs(t, <-failed, ErrClosed)
	_, err := sink.ReadFrame(context.Background())
	require.ErrorIs(t, err, ErrClosed)

	require.NoError(t, track.Close())
	_, err = NewVideoSink(track, VideoSinkInit{})
	require.ErrorIs(t, err, ErrClosed)
}

func TestVideoSink_RefusesWhatIsNoVideoTrack(t *testing.T) {
	source, err := NewAudioSource(AudioSourceInit{})
	require.NoError(t, err)
	defer source.Close()
	audio, err := source.NewTrack("", "")
	require.NoError(t, err)
	defer audio.Close()
	_, video, _ := videoPath(t, 0)

	var typ *TypeError
	_, err = NewVideoSink(audio, VideoSinkInit{})
	require.ErrorAs(t, err, &typ)
	_, err = NewVideoSink(nil, VideoSinkInit{})
	require.ErrorAs(t, err, &typ)
	_, err = NewVideoSink(video, VideoSinkInit{Capacity: -1})
	require.ErrorAs(t, err, &typ)
	_, err = NewAudioSink(video, AudioSinkInit{})
	require.ErrorAs(t, err, &typ)
}

func TestVideoSink_HandlersGetFramesInOrder(t *testing.T) {
	source, _, sink := videoPath(t, 100)
	first := make(chan byte, 100)
	sink.OnFrame(func(f *VideoFrame) {
		defer f.Release()
		first <- number(f)
	})
	for n := range byte(50) {
		require.NoError(t, source.PushFrame(numbered(n)))
	}
	for n := range byte(50) {
		require.Equal(t, n, <-first)
	}

	second := make(chan byte, 100)
	sink.OnFrame(func(f *VideoFrame) {
		defer f.Release()
		second <- number(f)
	})
	require.NoError(t, source.PushFrame(numbered(50)))
	require.Equal(t, byte(50), <-second)

	sink.OnFrame(nil)
	require.NoError(t, source.PushFrame(numbered(51)))
	require.Equal(t, byte(51), number(readFrame(t, sink)))
	assert.Empty(t, first)
	assert.Empty(t, second)
}

func TestVideoSink_CloseFromItsHandler(t *testing.T) {
	source, _, sink := videoPath(t, 100)
	calls := make(chan struct{}, 100)
	sink.OnFrame(func(f *VideoFrame) {
		f.Release()
		calls <- struct{}{}
		assert.NoError(t, sink.Close())
	})
	for n := range byte(10) {
		require.NoError(t, source.PushFrame(numbered(n)))
	}
	<-calls
	<-sink.pump
	assert.Empty(t, calls, "no call after Close")
	assert.EqualValues(t, 1, source.Counts().Delivered+source.Counts().Unused-9)
}

func TestVideoSink_FramesOutliveSinkAndSource(t *testing.T) {
	source, track, sink := videoPath(t, 0)
	want := noiseBuffer(PixelFormatI420, 33, 33, 0)
	require.NoError(t, source.PushFrame(&VideoFrame{VideoFrameBuffer: *want}))
	f := readFrame(t, sink)
	require.NoError(t, sink.Close())
	require.NoError(t, track.Close())
	require.NoError(t, source.Close())
	requireSamePixels(t, want, &f.VideoFrameBuffer)
}

func TestVideoSink_DisabledTrackIsBlack(t *testing.T) {
	source, track, sink := videoPath(t, 0)
	track.SetEnabled(false)
	require.NoError(t, source.PushFrame(&VideoFrame{VideoFrameBuffer: *noiseBuffer(PixelFormatI420, 16, 16, 0)}))
	f := readFrame(t, sink)
	for i, plane := range f.Planes {
		for _, v := range plane.Data {
			require.Equal(t, []byte{0, 128, 128}[i], v)
		}
	}
	track.SetEnabled(true)
	want := noiseBuffer(PixelFormatI420, 16, 16, 0)
	require.NoError(t, source.PushFrame(&VideoFrame{VideoFrameBuffer: *want}))
	requireSamePixels(t, want, &readFrame(t, sink).VideoFrameBuffer)
}

func TestVideoSink_StoppedTrackGivesNothing(t *testing.T) {
	source, track, sink := videoPath(t, 0)
	clone, err := track.Clone()
	require.NoError(t, err)
	defer clone.Close()
	other, err := NewVideoSink(clone, VideoSinkInit{})
	require.NoError(t, err)
	defer other.Close()
	track.Stop()
	assert.Equal(t, MediaStreamTrackStateEnded, track.ReadyState())
	assert.Equal(t, MediaStreamTrackStateLive, clone.ReadyState())
	require.NoError(t, source.PushFrame(numbered(9)))
	assert.Equal(t, byte(9), number(readFrame(t, other)), "the source goes on")
	// What the stopped track still brings, at most a sink's worth, is black.
	for {
		f, err := sink.ReadFrame(mediaContext(t))
		if err != nil {
			require.ErrorContains(t, err, "EOF")
			break
		}
		assert.NotEqual(t, byte(9), number(f))
		f.Release()
	}
}

func TestVideoSink_ForgottenFramesAreReleased(t *testing.T) {
	source, _, sink := videoPath(t, 0)
	func() {
		for n := range byte(32) {
			lent, err := source.LendBuffer(16, 16)
			require.NoError(t, err)
			if n%2 == 0 {
				continue
			}
			require.NoError(t, source.PushFrame(lent))
			_, err = sink.ReadFrame(mediaContext(t))
			require.NoError(t, err)
		}
	}()
	// All buffers of the pool are taken; only the collector can bring them back.
	deadline := time.Now().Add(mediaTestLimit)
	for {
		lent, err := source.LendBuffer(16, 16)
		if err == nil {
			lent.Release()
			break
		}
		require.True(t, time.Now().Before(deadline), "forgotten frames were not released")
		collectGarbage()
	}
}
