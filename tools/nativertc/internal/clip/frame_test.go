// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package clip

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestNewFrameHoldsOddSizes(t *testing.T) {
	f := NewFrame(5, 3)
	require.NoError(t, f.Check())
	require.Len(t, f.Y, 15)
	require.Len(t, f.U, 6)
	require.Len(t, f.V, 6)
	// The planes share memory but must not run into each other by append.
	_ = append(f.Y, 99)
	require.Zero(t, f.U[0])
	require.Panics(t, func() { NewFrame(0, 3) })
	require.Panics(t, func() { NewFrame(3, MaxSide+1) })
}

func TestCheckRefusesShortPlanes(t *testing.T) {
	for name, spoil := range map[string]func(*Frame){
		"no planes":     func(f *Frame) { *f = Frame{Width: 4, Height: 4} },
		"short Y":       func(f *Frame) { f.Y = f.Y[:15] },
		"short V":       func(f *Frame) { f.V = f.V[:3] },
		"narrow stride": func(f *Frame) { f.StrideU = 1 },
		"wide stride":   func(f *Frame) { f.StrideY = 5 },
		"negative":      func(f *Frame) { f.StrideY = -4 },
		"zero width":    func(f *Frame) { f.Width = 0 },
		"huge":          func(f *Frame) { f.Height = math.MaxInt / 8 },
	} {
		f := NewFrame(4, 4)
		spoil(f)
		require.ErrorIs(t, f.Check(), ErrFrame, name)
	}
}

// padded returns a frame whose rows have gaps, filled with a canary.
func padded(width, height int) *Frame {
	cw, ch := (width+1)/2, (height+1)/2
	f := &Frame{Width: width, Height: height, StrideY: width + 7, StrideU: cw + 3, StrideV: cw + 5}
	f.Y = make([]byte, f.StrideY*height)
	f.U, f.V = make([]byte, f.StrideU*ch), make([]byte, f.StrideV*ch)
	for _, p := range f.planes() {
		for i := range p.pix {
			p.pix[i] = 0xAA
		}
	}
	return f
}

// requirePadding fails where something wrote between the rows.
func requirePadding(t *testing.T, f *Frame) {
	t.Helper()
	for _, p := range f.planes() {
		for y := range p.height {
			for _, b := range p.pix[y*p.stride+p.width : (y+1)*p.stride] {
				require.Equal(t, byte(0xAA), b, "plane %s, row %d", p.name, y)
			}
		}
	}
}

func TestCopyFromRespectsStrides(t *testing.T) {
	g, err := NewGenerator(33, 19, 30)
	require.NoError(t, err)
	tight := &Frame{}
	require.NoError(t, g.Render(7, tight))

	wide := padded(33, 19)
	wide.CopyFrom(tight)
	requirePadding(t, wide)
	require.Equal(t, tight, wide.Clone())
	require.Equal(t, 7, wide.Index)
	require.Equal(t, frameTime(7, 30), wide.Time)

	other := NewFrame(8, 8)
	other.CopyFrom(wide)
	require.Equal(t, tight, other, "a frame of another size takes the source's")
}

func TestFrameTimeDoesNotDrift(t *testing.T) {
	require.Equal(t, time.Second, frameTime(30, 30))
	require.Equal(t, time.Hour, frameTime(30*3600, 30))
	require.Equal(t, 1001*time.Second, frameTime(30000, 30000.0/1001))
}
