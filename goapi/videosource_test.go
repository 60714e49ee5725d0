// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const mediaTestLimit = 20 * time.Second

// videoPath is a source, a track of it and a sink on that.
func videoPath(t *testing.T, capacity int) (*VideoSource, *MediaStreamTrack, *VideoSink) {
	t.Helper()
	source, err := NewVideoSource(VideoSourceInit{Label: "test"})
	require.NoError(t, err)
	track, err := source.NewTrack("", "stream")
	require.NoError(t, err)
	sink, err := NewVideoSink(track, VideoSinkInit{Capacity: capacity})
	require.NoError(t, err)
	t.Cleanup(func() {
		assert.NoError(t, sink.Close())
		assert.NoError(t, track.Close())
		assert.NoError(t, source.Close())
	})
	return source, track, sink
}

func mediaContext(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), mediaTestLimit)
	t.Cleanup(cancel)
	return ctx
}

func readFrame(t *testing.T, sink *VideoSink) *VideoFrame {
	t.Helper()
	f, err := sink.ReadFrame(mediaContext(t))
	require.NoError(t, err)
	t.Cleanup(f.Release)
	return f
}

// noiseBuffer is a buffer of random samples whose rows are padded with other
// random bytes.
func noiseBuffer(format PixelFormat, width, height, padding int) *VideoFrameBuffer {
	b := &VideoFrameBuffer{Format: format, Width: width, Height: height}
	for i := range format.planes() {
		row, rows := format.plane(i, width, height)
		stride := row + padding
		data := make([]byte, stride*(rows-1)+row) // no padding after the last row
		for j := range data {
			data[j] = byte(rand.Uint32())
		}
		if format == PixelFormatI010 {
			for y := range rows {
				for x := 0; x < row; x += 2 {
					putSample10(data[y*stride+x:], uint16(rand.UintN(1024)))
				}
			}
		}
		b.Planes[i] = VideoPlane{data, stride}
	}
	return b
}

// requireSamePixels compares what belongs to the picture, not the padding.
func requireSamePixels(t *testing.T, want, got *VideoFrameBuffer) {
	t.Helper()
	require.Equal(t, want.Format, got.Format)
	require.Equal(t, [2]int{want.Width, want.Height}, [2]int{got.Width, got.Height})
	for i := range want.Format.planes() {
		row, rows := want.Format.plane(i, want.Width, want.Height)
		for y := range rows {
			require.Equal(t, want.Planes[i].Data[y*want.Planes[i].Stride:][:row], got.Planes[i].Data[y*got.Planes[i].Stride:][:row],
				"plane %d row %d", i, y)
		}
	}
}

func TestVideoSource_PixelsArriveUnchanged(t *testing.T) {
	source, _, sink := videoPath(t, 0)
	for _, format := range []PixelFormat{PixelFormatI420, PixelFormatNV12, PixelFormatI010} {
		for _, size := range [][2]int{{64, 48}, {1, 1}, {1, 7}, {7, 1}, {33, 17}, {321, 241}} {
			for _, padding := range []int{0, 2, 5, 64} {
				t.Run(fmt.Sprintf("%v %dx%d+%d", format, size[0], size[1], padding), func(t *testing.T) {
					pushed := &VideoFrame{VideoFrameBuffer: *noiseBuffer(format, size[0], size[1], padding)}
					require.NoError(t, source.PushFrame(pushed))
					requireSamePixels(t, &pushed.VideoFrameBuffer, &readFrame(t, sink).VideoFrameBuffer)
				})
			}
		}
	}
}

func TestVideoSource_MetadataArrives(t *testing.T) {
	source, _, sink := videoPath(t, 0)
	buffer := noiseBuffer(PixelFormatI420, 16, 16, 0)
	for _, rotation := range []VideoRotation{VideoRotation0, VideoRotation90, VideoRotation180, VideoRotation270} {
		at := MediaTime().Truncate(time.Microsecond)
		require.NoError(t, source.PushFrame(&VideoFrame{VideoFrameBuffer: *buffer, Rotation: rotation, Timestamp: at}))
		f := readFrame(t, sink)
		assert.Equal(t, rotation, f.Rotation)
		assert.Equal(t, at, f.Timestamp)
		assert.Zero(t, f.RTPTimestamp)
		assert.Zero(t, f.ReceiveTime)
		assert.True(t, f.CaptureTime.IsZero())
	}

	before := MediaTime().Truncate(time.Microsecond)
	require.NoError(t, source.PushFrame(&VideoFrame{VideoFrameBuffer: *buffer}))
	after := MediaTime()
	f := readFrame(t, sink)
	// The two clocks were tied together by reading one after the other: what came
	// between the readings is the error.
	const tie = 20 * time.Millisecond
	assert.GreaterOrEqual(t, f.Timestamp, before-tie)
	assert.LessOrEqual(t, f.Timestamp, after+tie)
}

