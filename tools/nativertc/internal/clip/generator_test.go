// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package clip

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGeneratorIsTheSameOnEveryRun(t *testing.T) {
	a, err := NewGenerator(320, 180, 30)
	require.NoError(t, err)
	b, err := NewGenerator(320, 180, 30)
	require.NoError(t, err)
	var fa, fb Frame
	for i := range 5 {
		require.NoError(t, a.Next(&fa))
		require.NoError(t, b.Render(i, &fb))
		require.Equal(t, fa, fb)
		require.Equal(t, i, fa.Index)
	}
}

func TestGeneratorMovesAndHasTexture(t *testing.T) {
	g, err := NewGenerator(320, 180, 30)
	require.NoError(t, err)
	var first, second Frame
	require.NoError(t, g.Next(&first))
	require.NoError(t, g.Next(&second))
	require.Greater(t, differing(first.Y, second.Y), len(first.Y)/100, "neighbouring frames differ")
	later := Frame{}
	require.NoError(t, g.Render(45, &later))
	require.Greater(t, differing(first.Y, later.Y), len(first.Y)/2, "the whole picture moves")

	levels := map[byte]bool{}
	for _, v := range first.Y {
		require.GreaterOrEqual(t, v, byte(16))
		require.LessOrEqual(t, v, byte(235))
		levels[v] = true
	}
	require.Greater(t, len(levels), 60)
}

func differing(a, b []byte) (n int) {
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

func TestGeneratorWritesIntoLentPlanes(t *testing.T) {
	for _, size := range [][2]int{{16, 16}, {33, 19}, {64, 200}, {161, 91}} {
		g, err := NewGenerator(size[0], size[1], 25)
		require.NoError(t, err)
		lent, own := padded(size[0], size[1]), &Frame{}
		for _, n := range []int{0, 31, 999_999, 1_234_567} {
			require.NoError(t, g.Render(n, lent))
			requirePadding(t, lent)
			require.NoError(t, g.Render(n, own))
			require.Equal(t, own, lent.Clone())
		}
	}
}

func TestGeneratorRefusesBadArguments(t *testing.T) {
	for _, c := range []struct {
		w, h int
		fps  float64
	}{{0, 0, 30}, {15, 100, 30}, {100, -1, 30}, {MaxSide + 1, 100, 30}, {100, 100, 0}, {100, 100, -5}, {100, 100, 1001}} {
		_, err := NewGenerator(c.w, c.h, c.fps)
		require.Error(t, err, "%+v", c)
	}
	g, err := NewGenerator(100, 100, 30)
	require.NoError(t, err)
	require.ErrorIs(t, g.Next(NewFrame(50, 100)), ErrFrame)
	short := NewFrame(100, 100)
	short.U = short.U[:10]
	require.ErrorIs(t, g.Next(short), ErrFrame)
	ok := NewFrame(100, 100)
	require.NoError(t, g.Next(ok))
	require.Zero(t, ok.Index, "a refused frame does not count")
}

// TestFrameNumberIsLegible reads the burnt-in number back by comparing with the
// font, cell by cell.
func TestFrameNumberIsLegible(t *testing.T) {
	g, err := NewGenerator(640, 360, 30)
	require.NoError(t, err)
	f := &Frame{}
	require.NoError(t, g.Render(90210, f))
	const text = "#090210 50:07.000" // 90210 frames at 30 per second are 3007 s.
	scale := g.textScale
	_, boxH := textSize(len(text), scale)
	x0, y0 := scale*2, (360-boxH-scale*2)&^1
	for i, r := range text {
		for row := range glyphHeight {
			for col := range glyphWidth {
				x, y := x0+(1+i*glyphAdvance+col)*scale+scale/2, y0+(1+row)*scale+scale/2
				lit := font[r][row]>>(glyphWidth-1-col)&1 == 1
				require.Equal(t, lit, f.Y[y*f.StrideY+x] > 128, "character %d %q, row %d, column %d", i, r, row, col)
			}
		}
	}
}

func TestFontTellsCharactersApart(t *testing.T) {
	seen := map[[glyphHeight]uint8]rune{}
	for r, glyph := range font {
		require.NotContains(t, seen, glyph, "%q", r)
		seen[glyph] = r
		for _, row := range glyph {
			require.Less(t, row, uint8(1<<glyphWidth))
		}
	}
	for _, r := range "0123456789:.# " {
		require.Contains(t, font, r)
	}
}

func BenchmarkGenerator720p(b *testing.B) {
	g, err := NewGenerator(1280, 720, 30)
	if err != nil {
		b.Fatal(err)
	}
	f := NewFrame(1280, 720)
	for b.Loop() {
		if err := g.Next(f); err != nil {
			b.Fatal(err)
		}
	}
}
