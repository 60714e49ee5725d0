// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// memoryOf is a descriptor of memory with the planes of an NV12 buffer, rows of which are
// pitch bytes apart.
func memoryOf(t *testing.T, b *VideoFrameBuffer, pitch int) *DmabufBuffer {
	t.Helper()
	fd, err := unix.MemfdCreate("a picture", unix.MFD_CLOEXEC)
	require.NoError(t, err)
	file := os.NewFile(uintptr(fd), "a picture")
	t.Cleanup(func() { _ = file.Close() })
	d := &DmabufBuffer{Format: DRMFormatNV12, Width: b.Width, Height: b.Height}
	at := 0
	for i := range d.Planes {
		d.Planes[i] = DmabufPlane{FD: fd, Offset: at, Pitch: pitch}
		row, rows := b.Format.plane(i, b.Width, b.Height)
		for y := range rows {
			_, err := file.WriteAt(b.Planes[i].Data[y*b.Planes[i].Stride:][:row], int64(at+y*pitch))
			require.NoError(t, err)
		}
		at += pitch * rows
	}
	return d
}

// counted makes a buffer count its releases.
func counted(d *DmabufBuffer) *atomic.Int32 {
	count := new(atomic.Int32)
	d.Release = func() { count.Add(1) }
	return count
}

func requireReleased(t *testing.T, count *atomic.Int32) {
	t.Helper()
	require.Eventually(t, func() bool { return count.Load() > 0 }, mediaTestLimit, time.Millisecond)
	time.Sleep(10 * time.Millisecond)
	require.Equal(t, int32(1), count.Load())
}

func TestVideoSource_Dmabuf(t *testing.T) {
	source, _, sink := videoPath(t, 0)
	for _, size := range [][2]int{{64, 48}, {33, 17}, {1, 1}, {322, 181}} {
		nv12 := noiseBuffer(PixelFormatNV12, size[0], size[1], 0)
		want, err := nv12.ToI420()
		require.NoError(t, err)
		d := memoryOf(t, nv12, 384)
		count := counted(d)
		at := MediaTime().Truncate(time.Microsecond)
		require.NoError(t, source.PushFrame(&VideoFrame{Native: d, Timestamp: at}))
		f := readFrame(t, sink)
		requireSamePixels(t, want, &f.VideoFrameBuffer)
		assert.Equal(t, at, f.Timestamp)
		requireReleased(t, count)
	}
	assert.Equal(t, uint64(4), source.Counts().Delivered)
}

// TestVideoSource_DmabufIsReleasedOnce whatever becomes of it.
func TestVideoSource_DmabufIsReleasedOnce(t *testing.T) {
	source, err := NewVideoSource(VideoSourceInit{})
	require.NoError(t, err)
	defer source.Close()
	nv12 := noiseBuffer(PixelFormatNV12, 64, 48, 0)
	push := func(f *VideoFrame) error {
		d := memoryOf(t, nv12, 64)
		count := counted(d)
		f.Native = d
		err := source.PushFrame(f)
		if err != nil {
			require.Equal(t, int32(1), count.Load(), "before PushFrame returns")
		}
		requireReleased(t, count)
		return err
	}
	require.NoError(t, push(&VideoFrame{}))
	assert.Equal(t, uint64(1), source.Counts().Unused)
	var typ *TypeError
	require.ErrorAs(t, push(&VideoFrame{Rotation: 45}), &typ)
	require.ErrorAs(t, push(&VideoFrame{Timestamp: -1}), &typ)

	bad := memoryOf(t, nv12, 64)
	count := counted(bad)
	bad.Width = 640
	require.ErrorAs(t, source.PushFrame(&VideoFrame{Native: bad}), &typ)
	requireReleased(t, count)

	// Of a frame that a sink has not taken, nothing is left but a copy.
	track, err := source.NewTrack("", "")
	require.NoError(t, err)
	sink, err := NewVideoSink(track, VideoSinkInit{})
	require.NoError(t, err)
	require.NoError(t, push(&VideoFrame{}))
	require.NoError(t, sink.Close())
	require.NoError(t, track.Close())

	require.NoError(t, source.Close())
	require.ErrorIs(t, push(&VideoFrame{}), ErrClosed)
}

