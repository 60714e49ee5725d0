// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package marker

import (
	"errors"
	"fmt"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
)

// Modulus is the count of different numbers. A mark holds the number modulo it:
// at 60 frames per second it comes round after 77 hours.
const Modulus = 1 << 24

// MinWidth and MinHeight are the smallest size that a mark can be written to.
const (
	MinWidth  = 80
	MinHeight = 48
)

// ErrTooSmall is in the chain of Write's error for a frame below MinWidth by
// MinHeight.
var ErrTooSmall = errors.New("frame too small for a mark")

// Geometry of the grid.
const (
	columns      = 11
	rows         = 4
	blocksAcross = 40
	blocksDown   = 24
)

// Levels of the blocks: far apart, yet away from the ends of the range, where
// ringing would be cut off.
const (
	black = 40
	white = 210
)

// minContrast is the least difference of the calibration blocks, of white-black,
// at which the reader believes to see a mark.
const minContrast = 40

// calibration holds the positions in the grid of the blocks of known level.
var calibration = map[int]bool{
	0:                    false,
	columns - 1:          true,
	(rows - 1) * columns: true,
	rows*columns - 1:     false,
}

// Write writes number modulo Modulus into the frame.
func Write(f *clip.Frame, number uint32) error {
	if err := f.Check(); err != nil {
		return err
	}
	if f.Width < MinWidth || f.Height < MinHeight {
		return fmt.Errorf("%w: %dx%d is below %dx%d", ErrTooSmall, f.Width, f.Height, MinWidth, MinHeight)
	}
	word := encode(number)
	for i := range rows * columns {
		x0, y0, x1, y1 := block(i, f.Width, f.Height)
		level := byte(black)
		if bit, known := calibration[i]; known && bit || !known && word>>dataIndex(i)&1 == 1 {
			level = white
		}
		for y := y0; y < y1; y++ {
			fill(f.Y[y*f.StrideY:][x0:x1], level)
		}
	}
	// Without colour, the blocks keep their levels in an encoder's RGB and in a
	// viewer's eye. A chroma sample that the grid covers in part is left grey too.
	cw, ch := (gridEnd(columns, f.Width, blocksAcross)+1)/2, (gridEnd(rows, f.Height, blocksDown)+1)/2
	for y := range ch {
		fill(f.U[y*f.StrideU:][:cw], 128)
		fill(f.V[y*f.StrideV:][:cw], 128)
	}
	return nil
}

// Read returns the number in the frame's mark. It returns false where the frame
// has no mark or where it has suffered so much that the check bits disagree.
func Read(f *clip.Frame) (number uint32, ok bool) {
	if f.Check() != nil {
		return 0, false
	}
	return ReadLuma(f.Y, f.StrideY, f.Width, f.Height)
}

// ReadLuma is Read on a bare luma plane, in which row y begins at y*stride.
func ReadLuma(pix []byte, stride, width, height int) (number uint32, ok bool) {
	// Below two pixels a block has no middle.
	if width < 2*blocksAcross || height < 2*blocksDown || stride < width || len(pix) < stride*(height-1)+width {
		return 0, false
	}
	var level [rows * columns]int
	for i := range level {
		level[i] = middle(pix, stride, width, height, i)
	}
	low, high := 0, 0
	for i, bit := range calibration {
		if bit {
			high += level[i]
		} else {
			low += level[i]
		}
	}
	if high-low < 2*minContrast {
		return 0, false
	}
	threshold := (low + high) / 4
	var word uint64
	for i, v := range level {
		bit, known := calibration[i]
		if known && (v > threshold) != bit {
			return 0, false
		}
		if !known && v > threshold {
			word |= 1 << dataIndex(i)
		}
	}
	return decode(word)
}

// middle returns the mean level of the inner quarter of block i: what lies around
// it mixes with the neighbours when frames are shrunk, blurred or shifted.
func middle(pix []byte, stride, width, height, i int) int {
	x0, y0, x1, y1 := block(i, width, height)
	x0, x1 = inner(x0, x1)
	y0, y1 = inner(y0, y1)
	sum := 0
	for y := y0; y < y1; y++ {
		for _, v := range pix[y*stride:][x0:x1] {
			sum += int(v)
		}
	}
	return sum / ((x1 - x0) * (y1 - y0))
}

// inner returns the inner half of [from, to), at least one wide.
func inner(from, to int) (int, int) {
	quarter := (to - from + 1) / 4
	return from + quarter, to - quarter
}

// block returns the bounds of the grid's block i in a frame of the given size.
func block(i, width, height int) (x0, y0, x1, y1 int) {
	column, row := i%columns, i/columns
	return gridEnd(column, width, blocksAcross), gridEnd(row, height, blocksDown),
		gridEnd(column+1, width, blocksAcross), gridEnd(row+1, height, blocksDown)
}

// gridEnd returns where n blocks end, of which the side holds count, rounded to
// the nearest pixel.
func gridEnd(n, side, count int) int { return (2*n*side + count) / (2 * count) }

// dataIndex returns which bit the block i carries. It must not be asked for
// calibration blocks.
func dataIndex(i int) int {
	n := i
	for c := range calibration {
		if c < i {
			n--
		}
	}
	return n
}

func fill(row []byte, level byte) {
	for i := range row {
		row[i] = level
	}
}
