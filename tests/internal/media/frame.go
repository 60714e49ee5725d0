// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import "math"

// A Frame is a picture in I420 with tightly packed planes: Y has Width*Height
// bytes, U and V have a quarter of that each. Width and Height are even.
type Frame struct {
	Width, Height int
	Y, U, V       []byte
}

// NewFrame returns a frame of the given even size, with all samples zero.
func NewFrame(width, height int) *Frame {
	return FrameOf(width, height, make([]byte, FrameSize(width, height)))
}

// FrameSize is the number of bytes of a tightly packed I420 picture.
func FrameSize(width, height int) int { return width*height + width*height/2 }

// FrameOf views data, of FrameSize(width, height) bytes, as a frame. The frame
// shares data's memory.
func FrameOf(width, height int, data []byte) *Frame {
	luma, chroma := width*height, width*height/4
	return &Frame{
		Width: width, Height: height,
		Y: data[:luma:luma],
		U: data[luma : luma+chroma : luma+chroma],
		V: data[luma+chroma : luma+2*chroma : luma+2*chroma],
	}
}

// PSNR returns the peak signal-to-noise ratio of all samples of b against a in
// dB: +Inf for equal pictures, and 0 where the sizes differ.
func PSNR(a, b *Frame) float64 {
	if a.Width != b.Width || a.Height != b.Height {
		return 0
	}
	sum := squaredError(a.Y, b.Y) + squaredError(a.U, b.U) + squaredError(a.V, b.V)
	if sum == 0 {
		return math.Inf(1)
	}
	mse := float64(sum) / float64(FrameSize(a.Width, a.Height))
	return 10 * math.Log10(255*255/mse)
}

func squaredError(a, b []byte) (sum uint64) {
	for i, v := range a {
		d := int32(v) - int32(b[i])
		sum += uint64(d * d)
	}
	return sum
}
