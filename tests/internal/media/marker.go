// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

// The number of a picture stands in its top row as twenty square blocks, each a
// twentieth of the width (32x32 pixels at a width of 640), dark for 0 and bright
// for 1: sixteen for the number, most significant first, and four for a check
// value. Large flat blocks survive every codec, and as their place is a fraction
// of the width, they survive scaling as well.
const (
	markerBits   = 16
	checkBits    = 4
	markerBlocks = markerBits + checkBits

	blockDark   = 32
	blockBright = 224
	// Samples between these are neither: the picture is not one of ours, or is
	// too damaged to count.
	darkLimit   = 96
	brightLimit = 160
)

// checkOf mixes the number's four nibbles. The constant keeps all-dark and
// all-bright pictures, which broken decoders make, from being a valid number.
func checkOf(n int) int { return (n>>12 ^ n>>8 ^ n>>4 ^ n ^ 0xa) & 0xf }

func drawNumber(f *Frame, n int) {
	word := (n&0xffff)<<checkBits | checkOf(n)
	for i := range markerBlocks {
		value := byte(blockDark)
		if word>>(markerBlocks-1-i)&1 == 1 {
			value = blockBright
		}
		left, right := i*f.Width/markerBlocks, (i+1)*f.Width/markerBlocks
		for y := range f.Width / markerBlocks {
			for x := left; x < right; x++ {
				f.Y[y*f.Width+x] = value
			}
		}
	}
}

// Number reads the number that [Draw] wrote. It reports false where the picture
// carries none that is readable beyond doubt.
func (f *Frame) Number() (n int, ok bool) {
	side := f.Width / markerBlocks
	word := 0
	for i := range markerBlocks {
		left := i*f.Width/markerBlocks + side/4
		sum, count := 0, 0
		for y := side / 4; y < side*3/4; y++ {
			for x := left; x < left+side/2; x++ {
				sum += int(f.Y[y*f.Width+x])
				count++
			}
		}
		if count == 0 {
			return 0, false
		}
		switch mean := sum / count; {
		case mean >= brightLimit:
			word = word<<1 | 1
		case mean <= darkLimit:
			word <<= 1
		default:
			return 0, false
		}
	}
	n = word >> checkBits
	return n, word&(1<<checkBits-1) == checkOf(n)
}
