// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package ffmpeg runs the ffmpeg and ffprobe programs as child processes, so
// that the command-line program reads and writes every media format without
// linking a media library.
//
// A child runs in a process group of its own: a Ctrl-C in the terminal reaches
// this program only, which then ends its children in an orderly way. What a child
// writes on its standard error is kept, bounded, for the error message.
package ffmpeg
