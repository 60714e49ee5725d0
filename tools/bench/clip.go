// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package bench

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
)

const clipFrames = 45

// writeClip writes the video's frames, I420 without padding: a textured backdrop
// that pans, and a block that moves across it. They are the same on every run.
func writeClip(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	texture := newTexture(clipWidth+4*clipFrames, clipHeight)
	chroma := make([]byte, clipWidth/2*clipHeight/2)
	row := make([]byte, clipWidth)
	for n := range clipFrames {
		left, top := 200+8*n, 150+6*n
		for y := range clipHeight {
			copy(row, texture[y*(clipWidth+4*clipFrames)+4*n:])
			if y >= top && y < top+160 {
				for x := left; x < left+200; x++ {
					row[x] = byte(200 - (x+y-left-top)/4)
				}
			}
			// A bufio.Writer keeps its first error for Flush.
			_, _ = w.Write(row)
		}
		for plane := range 2 {
			for i := range chroma {
				chroma[i] = byte(112 + 16*plane + i%(clipWidth/2)/16)
			}
			_, _ = w.Write(chroma)
		}
	}
	err = w.Flush()
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	return nil
}

// newTexture returns smooth noise over a slope: detail that an encoder has to work
// for.
func newTexture(width, height int) []byte {
	const cell = 8
	random := rand.New(rand.NewPCG(1, 2))
	columns := width/cell + 2
	lattice := make([]float32, columns*(height/cell+2))
	for i := range lattice {
		lattice[i] = random.Float32()
	}
	texture := make([]byte, width*height)
	for y := range height {
		for x := range width {
			at := y/cell*columns + x/cell
			fx, fy := float32(x%cell)/cell, float32(y%cell)/cell
			top := lattice[at]*(1-fx) + lattice[at+1]*fx
			bottom := lattice[at+columns]*(1-fx) + lattice[at+columns+1]*fx
			texture[y*width+x] = byte(60 + 80*float32(x)/float32(width) + 50*(top*(1-fy)+bottom*fy))
		}
	}
	return texture
}
