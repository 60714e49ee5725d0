// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"flag"

	"github.com/nativertc/nativertc/tools/nativertc/internal/cli"
)

// inputFlags say what is sent.
type inputFlags struct {
	path    string
	loop    bool
	noAudio bool
	size    cli.Size
	fps     float64
}

// define defines the flags of an input that may end.
func (f *inputFlags) define(fs *flag.FlagSet) {
	f.defineSource(fs)
	fs.BoolVar(&f.loop, "loop", false, "start the input again at its end")
}

// defineSource defines those that are the same for an input without end.
func (f *inputFlags) defineSource(fs *flag.FlagSet) {
	fs.StringVar(&f.path, "input", "", "`file` or URL to send, anything that ffmpeg reads; without it a generated clip")
	fs.BoolVar(&f.noAudio, "no-audio", false, "send no sound")
	fs.Var(&f.size, "size", "`size` to send, such as 640x360; without it the input's, or 1280x720")
	fs.Float64Var(&f.fps, "fps", 0, "frames per second to send; without it the `rate` of the input, or 30")
}
