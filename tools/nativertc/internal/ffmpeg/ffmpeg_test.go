// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package ffmpeg_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg"
	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg/fftest"
)

func TestMissingProgramSaysHowToGetIt(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := ffmpeg.Probe(t.Context(), "x.mp4")
	require.ErrorIs(t, err, ffmpeg.ErrNotInstalled)
	require.ErrorContains(t, err, "ffprobe")
	require.ErrorContains(t, err, "apt-get install ffmpeg")

	_, err = ffmpeg.StartReader(t.Context(), "-version")
	require.ErrorIs(t, err, ffmpeg.ErrNotInstalled)
	require.ErrorIs(t, ffmpeg.Run(t.Context(), "-version"), ffmpeg.ErrNotInstalled)
}

func TestProbe(t *testing.T) {
	fftest.Need(t)
	dir := t.TempDir()

	t.Run("video and audio", func(t *testing.T) {
		path := filepath.Join(dir, "both.mkv")
		fftest.Make(t, "-f", "lavfi", "-i", "testsrc=s=64x48:r=24:d=0.5", "-f", "lavfi", "-i", "sine=d=0.5",
			"-c:v", "mpeg4", "-c:a", "pcm_s16le", path)
		info, err := ffmpeg.Probe(t.Context(), path)
		require.NoError(t, err)
		require.Equal(t, ffmpeg.Info{HasVideo: true, HasAudio: true, Width: 64, Height: 48, FPS: 24, Duration: 500 * time.Millisecond}, info)
	})
	t.Run("anamorphic and turned", func(t *testing.T) {
		path := filepath.Join(dir, "wide.mp4")
		fftest.Make(t, "-f", "lavfi", "-i", "testsrc=s=64x48:r=24:d=0.5", "-vf", "setsar=2", "-c:v", "mpeg4", path)
		info, err := ffmpeg.Probe(t.Context(), path)
		require.NoError(t, err)
		require.Equal(t, [2]int{128, 48}, [2]int{info.Width, info.Height})

		turned := filepath.Join(dir, "turned.mp4")
		fftest.Make(t, "-i", path, "-c", "copy", "-metadata:s:v", "rotate=90", turned)
		info, err = ffmpeg.Probe(t.Context(), turned)
		require.NoError(t, err)
		require.Equal(t, [2]int{48, 128}, [2]int{info.Width, info.Height})
	})
	t.Run("picture", func(t *testing.T) {
		path := filepath.Join(dir, "still.png")
		fftest.Make(t, "-f", "lavfi", "-i", "testsrc=s=64x48", "-frames:v", "1", path)
		info, err := ffmpeg.Probe(t.Context(), path)
		require.NoError(t, err)
		require.True(t, info.Still)
		require.True(t, info.HasVideo)
	})
	t.Run("no media", func(t *testing.T) {
		path := filepath.Join(dir, "text.mp4")
		require.NoError(t, os.WriteFile(path, []byte("not a film\x1b[31m"), 0o600))
		_, err := ffmpeg.Probe(t.Context(), path)
		var failure *ffmpeg.Error
		require.ErrorAs(t, err, &failure)
		require.Equal(t, "ffprobe", failure.Program)
		require.NotEmpty(t, failure.Detail)
		require.NotContains(t, err.Error(), "\n")
	})
	t.Run("name like an option or a protocol", func(t *testing.T) {
		t.Chdir(dir)
		for _, name := range []string{"-i.mkv", "12:30.mkv"} {
			require.NoError(t, os.Link("both.mkv", name))
			info, err := ffmpeg.Probe(t.Context(), name)
			require.NoError(t, err, name)
			require.True(t, info.HasVideo)
		}
	})
}

func TestProcessReaderReportsItsOwnWords(t *testing.T) {
	fftest.Need(t)
	p, err := ffmpeg.StartReader(t.Context(), "-nostdin", "-i", filepath.Join(t.TempDir(), "absent"), "-f", "null", "-")
	require.NoError(t, err)
	_, err = io.ReadAll(p)
	require.NoError(t, err)
	err = p.Wait()
	require.ErrorContains(t, err, "No such file")
	require.Equal(t, err, p.Wait(), "a second Wait returns the same")
}

func TestProcessEndsWithItsContext(t *testing.T) {
	fftest.Need(t)
	ctx, cancel := context.WithCancel(t.Context())
	p, err := ffmpeg.StartReader(ctx, "-nostdin", "-f", "lavfi", "-i", "testsrc=s=64x48", "-f", "rawvideo", "-")
	require.NoError(t, err)
	_, err = io.ReadFull(p, make([]byte, 1000))
	require.NoError(t, err)
	cancel()
	_, _ = io.Copy(io.Discard, p) // Ends because the child ends.
	require.Error(t, p.Wait())

	p, err = ffmpeg.StartWriter(t.Context(), "-f", "rawvideo", "-s", "64x48", "-i", "-", "-f", "null", "-")
	require.NoError(t, err)
	p.Kill()
	_, err = p.Write(make([]byte, 1<<20))
	require.Error(t, err)
}

func TestErrorDetailIsBounded(t *testing.T) {
	fftest.Need(t)
	// ffmpeg quotes the name of the file that it cannot open.
	err := ffmpeg.Run(t.Context(), "-i", strings.Repeat("x", 200), "-f", "null", "-")
	require.ErrorContains(t, err, "xxx")
	require.Less(t, len(err.Error()), 5000)
}
