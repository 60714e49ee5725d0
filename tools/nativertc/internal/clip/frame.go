// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package clip

import (
	"errors"
	"fmt"
	"time"
)

// MaxSide bounds the width and the height of a frame, in pixels.
const MaxSide = 16384

// ErrFrame is in the chain of every error about a frame whose planes do not hold
// what its size and strides promise.
var ErrFrame = errors.New("invalid frame")

// Frame is a picture in I420: a plane of luma and two planes of chroma at half
// its width and height, rounded up. Levels are of the limited range (16 to 235
// in luma), after ITU-R BT.601.
//
// The planes may be the caller's own memory, with strides wider than the picture:
// so a source can write into a buffer that is lent by someone else.
type Frame struct {
	// Y, U and V are the planes; row i of a plane begins at i times its stride.
	Y, U, V []byte
	// StrideY, StrideU and StrideV are the distances between rows, in bytes.
	StrideY, StrideU, StrideV int
	// Width and Height are the size of the luma plane in pixels.
	Width, Height int
	// Index is the frame's number within its source, from 0.
	Index int
	// Time is when the frame is due, counted from the source's first frame.
	Time time.Duration
}

// NewFrame returns a frame of its own memory, with rows that follow each other
// without gaps. It panics where a side is not in 1..MaxSide.
func NewFrame(width, height int) *Frame {
	if err := checkSize(width, height); err != nil {
		panic("clip: " + err.Error())
	}
	cw, ch := (width+1)/2, (height+1)/2
	buf := make([]byte, width*height+2*cw*ch)
	y, rest := buf[:width*height:width*height], buf[width*height:]
	return &Frame{
		Y: y, U: rest[: cw*ch : cw*ch], V: rest[cw*ch:],
		StrideY: width, StrideU: cw, StrideV: cw,
		Width: width, Height: height,
	}
}

// ChromaSize returns the size of the U and V planes.
func (f *Frame) ChromaSize() (width, height int) { return (f.Width + 1) / 2, (f.Height + 1) / 2 }

// Check returns an error in whose chain is ErrFrame where the planes are too
// short for the size and the strides.
func (f *Frame) Check() error {
	if err := checkSize(f.Width, f.Height); err != nil {
		return err
	}
	for _, p := range f.planes() {
		if p.stride < p.width || len(p.pix) < p.stride*(p.height-1)+p.width {
			return fmt.Errorf("%w: plane %s of %d bytes with stride %d cannot hold %dx%d",
				ErrFrame, p.name, len(p.pix), p.stride, p.width, p.height)
		}
	}
	return nil
}

// CopyFrom copies the pixels, the index and the time of src. Where the sizes
// differ or the frame has no planes, it gets new ones.
func (f *Frame) CopyFrom(src *Frame) {
	if f.Width != src.Width || f.Height != src.Height || len(f.Y) == 0 {
		*f = *NewFrame(src.Width, src.Height)
	}
	from := src.planes()
	for i, to := range f.planes() {
		if to.stride == to.width && from[i].stride == to.width {
			copy(to.pix[:to.width*to.height], from[i].pix)
			continue
		}
		for y := range to.height {
			copy(to.row(y), from[i].row(y))
		}
	}
	f.Index, f.Time = src.Index, src.Time
}

// Clone returns a copy with its own memory.
func (f *Frame) Clone() *Frame {
	c := &Frame{}
	c.CopyFrom(f)
	return c
}

// prepare makes f ready to be written at the given size: a frame without planes
// gets some, any other must have that size.
func (f *Frame) prepare(width, height int) error {
	if len(f.Y) == 0 {
		*f = *NewFrame(width, height)
		return nil
	}
	if f.Width != width || f.Height != height {
		return fmt.Errorf("%w: it is %dx%d, the source's frames are %dx%d", ErrFrame, f.Width, f.Height, width, height)
	}
	return f.Check()
}

// plane is one plane of a frame.
type plane struct {
	name          string
	pix           []byte
	stride        int
	width, height int
}

func (p plane) row(y int) []byte { return p.pix[y*p.stride:][:p.width] }

func (f *Frame) planes() [3]plane {
	cw, ch := f.ChromaSize()
	return [3]plane{
		{"Y", f.Y, f.StrideY, f.Width, f.Height},
		{"U", f.U, f.StrideU, cw, ch},
		{"V", f.V, f.StrideV, cw, ch},
	}
}

func checkSize(width, height int) error {
	if width < 1 || height < 1 || width > MaxSide || height > MaxSide {
		return fmt.Errorf("%w: size %dx%d is not within 1x1 and %dx%[4]d", ErrFrame, width, height, MaxSide)
	}
	return nil
}