func TestVideoSource_DmabufRotates(t *testing.T) {
	source, _, sink := videoPath(t, 0)
	nv12 := noiseBuffer(PixelFormatNV12, 64, 48, 0)
	require.NoError(t, source.PushFrame(&VideoFrame{Native: memoryOf(t, nv12, 64), Rotation: VideoRotation90}))
	assert.Equal(t, VideoRotation90, readFrame(t, sink).Rotation)
}

func TestVideoSource_DmabufThatIsNotValid(t *testing.T) {
	source, _, _ := videoPath(t, 0)
	nv12 := noiseBuffer(PixelFormatNV12, 64, 48, 0)
	pipe, other, err := os.Pipe()
	require.NoError(t, err)
	defer pipe.Close()
	defer other.Close()
	for what, change := range map[string]func(*DmabufBuffer){
		"format":             func(d *DmabufBuffer) { d.Format = 'X' | 'R'<<8 | '2'<<16 | '4'<<24 },
		"no width":           func(d *DmabufBuffer) { d.Width = 0 },
		"negative height":    func(d *DmabufBuffer) { d.Height = -1 },
		"great size":         func(d *DmabufBuffer) { d.Width, d.Height = 1<<20, 1<<20 },
		"more than there is": func(d *DmabufBuffer) { d.Height = 50 },
		"no descriptor":      func(d *DmabufBuffer) { d.Planes[0].FD = -1 },
		"closed descriptor":  func(d *DmabufBuffer) { d.Planes[1].FD = 1 << 20 },
		"pipe":               func(d *DmabufBuffer) { d.Planes[1].FD = int(pipe.Fd()) },
		"small pitch":        func(d *DmabufBuffer) { d.Planes[0].Pitch = 63 },
		"negative pitch":     func(d *DmabufBuffer) { d.Planes[0].Pitch = -64 },
		"great pitch":        func(d *DmabufBuffer) { d.Planes[0].Pitch = 1 << 40 },
		"negative offset":    func(d *DmabufBuffer) { d.Planes[1].Offset = -1 },
		"great offset":       func(d *DmabufBuffer) { d.Planes[1].Offset = 1 << 30 },
	} {
		t.Run(what, func(t *testing.T) {
			d := memoryOf(t, nv12, 64)
			change(d)
			var typ *TypeError
			require.ErrorAs(t, source.PushFrame(&VideoFrame{Native: d}), &typ)
			require.NotEmpty(t, typ.Message)
		})
	}
	var typ *TypeError
	require.ErrorAs(t, source.PushFrame(&VideoFrame{Native: (*DmabufBuffer)(nil)}), &typ)
	require.ErrorAs(t, source.PushFrame(&VideoFrame{Native: &DmabufBuffer{}}), &typ)
	require.ErrorAs(t, source.PushFrame(&VideoFrame{Native: (*CUDABuffer)(nil)}), &typ)
	require.ErrorAs(t, source.PushFrame(&VideoFrame{Native: &CUDABuffer{}}), &typ)
	// Without CUDA, and with it, since this address is none.
	require.ErrorAs(t, source.PushFrame(&VideoFrame{Native: &CUDABuffer{
		Width: 64, Height: 48, Planes: [3]CUDAPlane{{4096, 64}, {4096, 64}, {4096, 64}},
	}}), &typ)
}

// TestVideoSource_DmabufThatCannotBeRead is black: it is of a layout that no driver of this
// machine knows.
func TestVideoSource_DmabufThatCannotBeRead(t *testing.T) {
	source, _, sink := videoPath(t, 0)
	d := memoryOf(t, noiseBuffer(PixelFormatNV12, 64, 48, 0), 64)
	d.Modifier = 0x7f00_0000_0000_0001
	count := counted(d)
	require.NoError(t, source.PushFrame(&VideoFrame{Native: d}))
	f := readFrame(t, sink)
	for _, luma := range f.Planes[0].Data[:64] {
		require.LessOrEqual(t, luma, byte(16))
	}
	for _, chroma := range f.Planes[1].Data[:32] {
		require.Equal(t, byte(128), chroma)
	}
	requireReleased(t, count)
}