func TestVideoSource_LentBufferNeedsNoCopy(t *testing.T) {
	source, _, sink := videoPath(t, 0)
	for range 3 * 32 { // more than the pool has
		want := noiseBuffer(PixelFormatI420, 51, 31, 0)
		lent, err := source.LendBuffer(51, 31)
		require.NoError(t, err)
		require.NoError(t, want.CopyTo(&lent.VideoFrameBuffer))
		where := &lent.Planes[0].Data[0]
		require.NoError(t, source.PushFrame(lent))
		assert.Nil(t, lent.Planes[0].Data, "a pushed frame is libwebrtc's")

		var state *InvalidStateError
		require.ErrorAs(t, source.PushFrame(lent), &state)

		got := readFrame(t, sink)
		assert.Same(t, where, &got.Planes[0].Data[0])
		requireSamePixels(t, want, &got.VideoFrameBuffer)
		got.Release()
		got.Release()
		assert.Nil(t, got.Planes[0].Data)
	}
}

func TestVideoSource_LendingIsBounded(t *testing.T) {
	source, _, _ := videoPath(t, 0)
	var lent []*VideoFrame
	var err error
	for range 1000 {
		var f *VideoFrame
		if f, err = source.LendBuffer(16, 16); err != nil {
			break
		}
		lent = append(lent, f)
	}
	var operation *OperationError
	require.ErrorAs(t, err, &operation)
	lent[0].Release()
	f, err := source.LendBuffer(16, 16)
	require.NoError(t, err)
	for _, f := range append(lent, f) {
		f.Release()
	}
}

func TestVideoSource_ReceivedFrameIsPassedOnWithoutCopy(t *testing.T) {
	first, _, firstSink := videoPath(t, 0)
	second, _, secondSink := videoPath(t, 0)
	want := noiseBuffer(PixelFormatNV12, 35, 21, 0)
	require.NoError(t, first.PushFrame(&VideoFrame{VideoFrameBuffer: *want}))
	f := readFrame(t, firstSink)
	require.NoError(t, second.PushFrame(f))
	g := readFrame(t, secondSink)
	assert.Same(t, &f.Planes[0].Data[0], &g.Planes[0].Data[0])
	f.Release()
	requireSamePixels(t, want, &g.VideoFrameBuffer)

	var state *InvalidStateError
	require.ErrorAs(t, second.PushFrame(f), &state, "a released frame")
}

func TestVideoSource_RefusesWhatDoesNotFit(t *testing.T) {
	source, _, _ := videoPath(t, 0)
	good := func() *VideoFrame {
		return &VideoFrame{VideoFrameBuffer: *noiseBuffer(PixelFormatI420, 8, 8, 0)}
	}
	require.NoError(t, source.PushFrame(good()))
	for name, spoil := range map[string]func(*VideoFrame){
		"no width":           func(f *VideoFrame) { f.Width = 0 },
		"negative height":    func(f *VideoFrame) { f.Height = -1 },
		"enormous width":     func(f *VideoFrame) { f.Width = 1 << 30 },
		"enormous height":    func(f *VideoFrame) { f.Height = 1 << 40 },
		"short luma":         func(f *VideoFrame) { f.Planes[0].Data = f.Planes[0].Data[:63] },
		"no chroma":          func(f *VideoFrame) { f.Planes[2].Data = nil },
		"narrow stride":      func(f *VideoFrame) { f.Planes[0].Stride = 7 },
		"no stride":          func(f *VideoFrame) { f.Planes[1].Stride = 0 },
		"negative stride":    func(f *VideoFrame) { f.Planes[1].Stride = -4 },
		"enormous stride":    func(f *VideoFrame) { f.Planes[1].Stride = 1 << 62 },
		"odd rotation":       func(f *VideoFrame) { f.Rotation = 45 },
		"unknown format":     func(f *VideoFrame) { f.Format = 17 },
		"negative timestamp": func(f *VideoFrame) { f.Timestamp = -1 },
		"I010 in I420's":     func(f *VideoFrame) { f.Format = PixelFormatI010 },
	} {
		f := good()
		spoil(f)
		var typ *TypeError
		assert.ErrorAs(t, source.PushFrame(f), &typ, name)
	}
	var typ *TypeError
	assert.ErrorAs(t, source.PushFrame(nil), &typ)
	assert.ErrorAs(t, source.PushFrame(&VideoFrame{}), &typ)
	for _, size := range [][2]int{{0, 1}, {1, 0}, {-1, -1}, {1 << 20, 1}, {1, 1 << 62}} {
		_, err := source.LendBuffer(size[0], size[1])
		assert.ErrorAs(t, err, &typ)
	}
}

