// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package marker_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg/fftest"
	"github.com/nativertc/nativertc/tools/nativertc/internal/marker"
)

// TestMarkSurvivesRealEncoders sends the generated clip through VP8 and H.264 at
// bitrates that a call falls to on a bad network, and reads every frame.
func TestMarkSurvivesRealEncoders(t *testing.T) {
	fftest.Need(t)
	const width, height, frames, first = 640, 360, 45, 700_000
	dir := t.TempDir()
	raw := filepath.Join(dir, "sent.yuv")
	writeClip(t, raw, width, height, frames, first)

	codecs := map[string][]string{
		"VP8":  {"-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-qmax", "63"},
		"H264": {"-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-profile:v", "baseline"},
	}
	for name, codec := range codecs {
		for _, c := range []struct {
			w, h    int
			bitrate string
		}{{640, 360, "120k"}, {480, 270, "100k"}, {320, 180, "50k"}, {160, 90, "30k"}} {
			t.Run(fmt.Sprintf("%s %dx%d %s", name, c.w, c.h, c.bitrate), func(t *testing.T) {
				path := filepath.Join(dir, fmt.Sprintf("%s%d.mkv", name, c.w))
				args := []string{"-f", "rawvideo", "-pix_fmt", "yuv420p", "-r", "30", "-s", fmt.Sprintf("%dx%d", width, height),
					"-i", raw, "-vf", fmt.Sprintf("scale=%d:%d:flags=area", c.w, c.h)}
				args = append(args, codec...)
				args = append(args, "-b:v", c.bitrate, "-maxrate", c.bitrate, "-bufsize", c.bitrate, path)
				fftest.Make(t, args...)

				v, err := clip.Open(t.Context(), path, clip.Options{})
				require.NoError(t, err)
				defer v.Close()
				f, n := &clip.Frame{}, uint32(first)
				for ; ; n++ {
					if err := v.Next(f); err == io.EOF {
						break
					} else {
						require.NoError(t, err)
					}
					requireRead(t, f, n)
				}
				require.InDelta(t, frames, int(n-first), 1)
			})
		}
	}
}

func writeClip(t *testing.T, path string, width, height, frames int, first uint32) {
	t.Helper()
	out, err := os.Create(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, out.Close()) }()
	g, err := clip.NewGenerator(width, height, 30)
	require.NoError(t, err)
	f := clip.NewFrame(width, height)
	for i := range frames {
		require.NoError(t, g.Next(f))
		require.NoError(t, marker.Write(f, first+uint32(i)))
		for _, p := range [][]byte{f.Y, f.U, f.V} {
			_, err := out.Write(p)
			require.NoError(t, err)
		}
	}
}
