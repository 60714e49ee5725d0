// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package record

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// ErrFormat is in the chain of the error about a name whose ending is no known
// format.
var ErrFormat = errors.New("unknown recording format")

// format is what a name's ending stands for.
type format struct {
	// encoder are ffmpeg's arguments for the video while it comes in, audio those
	// for the sound, muxer those for the file. Without encoder ffmpeg is not used.
	encoder, audio, muxer []string
	// rawVideo says that the video is written as it is.
	rawVideo bool
}

var (
	// Encoding happens beside a call in progress: quick before small.
	h264 = []string{"-c:v", "libx264", "-preset", "ultrafast", "-crf", "20"}
	vp8  = []string{"-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-crf", "10", "-b:v", "6M"}
	aac  = []string{"-c:a", "aac", "-b:a", "160k"}
	opus = []string{"-c:a", "libopus", "-b:a", "128k"}

	// mp4 puts the index in front, so that a file plays while it loads.
	mp4 = format{encoder: h264, audio: aac, muxer: []string{"-movflags", "+faststart"}}
)

var formats = map[string]format{
	".mp4":  mp4,
	".m4v":  mp4,
	".mov":  mp4,
	".mkv":  {encoder: h264, audio: opus},
	".webm": {encoder: vp8, audio: opus},
	".y4m":  {rawVideo: true},
	".wav":  {},
}

// formatOf returns the format that the file's name asks for.
func formatOf(path string) (format, error) {
	ending := strings.ToLower(filepath.Ext(path))
	f, ok := formats[ending]
	if !ok {
		return format{}, fmt.Errorf("%w %q of %q; there are .mp4, .m4v, .mov, .mkv, .webm, .y4m and .wav", ErrFormat, ending, path)
	}
	return f, nil
}
