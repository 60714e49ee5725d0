// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

// Draw returns picture number n (its low 16 bits count) of a given size. The
// same arguments give the same picture everywhere, so a receiver can compare
// with the original by its number alone.
//
// The picture has smooth gradients that move, which any codec keeps well at a
// low bitrate, a box that jumps with every picture, so that a picture taken for
// its neighbour costs several dB, and the number along the top (see marker.go).
func Draw(n, width, height int) *Frame {
	f := NewFrame(width, height)
	column := make([]int, width)
	for x := range column {
		column[x] = triangle(x+3*n, 256)
	}
	for y := range height {
		row := f.Y[y*width : (y+1)*width]
		level := triangle(2*y+5*n, 512)
		for x := range row {
			row[x] = byte(48 + (column[x]+level)/2*160/255)
		}
	}
	for y := range height / 2 {
		for x := range width / 2 {
			f.U[y*width/2+x] = byte(64 + triangle(x+2*n, 256)/2)
			f.V[y*width/2+x] = byte(64 + triangle(y+n, 256)/2)
		}
	}
	drawBox(f, n)
	drawNumber(f, n)
	return f
}

// triangle is a triangle wave of the given period with values 0..255.
func triangle(x, period int) int {
	x %= period
	if x > period/2 {
		x = period - x
	}
	return x * 255 / (period / 2)
}

func drawBox(f *Frame, n int) {
	side := f.Height / 4
	top := f.Height/2 + (n*11)%(f.Height/2-side)
	left := (n * 23) % (f.Width - side)
	for y := top; y < top+side; y++ {
		row := f.Y[y*f.Width+left : y*f.Width+left+side]
		for x := range row {
			row[x] = 220
		}
	}
}
