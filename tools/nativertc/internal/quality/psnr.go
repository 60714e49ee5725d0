// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package quality

import (
	"fmt"
	"math"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
)

// MaxPSNR stands for the infinite ratio of equal planes, so that means exist. No
// lossy codec comes near it.
const MaxPSNR = 100.0

// PSNR is the peak signal-to-noise ratio of a frame, in dB.
type PSNR struct {
	// Y, U and V are the planes' ratios.
	Y, U, V float64
	// All is the ratio over all samples together, the figure that libwebrtc calls
	// the I420 PSNR.
	All float64
	// Weighted is (6*Y + U + V) / 8, the usual weighting of luma before chroma.
	Weighted float64
}

// Errors is the sum of squared differences of a frame's samples and their count,
// by plane, from which ratios follow.
type Errors struct {
	Sum   [3]uint64
	Count [3]uint64
}

// Compare returns the squared differences of two frames of the same size.
func Compare(reference, received *clip.Frame) (Errors, error) {
	if err := sameSize(reference, received); err != nil {
		return Errors{}, err
	}
	var e Errors
	a, b := planes(reference), planes(received)
	for i := range a {
		for y := range a[i].height {
			e.Sum[i] += squared(a[i].row(y), b[i].row(y))
		}
		e.Count[i] = uint64(a[i].width) * uint64(a[i].height)
	}
	return e, nil
}

// Add adds the differences of another frame, for the ratio over a clip.
func (e *Errors) Add(other Errors) {
	for i := range e.Sum {
		e.Sum[i] += other.Sum[i]
		e.Count[i] += other.Count[i]
	}
}

// PSNR returns the ratios. Without samples all are 0.
func (e *Errors) PSNR() PSNR {
	p := PSNR{
		Y: ratio(e.Sum[0], e.Count[0]), U: ratio(e.Sum[1], e.Count[1]), V: ratio(e.Sum[2], e.Count[2]),
		All: ratio(e.Sum[0]+e.Sum[1]+e.Sum[2], e.Count[0]+e.Count[1]+e.Count[2]),
	}
	p.Weighted = (6*p.Y + p.U + p.V) / 8
	return p
}

func ratio(sum, count uint64) float64 {
	switch {
	case count == 0:
		return 0
	case sum == 0:
		return MaxPSNR
	}
	return math.Min(10*math.Log10(255*255*float64(count)/float64(sum)), MaxPSNR)
}

// squared returns the sum of squared differences of two rows of the same length.
func squared(a, b []byte) (sum uint64) {
	b = b[:len(a)]
	// A row has at most clip.MaxSide samples: 2^14 times 2^16 fits 32 bits.
	var s uint32
	for i, v := range a {
		d := int32(v) - int32(b[i])
		s += uint32(d * d)
	}
	return uint64(s)
}

func sameSize(a, b *clip.Frame) error {
	for _, f := range []*clip.Frame{a, b} {
		if err := f.Check(); err != nil {
			return err
		}
	}
	if a.Width != b.Width || a.Height != b.Height {
		return fmt.Errorf("%w: %dx%d and %dx%d cannot be compared", clip.ErrFrame, a.Width, a.Height, b.Width, b.Height)
	}
	return nil
}

// plane is one plane of a frame.
type plane struct {
	pix                   []byte
	stride, width, height int
}

func (p plane) row(y int) []byte { return p.pix[y*p.stride:][:p.width] }

func planes(f *clip.Frame) [3]plane {
	cw, ch := f.ChromaSize()
	return [3]plane{
		{f.Y, f.StrideY, f.Width, f.Height},
		{f.U, f.StrideU, cw, ch},
		{f.V, f.StrideV, cw, ch},
	}
}
