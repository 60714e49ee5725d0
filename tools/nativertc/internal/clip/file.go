// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package clip

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg"
)

// ErrNoVideo and ErrNoAudio are in the chain of the error about an input that can
// be read but has no stream of the kind.
var (
	ErrNoVideo = errors.New("no video stream")
	ErrNoAudio = errors.New("no audio stream")
)

// defaultFPS is the rate of a file that tells none, and of a still picture.
const defaultFPS = 30

// maxFileFPS bounds the rate taken from a file: some containers give their time
// base instead.
const maxFileFPS = 120

// Options say how a file is read.
type Options struct {
	// Width and Height are the size to scale to, in pixels. With one of them 0 it
	// follows from the file's shape, with both 0 the frames have the file's size.
	Width, Height int
	// FPS is the rate to convert to, by repeating and leaving out frames; 0 is the
	// file's own.
	FPS float64
	// Loop starts again at the file's end, for ever. A picture always stays.
	Loop bool
}

// File is a film, or a picture, that ffmpeg decodes.
type File struct {
	process       *ffmpeg.Process
	path          string
	width, height int
	fps           float64
	length        time.Duration
	next          int
	ended         error // what Next returned at the end
	closed        atomic.Bool
}

var _ Video = (*File)(nil)

// Open opens anything that ffmpeg reads: the name of a file, or a URL. Decoding
// happens in a child process, which ends with ctx or with Close. The errors say
// which file it was; ffmpeg.ErrNotInstalled and ErrNoVideo can be told apart by
// errors.Is.
func Open(ctx context.Context, path string, o Options) (*File, error) {
	info, err := probe(ctx, path)
	if err != nil {
		return nil, err
	}
	if !info.HasVideo {
		return nil, fmt.Errorf("%s: %w", path, ErrNoVideo)
	}
	f := &File{path: path, fps: o.FPS}
	if !info.Still {
		f.length = info.Duration
	}
	if f.width, f.height, err = targetSize(o.Width, o.Height, info.Width, info.Height); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if f.fps == 0 {
		if f.fps = math.Min(info.FPS, maxFileFPS); f.fps == 0 || info.Still {
			f.fps = defaultFPS
		}
	}
	if err := checkFPS(f.fps); err != nil {
		return nil, err
	}

	args := []string{"-nostdin"}
	switch {
	case info.Still:
		args = append(args, "-loop", "1")
	case o.Loop:
		args = append(args, "-stream_loop", "-1")
	}
	args = append(args, "-i", ffmpeg.Input(path), "-map", "0:V:0",
		"-vf", fmt.Sprintf("fps=%s,scale=%d:%d:flags=bicubic:out_range=tv:out_color_matrix=bt601,format=yuv420p",
			strconv.FormatFloat(f.fps, 'f', -1, 64), f.width, f.height),
		"-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1")
	if f.process, err = ffmpeg.StartReader(ctx, args...); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// probe refuses what cannot be a media file in words of its own, before ffprobe
// has a look.
func probe(ctx context.Context, path string) (ffmpeg.Info, error) {
	if path == "" {
		return ffmpeg.Info{}, errors.New("the input has no name")
	}
	if !strings.Contains(path, "://") {
		stat, err := os.Stat(path)
		if err != nil {
			return ffmpeg.Info{}, err // It names the file.
		}
		if stat.IsDir() {
			return ffmpeg.Info{}, fmt.Errorf("%s: is a directory", path)
		}
	}
	info, err := ffmpeg.Probe(ctx, path)
	if err != nil {
		return ffmpeg.Info{}, fmt.Errorf("%s: %w", path, err)
	}
	return info, nil
}

// targetSize returns the size to deliver. Sides that follow from the file are
// made even, which every codec takes.
func targetSize(width, height, fileWidth, fileHeight int) (int, int, error) {
	even := func(v float64) int { return max(int(math.Round(v/2))*2, 2) }
	if (width <= 0 || height <= 0) && (fileWidth <= 0 || fileHeight <= 0) {
		return 0, 0, errors.New("the file does not tell its size; give one")
	}
	shape := float64(fileWidth) / float64(fileHeight)
	switch {
	case width < 0 || height < 0:
		return 0, 0, fmt.Errorf("size %dx%d is negative", width, height)
	case width == 0 && height == 0:
		width, height = even(float64(fileWidth)), even(float64(fileHeight))
	case width == 0:
		width = even(float64(height) * shape)
	case height == 0:
		height = even(float64(width) / shape)
	}
	return width, height, checkSize(width, height)
}

// Size returns the size of the frames.
func (f *File) Size() (width, height int) { return f.width, f.height }

// Length returns how long the file is, whether or not it is repeated; 0 where it
// does not tell, and for a picture.
func (f *File) Length() time.Duration { return f.length }

// FPS returns the rate after conversion.
func (f *File) FPS() float64 { return f.fps }

// Next decodes the next frame into dst.
func (f *File) Next(dst *Frame) error {
	if f.closed.Load() {
		return os.ErrClosed
	}
	if f.ended != nil {
		return f.ended
	}
	if err := dst.prepare(f.width, f.height); err != nil {
		return err
	}
	for _, p := range dst.planes() {
		// One read where the rows follow each other, as they mostly do.
		rows, length := p.height, p.width
		if p.stride == p.width {
			rows, length = 1, p.width*p.height
		}
		for y := range rows {
			if _, err := io.ReadFull(f.process, p.pix[y*p.stride:][:length]); err != nil {
				f.ended = f.end(err)
				return f.ended
			}
		}
	}
	dst.Index, dst.Time = f.next, frameTime(f.next, f.fps)
	f.next++
	return nil
}

// end turns a failed read into io.EOF or the reason. A film that stops in the
// middle of a frame ends with the frame before.
func (f *File) end(err error) error {
	err = childEnd(f.process, err)
	if err == io.EOF && f.next > 0 {
		return io.EOF
	}
	if err == io.EOF {
		err = ErrNoVideo // A stream is announced, but not one frame of it came.
	}
	return fmt.Errorf("%s: %w", f.path, err)
}

// childEnd waits for a child whose output has ended. It returns io.EOF where the
// child has done its work.
func childEnd(p *ffmpeg.Process, read error) error {
	if read != io.EOF && !errors.Is(read, io.ErrUnexpectedEOF) {
		p.Kill()
		return read
	}
	if err := p.Wait(); err != nil {
		return err
	}
	return io.EOF
}

// Close ends the child process.
func (f *File) Close() error {
	f.closed.Store(true)
	f.process.Kill()
	return nil
}
