// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"fmt"
)

// maxVideoDimension is the greatest width and height of a frame: that of VP8.
const maxVideoDimension = 16383

// VideoPlane is one plane of a frame.
type VideoPlane struct {
	// Data begins with the first row. The last row may end with its pixels.
	Data []byte

	// Stride is how many bytes the beginnings of two rows are apart.
	Stride int
}

// VideoFrameBuffer is the pixels of a frame.
type VideoFrameBuffer struct {
	// Format is how they lie in memory.
	Format PixelFormat

	// Width and Height are in pixels, 1 to 16383.
	Width, Height int

	// Planes are those of the format, in its order. NV12 has no third.
	Planes [3]VideoPlane
}

// NewVideoFrameBuffer makes a black buffer in Go's memory, without padding
// between the rows. It is a TypeError for a format or size that is not valid.
func NewVideoFrameBuffer(format PixelFormat, width, height int) (*VideoFrameBuffer, error) {
	b := &VideoFrameBuffer{Format: format, Width: width, Height: height}
	if err := b.validateSize(); err != nil {
		return nil, err
	}
	for i := range format.planes() {
		row, rows := format.plane(i, width, height)
		b.Planes[i] = VideoPlane{make([]byte, row*rows), row}
	}
	b.blacken()
	return b, nil
}

// blacken makes the zeroed planes of a buffer black in limited range.
func (b *VideoFrameBuffer) blacken() {
	for i := range b.Format.planes() {
		value := uint16(128)
		if i == 0 {
			value = 16
		}
		data := b.Planes[i].Data
		if b.Format != PixelFormatI010 {
			for j := range data {
				data[j] = byte(value)
			}
			continue
		}
		for j := 0; j+1 < len(data); j += 2 {
			putSample10(data[j:], value<<2)
		}
	}
}

func (b *VideoFrameBuffer) validateSize() error {
	if b.Format.planes() == 0 {
		_, err := b.Format.MarshalText()
		return err
	}
	if b.Width < 1 || b.Height < 1 || b.Width > maxVideoDimension || b.Height > maxVideoDimension {
		return newError(typeError, fmt.Sprintf("a frame of %dx%d pixels is not within 1x1 and %dx%d", b.Width, b.Height, maxVideoDimension, maxVideoDimension), nil)
	}
	return nil
}

// validate checks that the planes hold what the sizes say.
func (b *VideoFrameBuffer) validate() error {
	if err := b.validateSize(); err != nil {
		return err
	}
	for i := range b.Format.planes() {
		row, rows := b.Format.plane(i, b.Width, b.Height)
		p := &b.Planes[i]
		// The first comparison keeps the product small.
		if p.Stride < row || p.Stride > maxVideoStride {
			return newError(typeError, fmt.Sprintf("a stride of %d bytes in plane %d is not within %d and %d", p.Stride, i, row, maxVideoStride), nil)
		}
		if need := p.Stride*(rows-1) + row; len(p.Data) < need {
			return newError(typeError, fmt.Sprintf("plane %d has %d bytes and needs %d", i, len(p.Data), need), nil)
		}
	}
	return nil
}

// maxVideoStride bounds what is multiplied with a height in the bridge.
const maxVideoStride = 1 << 20

// CopyTo copies the pixels to another buffer of the same format and size, whose
// strides may differ. It is a TypeError if a buffer is not valid or they do not
// match.
func (b *VideoFrameBuffer) CopyTo(to *VideoFrameBuffer) error {
	if to == nil || to.Format != b.Format || to.Width != b.Width || to.Height != b.Height {
		return newError(typeError, "the buffers differ in format or size", nil)
	}
	if err := b.validate(); err != nil {
		return err
	}
	if err := to.validate(); err != nil {
		return err
	}
	for i := range b.Format.planes() {
		row, rows := b.Format.plane(i, b.Width, b.Height)
		from, out := b.Planes[i], to.Planes[i]
		for y := range rows {
			copy(out.Data[y*out.Stride:][:row], from.Data[y*from.Stride:][:row])
		}
	}
	return nil
}
