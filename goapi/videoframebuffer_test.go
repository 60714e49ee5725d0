// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"image/color"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestVideoFrameBuffer_NewIsBlack(t *testing.T) {
	for _, format := range []PixelFormat{PixelFormatI420, PixelFormatNV12, PixelFormatI010} {
		b, err := NewVideoFrameBuffer(format, 5, 3)
		require.NoError(t, err)
		require.NoError(t, b.validate())
		image, err := b.ToImage()
		require.NoError(t, err)
		for y := range 3 {
			for x := range 5 {
				assert.Equal(t, color.YCbCr{Y: 16, Cb: 128, Cr: 128}, image.YCbCrAt(x, y), "%v", format)
			}
		}
	}
	var typ *TypeError
	_, err := NewVideoFrameBuffer(99, 5, 3)
	require.ErrorAs(t, err, &typ)
	_, err = NewVideoFrameBuffer(PixelFormatI420, 0, 3)
	require.ErrorAs(t, err, &typ)
}

func TestVideoFrameBuffer_CopyTo(t *testing.T) {
	for _, format := range []PixelFormat{PixelFormatI420, PixelFormatNV12, PixelFormatI010} {
		from := noiseBuffer(format, 13, 7, 6)
		to := noiseBuffer(format, 13, 7, 2)
		require.NoError(t, from.CopyTo(to))
		requireSamePixels(t, from, to)
	}
	var typ *TypeError
	b := noiseBuffer(PixelFormatI420, 13, 7, 0)
	require.ErrorAs(t, b.CopyTo(nil), &typ)
	require.ErrorAs(t, b.CopyTo(noiseBuffer(PixelFormatNV12, 13, 7, 0)), &typ)
	require.ErrorAs(t, b.CopyTo(noiseBuffer(PixelFormatI420, 13, 8, 0)), &typ)
	require.ErrorAs(t, b.CopyTo(&VideoFrameBuffer{Width: 13, Height: 7}), &typ)
	require.ErrorAs(t, (&VideoFrameBuffer{Width: 13, Height: 7}).CopyTo(b), &typ)
}

func TestVideoFrameBuffer_ConversionKeepsSamples(t *testing.T) {
	want := noiseBuffer(PixelFormatI420, 9, 5, 0)
	nv12, err := NewVideoFrameBuffer(PixelFormatNV12, 9, 5)
	require.NoError(t, err)
	copy(nv12.Planes[0].Data, want.Planes[0].Data)
	for i := range want.Planes[1].Data {
		nv12.Planes[1].Data[2*i] = want.Planes[1].Data[i]
		nv12.Planes[1].Data[2*i+1] = want.Planes[2].Data[i]
	}
	i010, err := NewVideoFrameBuffer(PixelFormatI010, 9, 5)
	require.NoError(t, err)
	for p := range want.Planes {
		for i, v := range want.Planes[p].Data {
			putSample10(i010.Planes[p].Data[2*i:], uint16(v)<<2|3)
		}
	}
	for _, b := range []*VideoFrameBuffer{want, nv12, i010} {
		got, err := b.ToI420()
		require.NoError(t, err)
		requireSamePixels(t, want, got)
		image, err := b.ToImage()
		require.NoError(t, err)
		assert.Equal(t, color.YCbCr{Y: want.Planes[0].Data[4*9+8], Cb: want.Planes[1].Data[2*5+4], Cr: want.Planes[2].Data[2*5+4]}, image.YCbCrAt(8, 4))
	}
	var typ *TypeError
	_, err = (&VideoFrameBuffer{}).ToI420()
	require.ErrorAs(t, err, &typ)
	_, err = (&VideoFrameBuffer{}).ToImage()
	require.ErrorAs(t, err, &typ)
}

func TestVideoFrame_CaptureTime(t *testing.T) {
	assert.True(t, ntpTime(0).IsZero())
	assert.True(t, ntpTime(-1).IsZero())
	// RFC 5905, figure 4: the first day of UNIX.
	assert.Equal(t, time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), ntpTime(2208988800000))
	assert.Equal(t, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), ntpTime(3976214400000))
}
