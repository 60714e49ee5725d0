// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/binary"
	"image"
)

// ToI420 returns a copy in Go's memory, in the format I420. The two lowest bits
// of I010 are lost. It is a TypeError if the buffer is not valid.
func (b *VideoFrameBuffer) ToI420() (*VideoFrameBuffer, error) {
	if err := b.validate(); err != nil {
		return nil, err
	}
	to := &VideoFrameBuffer{Format: PixelFormatI420, Width: b.Width, Height: b.Height}
	for i := range to.Planes {
		row, rows := PixelFormatI420.plane(i, b.Width, b.Height)
		to.Planes[i] = VideoPlane{make([]byte, row*rows), row}
	}
	for i := range to.Planes {
		row, rows := PixelFormatI420.plane(i, b.Width, b.Height)
		for y := range rows {
			b.rowToI420(to.Planes[i].Data[y*row:][:row], i, y)
		}
	}
	return to, nil
}

// rowToI420 writes row y of what is plane i in I420.
func (b *VideoFrameBuffer) rowToI420(out []byte, i, y int) {
	switch {
	case b.Format == PixelFormatI010:
		from := b.Planes[i].Data[y*b.Planes[i].Stride:]
		for x := range out {
			out[x] = byte(min(sample10(from[2*x:])>>2, 255))
		}
	case b.Format == PixelFormatNV12 && i > 0:
		from := b.Planes[1].Data[y*b.Planes[1].Stride:]
		for x := range out {
			out[x] = from[2*x+i-1]
		}
	default:
		copy(out, b.Planes[i].Data[y*b.Planes[i].Stride:])
	}
}

// ToImage returns a copy as an image of the standard library. It is not rotated.
// It is a TypeError if the buffer is not valid.
func (b *VideoFrameBuffer) ToImage() (*image.YCbCr, error) {
	i420, err := b.ToI420()
	if err != nil {
		return nil, err
	}
	return &image.YCbCr{
		Y:              i420.Planes[0].Data,
		Cb:             i420.Planes[1].Data,
		Cr:             i420.Planes[2].Data,
		YStride:        i420.Planes[0].Stride,
		CStride:        i420.Planes[1].Stride,
		SubsampleRatio: image.YCbCrSubsampleRatio420,
		Rect:           image.Rect(0, 0, b.Width, b.Height),
	}, nil
}

func sample10(b []byte) uint16       { return binary.NativeEndian.Uint16(b) }
func putSample10(b []byte, v uint16) { binary.NativeEndian.PutUint16(b, v) }