func TestVideoSource_CountsAndWants(t *testing.T) {
	source, err := NewVideoSource(VideoSourceInit{})
	require.NoError(t, err)
	defer source.Close()
	frame := &VideoFrame{VideoFrameBuffer: *noiseBuffer(PixelFormatI420, 16, 16, 0)}
	require.NoError(t, source.PushFrame(frame))
	assert.Equal(t, VideoSourceCounts{Unused: 1}, source.Counts())
	assert.Equal(t, VideoSourceWants{Alignment: 1}, source.Wants())

	changes := make(chan VideoSourceWants, 16)
	source.OnWants(func(w VideoSourceWants) { changes <- w })
	track, err := source.NewTrack("", "")
	require.NoError(t, err)
	defer track.Close()
	sink, err := NewVideoSink(track, VideoSinkInit{})
	require.NoError(t, err)
	awaitWants(t, changes, VideoSourceWants{Active: true, Alignment: 1})
	require.NoError(t, source.PushFrame(frame))
	assert.Equal(t, VideoSourceCounts{Unused: 1, Delivered: 1}, source.Counts())
	require.NoError(t, sink.Close())
	awaitWants(t, changes, VideoSourceWants{Alignment: 1})
}

func awaitWants(t *testing.T, changes <-chan VideoSourceWants, want VideoSourceWants) {
	t.Helper()
	limit := time.After(mediaTestLimit)
	for {
		select {
		case got := <-changes:
			if got == want {
				return
			}
		case <-limit:
			require.FailNow(t, "the wants did not change")
		}
	}
}

func TestVideoSource_CloseEndsItsTracks(t *testing.T) {
	source, track, sink := videoPath(t, 0)
	clone, err := track.Clone()
	require.NoError(t, err)
	stopped, err := source.NewTrack("", "")
	require.NoError(t, err)
	ended := make(chan string, 3)
	track.OnEnded(func() { ended <- "track" })
	clone.OnEnded(func() { ended <- "clone" })
	stopped.OnEnded(func() { ended <- "stopped" })
	stopped.Stop()

	frame := &VideoFrame{VideoFrameBuffer: *noiseBuffer(PixelFormatI420, 16, 16, 0)}
	require.NoError(t, source.PushFrame(frame))
	require.NoError(t, source.Close())
	require.NoError(t, source.Close())
	assert.Equal(t, MediaStreamTrackStateEnded, track.ReadyState())
	assert.ElementsMatch(t, []string{"track", "clone"}, []string{<-ended, <-ended})
	require.ErrorIs(t, source.PushFrame(frame), ErrClosed)
	require.ErrorIs(t, source.PushFrame(frame), net.ErrClosed)
	_, err = source.NewTrack("", "")
	require.ErrorIs(t, err, ErrClosed)
	_, err = source.LendBuffer(16, 16)
	require.ErrorIs(t, err, ErrClosed)
	assert.Equal(t, VideoSourceWants{Alignment: 1}, source.Wants())

	// What was delivered before the end can still be read.
	readFrame(t, sink)
	_, err = sink.ReadFrame(mediaContext(t))
	require.ErrorIs(t, err, io.EOF)
	require.NoError(t, clone.Close())
	require.NoError(t, stopped.Close())
	assert.Empty(t, ended, "a stopped track raises no event")
}

func TestVideoSource_CloseWhileFramesArePushed(t *testing.T) {
	for range 20 {
		source, track, sink := videoPath(t, 0)
		sink.OnFrame((*VideoFrame).Release)
		var wg sync.WaitGroup
		for range 2 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				frame := &VideoFrame{VideoFrameBuffer: *noiseBuffer(PixelFormatI420, 64, 64, 0)}
				for source.PushFrame(frame) == nil {
					lent, err := source.LendBuffer(64, 64)
					if err == nil && source.PushFrame(lent) != nil {
						lent.Release()
					}
				}
			}()
		}
		for source.Counts().Delivered == 0 {
			time.Sleep(time.Millisecond)
		}
		require.NoError(t, sink.Close())
		require.NoError(t, track.Close())
		require.NoError(t, source.Close())
		wg.Wait()
	}
}
