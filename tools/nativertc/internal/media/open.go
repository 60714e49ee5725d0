// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"context"
	"errors"
	"time"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
)

// Input says what to send.
type Input struct {
	// Path is a file or URL that ffmpeg reads; "" is the generated clip.
	Path string
	// Loop starts a file again at its end.
	Loop bool
	// NoAudio leaves the sound out.
	NoAudio bool
	// Width, Height and FPS are as wanted; 0 is the file's, or the defaults of the
	// generated clip.
	Width, Height int
	FPS           float64
}

// The generated clip, unless told otherwise.
const (
	defaultHeight = 720
	defaultFPS    = 30
)

// Clip is an opened input.
type Clip struct {
	Video clip.Video
	// Audio is nil for a file without sound.
	Audio clip.Audio
	// Length is that of a file that ends, 0 where it is not known or has no end.
	Length time.Duration
}

// Open opens the input. What it starts ends with ctx or with Close.
func Open(ctx context.Context, in Input) (*Clip, error) {
	c := &Clip{}
	if in.Path == "" {
		width, height := generatedSize(in.Width, in.Height)
		fps := in.FPS
		if fps == 0 {
			fps = defaultFPS
		}
		g, err := clip.NewGenerator(width, height, fps)
		if err != nil {
			return nil, err
		}
		c.Video = g
		if !in.NoAudio {
			c.Audio = clip.NewTone()
		}
		return c, nil
	}
	o := clip.Options{Width: in.Width, Height: in.Height, FPS: in.FPS, Loop: in.Loop}
	f, err := clip.Open(ctx, in.Path, o)
	if err != nil {
		return nil, err
	}
	c.Video = f
	if !in.Loop {
		c.Length = f.Length()
	}
	if in.NoAudio {
		return c, nil
	}
	switch sound, err := clip.OpenAudio(ctx, in.Path, o); {
	case err == nil:
		c.Audio = sound
	case !errors.Is(err, clip.ErrNoAudio):
		return nil, errors.Join(err, f.Close())
	}
	return c, nil
}

// generatedSize fills in the default size, in the shape 16:9.
func generatedSize(width, height int) (int, int) {
	switch {
	case width == 0 && height == 0:
		height = defaultHeight
		width = height * 16 / 9
	case width == 0:
		width = max(height*16/9&^1, 16)
	case height == 0:
		height = max(width*9/16&^1, 16)
	}
	return width, height
}

// Close closes the clip.
func (c *Clip) Close() error {
	err := c.Video.Close()
	if c.Audio != nil {
		err = errors.Join(err, c.Audio.Close())
	}
	return err
}
