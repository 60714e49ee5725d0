// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package quality

import (
	"math"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
)

// Scaler changes the size of frames: the mean of the covered area where a side
// shrinks, linear interpolation where it grows. That is close to what libwebrtc
// does, so that a scaled reference tells the codec's loss from the scaling's.
//
// A Scaler keeps the weights of the last sizes it was asked for; the zero value is
// ready. It must not be used by two goroutines at a time.
type Scaler struct {
	taps map[[2]int][]tap
	// accumulated is one row of weighted sums.
	accumulated []uint32
	// columns is the source row after its horizontal pass, by source row.
	columns []uint16
}

// tap says from which samples, from first on, and with which weights, that add up
// to one, an output sample is made.
type tap struct {
	first   int
	weights []uint32
}

// one is the fixed-point 1 of weights. Two passes fit 32 bits: the first keeps 8
// fractional bits in 16, the second multiplies these with 14 bits.
const (
	oneBits  = 14
	one      = 1 << oneBits
	fracBits = 8
)

// Scale writes src at dst's size into dst; a dst without planes is an error, one
// of the same size gets a copy. Index and time are copied too.
func (s *Scaler) Scale(dst, src *clip.Frame) error {
	if err := src.Check(); err != nil {
		return err
	}
	if err := dst.Check(); err != nil {
		return err
	}
	if dst.Width == src.Width && dst.Height == src.Height {
		dst.CopyFrom(src)
		return nil
	}
	from := planes(src)
	for i, to := range planes(dst) {
		s.plane(to, from[i])
	}
	dst.Index, dst.Time = src.Index, src.Time
	return nil
}

func (s *Scaler) plane(dst, src plane) {
	horizontal, vertical := s.weights(src.width, dst.width), s.weights(src.height, dst.height)
	if need := dst.width * src.height; len(s.columns) < need {
		s.columns = make([]uint16, need)
	}
	for y := range src.height {
		in, out := src.row(y), s.columns[y*dst.width:][:dst.width]
		for x, t := range horizontal {
			var sum uint32
			for i, w := range t.weights {
				sum += w * uint32(in[t.first+i])
			}
			out[x] = uint16(sum >> (oneBits - fracBits))
		}
	}
	if len(s.accumulated) < dst.width {
		s.accumulated = make([]uint32, dst.width)
	}
	acc := s.accumulated[:dst.width]
	for y, t := range vertical {
		for x := range acc {
			acc[x] = 1 << (oneBits + fracBits - 1) // Rounds to nearest.
		}
		for i, w := range t.weights {
			for x, v := range s.columns[(t.first+i)*dst.width:][:dst.width] {
				acc[x] += w * uint32(v)
			}
		}
		out := dst.row(y)
		for x, v := range acc {
			out[x] = byte(min(v>>(oneBits+fracBits), 255))
		}
	}
}

// weights returns the taps from one length to another, out of the memory of a
// few: both directions of luma and chroma, for the sizes in use.
func (s *Scaler) weights(from, to int) []tap {
	key := [2]int{from, to}
	if t, ok := s.taps[key]; ok {
		return t
	}
	if s.taps == nil || len(s.taps) >= 32 {
		s.taps = make(map[[2]int][]tap)
	}
	t := make([]tap, to)
	for i := range t {
		if to < from {
			t[i] = areaTap(i, from, to)
		} else {
			t[i] = linearTap(i, from, to)
		}
	}
	s.taps[key] = t
	return t
}

// areaTap weighs the samples by how much of them output sample i covers.
func areaTap(i, from, to int) tap {
	step := float64(from) / float64(to)
	start, end := float64(i)*step, math.Min(float64(i+1)*step, float64(from))
	first, last := int(start), min(int(math.Ceil(end)), from)
	weights := make([]float64, last-first)
	for j := range weights {
		at := float64(first + j)
		weights[j] = math.Min(end, at+1) - math.Max(start, at)
	}
	return tap{first, fixed(weights)}
}

// linearTap weighs the two samples between whose centres that of output sample i
// lies.
func linearTap(i, from, to int) tap {
	centre := (float64(i)+0.5)*float64(from)/float64(to) - 0.5
	if centre <= 0 || from == 1 {
		return tap{0, []uint32{one}}
	}
	first := int(centre)
	if first >= from-1 {
		return tap{from - 1, []uint32{one}}
	}
	frac := centre - float64(first)
	return tap{first, fixed([]float64{1 - frac, frac})}
}

// fixed turns weights into fixed-point ones that add up to one exactly: an even
// area keeps its level.
func fixed(weights []float64) []uint32 {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	out := make([]uint32, len(weights))
	done, given := 0.0, uint32(0)
	for i, w := range weights {
		done += w
		upTo := uint32(math.Round(done / sum * one))
		out[i], given = upTo-given, upTo
	}
	return out
}
