// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package quality

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
)

func picture(t testing.TB, width, height int) *clip.Frame {
	t.Helper()
	g, err := clip.NewGenerator(width, height, 30)
	require.NoError(t, err)
	f := &clip.Frame{}
	require.NoError(t, g.Render(12, f))
	return f
}

func TestPSNRByHand(t *testing.T) {
	a, b := clip.NewFrame(16, 16), clip.NewFrame(16, 16)
	for i := range b.Y {
		b.Y[i] = 5 // Every luma sample is off by 5, U by 2 at half of them, V by none.
	}
	for i := range len(b.U) / 2 {
		b.U[i] = 2
	}
	e, err := Compare(a, b)
	require.NoError(t, err)
	p := e.PSNR()
	require.InDelta(t, 10*math.Log10(255*255/25.0), p.Y, 1e-9)
	require.InDelta(t, 10*math.Log10(255*255/2.0), p.U, 1e-9)
	require.Equal(t, MaxPSNR, p.V)
	require.InDelta(t, 10*math.Log10(255*255*384/(256*25+32*4.0)), p.All, 1e-9)
	require.InDelta(t, (6*p.Y+p.U+p.V)/8, p.Weighted, 1e-9)

	// Over two frames the squared errors are averaged, not the decibels.
	same, err := Compare(a, a)
	require.NoError(t, err)
	e.Add(same)
	clipPSNR := e.PSNR()
	require.InDelta(t, p.Y+10*math.Log10(2), clipPSNR.Y, 1e-9)
	require.Equal(t, PSNR{}, (&Errors{}).PSNR())
}

func TestPSNRIgnoresPaddingAndRefusesOtherSizes(t *testing.T) {
	a := picture(t, 33, 19)
	b := a.Clone()
	wide := *b
	wide.StrideY = 40
	wide.Y = make([]byte, 40*19)
	for y := range 19 {
		copy(wide.Y[y*40:], b.Y[y*33:][:33])
		wide.Y[y*40+35] = 77
	}
	e, err := Compare(a, &wide)
	require.NoError(t, err)
	require.Zero(t, e.Sum)

	_, err = Compare(a, clip.NewFrame(32, 19))
	require.ErrorIs(t, err, clip.ErrFrame)
	_, err = Compare(a, &clip.Frame{Width: 33, Height: 19})
	require.ErrorIs(t, err, clip.ErrFrame)
}

func TestSquaredDoesNotOverflow(t *testing.T) {
	a, b := make([]byte, clip.MaxSide), make([]byte, clip.MaxSide)
	for i := range a {
		a[i] = 255
	}
	require.Equal(t, uint64(clip.MaxSide*255*255), squared(a, b))
}

func TestSSIMOrdersDegradations(t *testing.T) {
	a := picture(t, 160, 96)
	same, err := SSIM(a, a)
	require.NoError(t, err)
	require.InDelta(t, 1, same, 1e-9)

	noisy, brighter, flat := a.Clone(), a.Clone(), a.Clone()
	random := rand.New(rand.NewPCG(1, 1))
	for i := range a.Y {
		noisy.Y[i] = byte(int(a.Y[i]) + random.IntN(21) - 10)
		brighter.Y[i] = a.Y[i] + 10
		flat.Y[i] = 128
	}
	sNoisy, err := SSIM(a, noisy)
	require.NoError(t, err)
	sBrighter, err := SSIM(a, brighter)
	require.NoError(t, err)
	sFlat, err := SSIM(a, flat)
	require.NoError(t, err)
	require.Less(t, sFlat, sNoisy)
	require.Less(t, sNoisy, sBrighter, "a shift of level leaves the structure")
	require.Less(t, sBrighter, 1.0)

	_, err = SSIM(clip.NewFrame(7, 20), clip.NewFrame(7, 20))
	require.ErrorIs(t, err, clip.ErrFrame)
}

func TestScaleKeepsEvenAreas(t *testing.T) {
	var s Scaler
	src := clip.NewFrame(127, 61)
	for i := range src.Y {
		src.Y[i] = 201
	}
	for i := range src.U {
		src.U[i], src.V[i] = 17, 255
	}
	for _, size := range [][2]int{{1, 1}, {2, 2}, {13, 59}, {95, 45}, {127, 30}, {128, 62}, {400, 300}} {
		dst := clip.NewFrame(size[0], size[1])
		require.NoError(t, s.Scale(dst, src))
		for i := range dst.Y {
			require.Equal(t, byte(201), dst.Y[i], "%v", size)
		}
		for i := range dst.U {
			require.Equal(t, byte(17), dst.U[i], "%v", size)
			require.Equal(t, byte(255), dst.V[i], "%v", size)
		}
	}
}

func TestScaleByHand(t *testing.T) {
	var s Scaler
	src := clip.NewFrame(4, 2)
	copy(src.Y, []byte{0, 100, 200, 40, 20, 80, 0, 0})
	half := clip.NewFrame(2, 1)
	require.NoError(t, s.Scale(half, src))
	require.Equal(t, []byte{50, 60}, half.Y)

	threeQuarters := clip.NewFrame(3, 2) // 4/3 samples for one
	require.NoError(t, s.Scale(threeQuarters, src))
	require.InDelta(t, (0*1+100/3.0)/(4/3.0), int(threeQuarters.Y[0]), 1)
	require.InDelta(t, (100*2/3.0+200*2/3.0)/(4/3.0), int(threeQuarters.Y[1]), 1)

	double := clip.NewFrame(8, 2)
	require.NoError(t, s.Scale(double, src))
	require.Equal(t, []byte{0, 25, 75, 125, 175, 160, 80, 40}, double.Y[:8])
}

func TestScaleDownAndUpKeepsThePicture(t *testing.T) {
	var s Scaler
	src := picture(t, 320, 180)
	src.Index, src.Time = 9, time.Second
	small, back := clip.NewFrame(240, 135), clip.NewFrame(320, 180)
	require.NoError(t, s.Scale(small, src))
	require.Equal(t, 9, small.Index)
	require.Equal(t, time.Second, small.Time)
	require.NoError(t, s.Scale(back, small))
	e, err := Compare(src, back)
	require.NoError(t, err)
	require.Greater(t, e.PSNR().Weighted, 30.0, "%+v", e.PSNR())

	same := clip.NewFrame(320, 180)
	require.NoError(t, s.Scale(same, src))
	require.Equal(t, src, same)
	require.ErrorIs(t, s.Scale(&clip.Frame{}, src), clip.ErrFrame)
	require.ErrorIs(t, s.Scale(same, &clip.Frame{}), clip.ErrFrame)
}

func TestScalerForgetsOldSizes(t *testing.T) {
	var s Scaler
	src := clip.NewFrame(100, 100)
	for w := 10; w < 90; w++ {
		require.NoError(t, s.Scale(clip.NewFrame(w, 20), src))
	}
	require.LessOrEqual(t, len(s.taps), 32)
}

func BenchmarkCompare720p(b *testing.B) {
	x := picture(b, 1280, 720)
	y := x.Clone()
	for b.Loop() {
		if _, err := Compare(x, y); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScale720pTo540p(b *testing.B) {
	var s Scaler
	x, y := picture(b, 1280, 720), clip.NewFrame(960, 540)
	for b.Loop() {
		if err := s.Scale(y, x); err != nil {
			b.Fatal(err)
		}
	}
}
