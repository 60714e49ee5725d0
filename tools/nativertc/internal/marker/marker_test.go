// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package marker_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
	"github.com/nativertc/nativertc/tools/nativertc/internal/marker"
	"github.com/nativertc/nativertc/tools/nativertc/internal/quality"
)

// numbers are the ones that tests write: the ends, patterns, and a few by chance.
func numbers() []uint32 {
	n := []uint32{0, 1, 2, 0x555555, 0xAAAAAA, 0xFFFFFE, marker.Modulus - 1}
	random := rand.New(rand.NewPCG(1, 2))
	for range 9 {
		n = append(n, random.Uint32N(marker.Modulus))
	}
	return n
}

// generators are kept by size: their backdrops take long to draw.
var generators = map[[2]int]*clip.Generator{}

// marked returns the generated clip's frame with the number as its mark.
func marked(t *testing.T, width, height int, number uint32) *clip.Frame {
	t.Helper()
	size := [2]int{width, height}
	if generators[size] == nil {
		g, err := clip.NewGenerator(width, height, 30)
		require.NoError(t, err)
		generators[size] = g
	}
	f := &clip.Frame{}
	require.NoError(t, generators[size].Render(int(number%500), f))
	require.NoError(t, marker.Write(f, number))
	return f
}

func requireRead(t *testing.T, f *clip.Frame, want uint32, what ...any) {
	t.Helper()
	got, ok := marker.Read(f)
	require.True(t, ok, what...)
	require.Equal(t, want, got, what...)
}

func TestReadGivesWhatWasWritten(t *testing.T) {
	for _, size := range [][2]int{{80, 48}, {81, 49}, {160, 90}, {176, 144}, {333, 777}, {640, 360}, {1280, 720}} {
		for _, n := range numbers() {
			requireRead(t, marked(t, size[0], size[1], n), n, "%v", size)
		}
	}
	requireRead(t, marked(t, 160, 90, marker.Modulus+5), 5, "numbers wrap")
}

func TestWriteLeavesTheRestAlone(t *testing.T) {
	g, err := clip.NewGenerator(320, 180, 30)
	require.NoError(t, err)
	plain, f := &clip.Frame{}, &clip.Frame{}
	require.NoError(t, g.Render(3, plain))
	require.NoError(t, g.Render(3, f))
	require.NoError(t, marker.Write(f, 3))
	for y := range 180 {
		from := 0
		if y < 30 {
			from = 88
		}
		require.Equal(t, plain.Y[y*320+from:(y+1)*320], f.Y[y*320+from:(y+1)*320], "row %d", y)
	}
}

func TestMarkSurvivesEveryStepOfAnAdapter(t *testing.T) {
	var scaler quality.Scaler
	steps := [][2]int{{1, 1}, {3, 4}, {2, 3}, {9, 16}, {1, 2}, {3, 8}, {1, 3}, {1, 4}, {3, 16}, {1, 8}, {3, 2}, {2, 1}}
	for _, size := range [][2]int{{1280, 720}, {360, 640}, {640, 480}} {
		for _, step := range steps {
			w, h := size[0]*step[0]/step[1], size[1]*step[0]/step[1]
			if w < marker.MinWidth || h < marker.MinHeight {
				continue
			}
			small := clip.NewFrame(w, h)
			for _, n := range numbers()[3:5] {
				require.NoError(t, scaler.Scale(small, marked(t, size[0], size[1], n)))
				requireRead(t, small, n, "%v by %v", size, step)
			}
		}
	}
}

func TestMarkSurvivesCropping(t *testing.T) {
	// Adapters cut a few rows or columns for an encoder's alignment.
	for _, cut := range [][2]int{{4, 0}, {0, 4}, {4, 4}, {2, 6}} {
		f := marked(t, 640, 360, 77)
		f.Y = f.Y[cut[1]*f.StrideY+cut[0]:]
		f.Width, f.Height = f.Width-2*cut[0], f.Height-2*cut[1]
		requireRead(t, f, 77, "%v", cut)
	}
}

