// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package clip

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg"
)

// AudioFile is the sound of a file, decoded by ffmpeg.
type AudioFile struct {
	process *ffmpeg.Process
	path    string
	block   [BlockSamples * Channels * 2]byte
	blocks  int
	ended   error // what Next returned at the end
	closed  atomic.Bool
}

var _ Audio = (*AudioFile)(nil)

// OpenAudio opens the first audio stream of anything that ffmpeg reads, converted
// to this package's format. Of the options only Loop counts. Errors are those of
// Open, with ErrNoAudio in place of ErrNoVideo.
func OpenAudio(ctx context.Context, path string, o Options) (*AudioFile, error) {
	info, err := probe(ctx, path)
	if err != nil {
		return nil, err
	}
	if !info.HasAudio {
		return nil, fmt.Errorf("%s: %w", path, ErrNoAudio)
	}
	args := []string{"-nostdin"}
	if o.Loop {
		args = append(args, "-stream_loop", "-1")
	}
	args = append(args, "-i", ffmpeg.Input(path), "-map", "0:a:0",
		"-ar", fmt.Sprint(SampleRate), "-ac", fmt.Sprint(Channels), "-f", "s16le", "pipe:1")
	process, err := ffmpeg.StartReader(ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &AudioFile{process: process, path: path}, nil
}

// Next decodes the next 10 ms into dst.
func (a *AudioFile) Next(dst []int16) error {
	if a.closed.Load() {
		return os.ErrClosed
	}
	if err := checkBlock(dst); err != nil {
		return err
	}
	if a.ended != nil {
		return a.ended
	}
	n, err := io.ReadFull(a.process, a.block[:])
	if err != nil && (n == 0 || !errors.Is(err, io.ErrUnexpectedEOF)) {
		a.ended = a.end(err)
		return a.ended
	}
	clear(a.block[n:]) // The last block is short.
	for i := range dst {
		dst[i] = int16(binary.LittleEndian.Uint16(a.block[2*i:]))
	}
	a.blocks++
	return nil
}

// end turns a failed read into io.EOF or the reason.
func (a *AudioFile) end(err error) error {
	err = childEnd(a.process, err)
	if err == io.EOF && a.blocks > 0 {
		return io.EOF
	}
	if err == io.EOF {
		err = ErrNoAudio // A stream is announced, but not one sample of it came.
	}
	return fmt.Errorf("%s: %w", a.path, err)
}

// Close ends the child process.
func (a *AudioFile) Close() error {
	a.closed.Store(true)
	a.process.Kill()
	return nil
}
