// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// The picture: a white bar that moves over grey.
const (
	width     = 640
	height    = 360
	framerate = 30

	barWidth = 64
	grey     = 96
	white    = 235
)

// paint gives the source a frame at every tick until ctx ends.
func paint(ctx context.Context, source *webrtc.VideoSource) error {
	ticker := time.NewTicker(time.Second / framerate)
	defer ticker.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		if !source.Wants().Active {
			continue // Nobody is watching.
		}
		// The frame lies in libwebrtc's memory, so that pushing it copies nothing.
		frame, err := source.LendBuffer(width, height)
		if err != nil {
			continue // The encoders are behind: leave this one out.
		}
		draw(frame, n)
		if err := source.PushFrame(frame); err != nil {
			return err
		}
	}
}

// draw paints frame number n. Y is brightness; U and V, of half the size, are
// colour, and 128 is none.
func draw(frame *webrtc.VideoFrame, n int) {
	left := n * 4 % (width - barWidth)
	for y := range height {
		row := frame.Planes[0].Data[y*frame.Planes[0].Stride:][:width]
		for x := range row {
			row[x] = grey
			if left <= x && x < left+barWidth {
				row[x] = white
			}
		}
	}
	for _, plane := range frame.Planes[1:] {
		for i := range plane.Data {
			plane.Data[i] = 128
		}
	}
}