func TestMarkSurvivesBlurNoiseAndCoarseLevels(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, n := range numbers() {
		f := marked(t, 320, 180, n)
		for y := range f.Height { // A third of the contrast, darker, in steps of 24, noisy.
			row := f.Y[y*f.StrideY:][:f.Width]
			for x, v := range row {
				row[x] = byte((20+int(v)/3)/24*24 + random.IntN(20))
			}
		}
		blur(f, 2)
		requireRead(t, f, n)
	}
}

// blur replaces each luma sample by the mean of its surroundings.
func blur(f *clip.Frame, radius int) {
	src := f.Clone()
	for y := range f.Height {
		for x := range f.Width {
			sum, count := 0, 0
			for j := max(y-radius, 0); j <= min(y+radius, f.Height-1); j++ {
				for i := max(x-radius, 0); i <= min(x+radius, f.Width-1); i++ {
					sum, count = sum+int(src.Y[j*src.StrideY+i]), count+1
				}
			}
			f.Y[y*f.StrideY+x] = byte(sum / count)
		}
	}
}

func TestReadRefusesWhatIsNoMark(t *testing.T) {
	g, err := clip.NewGenerator(320, 180, 30)
	require.NoError(t, err)
	f := &clip.Frame{}
	for n := range 300 {
		require.NoError(t, g.Render(n, f))
		_, ok := marker.Read(f)
		require.False(t, ok, "the generator's frame %d", n)
	}
	random, wrong := rand.New(rand.NewPCG(5, 6)), 0
	small := clip.NewFrame(80, 48)
	for range 5_000 {
		for i := range small.Y {
			small.Y[i] = byte(random.Uint32())
		}
		if _, ok := marker.Read(small); ok {
			wrong++
		}
	}
	require.LessOrEqual(t, wrong, 1, "noise passes 20 bits of check once in a million")
	for _, level := range []byte{0, 16, 128, 255} {
		for i := range small.Y {
			small.Y[i] = level
		}
		_, ok := marker.Read(small)
		require.False(t, ok)
	}
}

func TestReadNoticesEveryFlippedBlock(t *testing.T) {
	for i := range 44 {
		f := marked(t, 160, 96, 123456)
		x, y := i%11*4, i/11*4
		invert(f, x, y)
		_, ok := marker.Read(f)
		require.False(t, ok, "block %d", i)
		invert(f, (i+7)%11*4, y)
		_, ok = marker.Read(f)
		require.False(t, ok, "block %d and another", i)
	}
}

// invert turns a block of 4x4 from black to white or back.
func invert(f *clip.Frame, x, y int) {
	for j := y; j < y+4; j++ {
		for i := x; i < x+4; i++ {
			f.Y[j*f.StrideY+i] = 250 - f.Y[j*f.StrideY+i]
		}
	}
}

func TestBadFrames(t *testing.T) {
	require.ErrorIs(t, marker.Write(clip.NewFrame(79, 48), 1), marker.ErrTooSmall)
	require.ErrorIs(t, marker.Write(clip.NewFrame(80, 47), 1), marker.ErrTooSmall)
	require.ErrorIs(t, marker.Write(&clip.Frame{}, 1), clip.ErrFrame)
	for _, f := range []*clip.Frame{{}, {Width: 100, Height: 100}, clip.NewFrame(10, 10)} {
		_, ok := marker.Read(f)
		require.False(t, ok)
	}
	_, ok := marker.ReadLuma(make([]byte, 100), 160, 160, 90)
	require.False(t, ok)
	_, ok = marker.ReadLuma(make([]byte, 100), -160, 160, 90)
	require.False(t, ok)
}

func BenchmarkRead720p(b *testing.B) {
	f := clip.NewFrame(1280, 720)
	if err := marker.Write(f, 99); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, ok := marker.Read(f); !ok {
			b.Fatal("unread")
		}
	}
}
