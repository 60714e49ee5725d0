// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package clip

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// Generator is the clip without a file: a textured backdrop that pans, shapes
// that move at different speeds, and the frame number burnt in at the lower left.
// Frame n is the same on every run. It has no end.
//
// All that costs time is drawn once, in NewGenerator; a frame is then a copy out
// of the backdrop and some filled rows.
type Generator struct {
	width, height int
	fps           float64
	next          int
	backdrop      *Frame
	panX, panY    int
	shapes        []shape
	textScale     int
}

var _ Video = (*Generator)(nil)

// shape is a disc on a path of its own.
type shape struct {
	radius int
	// halfLuma and halfChroma are the disc's half widths by row, in luma and in
	// chroma samples.
	halfLuma, halfChroma []int
	y, u, v              byte
	// Cycles per second and starting phase, horizontally and vertically.
	speedX, speedY, phaseX, phaseY float64
}

// NewGenerator returns a generator of frames of the given size at fps frames per
// second. Width and height are at least 16, fps is in (0, 1000].
func NewGenerator(width, height int, fps float64) (*Generator, error) {
	if err := checkSize(width, height); err != nil {
		return nil, err
	}
	if width < 16 || height < 16 {
		return nil, fmt.Errorf("%w: size %dx%d is below 16x16", ErrFrame, width, height)
	}
	if err := checkFPS(fps); err != nil {
		return nil, err
	}
	g := &Generator{width: width, height: height, fps: fps}
	// Even, so that chroma pans by whole samples.
	g.panX, g.panY = width/8&^1, height/8&^1
	g.backdrop = newBackdrop(width+g.panX, height+g.panY)
	g.shapes = newShapes(min(width, height))
	g.textScale = max(min(width/160, height/90)&^1, 2)
	return g, nil
}

func checkFPS(fps float64) error {
	if !(fps > 0 && fps <= 1000) {
		return fmt.Errorf("frame rate %v is not within 0 and 1000 per second", fps)
	}
	return nil
}

// Size returns the size of the frames.
func (g *Generator) Size() (width, height int) { return g.width, g.height }

// FPS returns the frame rate.
func (g *Generator) FPS() float64 { return g.fps }

// Close does nothing: a generator holds nothing but memory.
func (g *Generator) Close() error { return nil }

// Next draws the next frame into dst.
func (g *Generator) Next(dst *Frame) error {
	if err := g.Render(g.next, dst); err != nil {
		return err
	}
	g.next++
	return nil
}

// Render draws frame n into dst, whatever Next has come to. It may be called by
// several goroutines at a time, with different frames.
func (g *Generator) Render(n int, dst *Frame) error {
	if err := dst.prepare(g.width, g.height); err != nil {
		return err
	}
	dst.Index, dst.Time = n, frameTime(n, g.fps)
	seconds := dst.Time.Seconds()

	x := swing(seconds*0.11, g.panX/2) * 2
	y := swing(seconds*0.07+0.25, g.panY/2) * 2
	from := g.backdrop.planes()
	for i, to := range dst.planes() {
		left, top := x, y
		if i > 0 {
			left, top = x/2, y/2
		}
		for row := range to.height {
			copy(to.row(row), from[i].row(top + row)[left:])
		}
	}
	for i := range g.shapes {
		s := &g.shapes[i]
		s.draw(dst,
			swing(seconds*s.speedX+s.phaseX, g.width),
			swing(seconds*s.speedY+s.phaseY, g.height))
	}
	text := fmt.Sprintf("#%06d %s", n%1_000_000, clock(dst.Time))
	_, boxH := textSize(len(text), g.textScale)
	drawText(dst, text, g.textScale*2, (g.height-boxH-g.textScale*2)&^1, g.textScale)
	return nil
}

// frameTime returns when frame n is due. Rounding does not add up over frames.
func frameTime(n int, fps float64) time.Duration {
	return time.Duration(math.Round(float64(n) / fps * float64(time.Second)))
}

// clock formats t as minutes, seconds and milliseconds.
func clock(t time.Duration) string {
	ms := t.Milliseconds()
	return fmt.Sprintf("%02d:%02d.%03d", ms/60000%100, ms/1000%60, ms%1000)
}

// swing goes from 0 to span and back once per unit of phase, smoothly.
func swing(phase float64, span int) int {
	return int(math.Round(float64(span) * (0.5 - 0.5*math.Cos(2*math.Pi*phase))))
}

// newBackdrop draws soft gradients with a texture over them: enough detail that
// an encoder has to work, little enough that a low bitrate can carry it.
func newBackdrop(width, height int) *Frame {
	f := NewFrame(width, height)
	random := rand.New(rand.NewPCG(0x6e61746976, 0x65727463))
	// Noise on a lattice of 8 pixels, interpolated, looks like cloth.
	const cell = 8
	lw, lh := width/cell+2, height/cell+2
	lattice := make([]float32, lw*lh)
	for i := range lattice {
		lattice[i] = random.Float32()*2 - 1
	}
	for y := range height {
		row := f.Y[y*f.StrideY:][:width]
		ly, fy := y/cell, float32(y%cell)/cell
		for x := range row {
			lx, fx := x/cell, float32(x%cell)/cell
			top := lattice[ly*lw+lx]*(1-fx) + lattice[ly*lw+lx+1]*fx
			bottom := lattice[(ly+1)*lw+lx]*(1-fx) + lattice[(ly+1)*lw+lx+1]*fx
			level := 60 + 110*float32(x)/float32(width) + 20*float32(y)/float32(height)
			level += 14 * (top*(1-fy) + bottom*fy)
			if (x/32+y/32)%2 == 0 {
				level += 10 // A chequerboard gives the motion search sharp edges.
			}
			row[x] = byte(level)
		}
	}
	cw, ch := f.ChromaSize()
	for y := range ch {
		for x := range cw {
			f.U[y*f.StrideU+x] = byte(96 + 64*y/ch)
			f.V[y*f.StrideV+x] = byte(160 - 64*x/cw)
		}
	}
	return f
}

func newShapes(side int) []shape {
	shapes := []shape{
		{y: 190, u: 90, v: 190, speedX: 0.21, speedY: 0.33, phaseX: 0.1, phaseY: 0.4},
		{y: 120, u: 200, v: 100, speedX: 0.37, speedY: 0.17, phaseX: 0.5, phaseY: 0.2},
		{y: 75, u: 110, v: 110, speedX: 0.13, speedY: 0.29, phaseX: 0.8, phaseY: 0.7},
		{y: 215, u: 60, v: 140, speedX: 0.53, speedY: 0.47, phaseX: 0.3, phaseY: 0.9},
	}
	for i := range shapes {
		s := &shapes[i]
		s.radius = max(side/(7+2*i), 2)
		s.halfLuma = discRows(s.radius)
		s.halfChroma = discRows(s.radius / 2)
	}
	return shapes
}

// discRows returns the half width of each row of a disc.
func discRows(radius int) []int {
	rows := make([]int, 2*radius+1)
	for i := range rows {
		d := float64(i - radius)
		rows[i] = int(math.Sqrt(float64(radius*radius) - d*d))
	}
	return rows
}

func (s *shape) draw(f *Frame, cx, cy int) {
	planes := f.planes()
	for i, half := range s.halfLuma {
		fill(planes[0], cx-half, cy-s.radius+i, 2*half+1, 1, s.y)
	}
	for i, half := range s.halfChroma {
		fill(planes[1], cx/2-half, cy/2-s.radius/2+i, 2*half+1, 1, s.u)
		fill(planes[2], cx/2-half, cy/2-s.radius/2+i, 2*half+1, 1, s.v)
	}
}
