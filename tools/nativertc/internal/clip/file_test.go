// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package clip_test

import (
	"context"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg"
	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg/fftest"
)

// film makes a test film of one second: 24 frames of 64x48 and mono sound at
// 44.1 kHz.
func film(t *testing.T) string {
	t.Helper()
	fftest.Need(t)
	path := filepath.Join(t.TempDir(), "film.mkv")
	fftest.Make(t, "-f", "lavfi", "-i", "testsrc=s=64x48:r=24:d=1", "-f", "lavfi", "-i", "sine=f=440:r=44100:d=1",
		"-c:v", "ffv1", "-c:a", "pcm_s16le", path)
	return path
}

// count reads to the end and returns the number of frames.
func count(t *testing.T, v clip.Video) (n int) {
	t.Helper()
	f := &clip.Frame{}
	for {
		err := v.Next(f)
		if err == io.EOF {
			require.Equal(t, io.EOF, v.Next(f), "the end stays the end")
			return n
		}
		require.NoError(t, err)
		require.Equal(t, n, f.Index)
		n++
	}
}

func TestOpenKeepsTheFilesSizeAndRate(t *testing.T) {
	v, err := clip.Open(t.Context(), film(t), clip.Options{})
	require.NoError(t, err)
	defer v.Close()
	w, h := v.Size()
	require.Equal(t, [2]int{64, 48}, [2]int{w, h})
	require.Equal(t, 24.0, v.FPS())
	require.Equal(t, 24, count(t, v))
}

func TestOpenScalesAndConvertsTheRate(t *testing.T) {
	path := film(t)
	v, err := clip.Open(t.Context(), path, clip.Options{Width: 128, FPS: 60})
	require.NoError(t, err)
	defer v.Close()
	w, h := v.Size()
	require.Equal(t, [2]int{128, 96}, [2]int{w, h}, "the height follows from the shape")
	require.InDelta(t, 60, count(t, v), 2)

	slow, err := clip.Open(t.Context(), path, clip.Options{Width: 31, Height: 17, FPS: 10})
	require.NoError(t, err)
	defer slow.Close()
	require.InDelta(t, 10, count(t, slow), 1)
}

func TestOpenLoops(t *testing.T) {
	v, err := clip.Open(t.Context(), film(t), clip.Options{Loop: true})
	require.NoError(t, err)
	f := &clip.Frame{}
	for range 100 {
		require.NoError(t, v.Next(f))
	}
	require.InDelta(t, (99 * time.Second / 24).Seconds(), f.Time.Seconds(), 1e-6)
	require.NoError(t, v.Close())
	require.ErrorIs(t, v.Next(f), os.ErrClosed)
}

func TestOpenPictureStays(t *testing.T) {
	fftest.Need(t)
	path := filepath.Join(t.TempDir(), "still.png")
	fftest.Make(t, "-f", "lavfi", "-i", "color=c=red:s=33x21", "-frames:v", "1", path)
	v, err := clip.Open(t.Context(), path, clip.Options{})
	require.NoError(t, err)
	defer v.Close()
	require.Equal(t, 30.0, v.FPS())
	f := &clip.Frame{}
	for range 50 {
		require.NoError(t, v.Next(f))
	}
	// Red in the limited range of BT.601.
	require.InDelta(t, 81, int(f.Y[0]), 3)
	require.InDelta(t, 90, int(f.U[0]), 3)
	require.InDelta(t, 240, int(f.V[0]), 3)
}

func TestOpenAudioConverts(t *testing.T) {
	a, err := clip.OpenAudio(t.Context(), film(t), clip.Options{})
	require.NoError(t, err)
	defer a.Close()
	block := make([]int16, clip.BlockSamples*clip.Channels)
	blocks, crossings, energy := 0, 0, 0.0
	last := int16(0)
	for {
		err := a.Next(block)
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		blocks++
		for i := 0; i < len(block); i += 2 {
			require.InDelta(t, block[i], block[i+1], 1, "mono goes to both channels")
			if last < 0 && block[i] >= 0 {
				crossings++
			}
			last = block[i]
			energy += float64(last) * float64(last)
		}
	}
	require.InDelta(t, 100, blocks, 2)
	require.InDelta(t, 440, crossings, 10, "the pitch is kept")
	require.Greater(t, math.Sqrt(energy), 1000.0)
	require.Equal(t, io.EOF, a.Next(block))
	require.Error(t, a.Next(nil))
}

func TestOpenAudioLoops(t *testing.T) {
	a, err := clip.OpenAudio(t.Context(), film(t), clip.Options{Loop: true})
	require.NoError(t, err)
	block := make([]int16, clip.BlockSamples*clip.Channels)
	for range 350 {
		require.NoError(t, a.Next(block))
	}
	require.NoError(t, a.Close())
	require.ErrorIs(t, a.Next(block), os.ErrClosed)
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	path := film(t)
	dir := filepath.Dir(path)
	silent, text := filepath.Join(dir, "silent.mkv"), filepath.Join(dir, "text.mp4")
	sound := filepath.Join(dir, "sound.wav")
	fftest.Make(t, "-i", path, "-map", "0:v", "-c", "copy", silent)
	fftest.Make(t, "-i", path, "-map", "0:a", "-c", "copy", sound)
	require.NoError(t, os.WriteFile(text, []byte("Call me Ishmael."), 0o600))

	_, err := clip.Open(t.Context(), sound, clip.Options{})
	require.ErrorIs(t, err, clip.ErrNoVideo)
	require.ErrorContains(t, err, sound)
	_, err = clip.OpenAudio(t.Context(), silent, clip.Options{})
	require.ErrorIs(t, err, clip.ErrNoAudio)

	for _, open := range []func(string) error{
		func(p string) error { _, err := clip.Open(t.Context(), p, clip.Options{}); return err },
		func(p string) error { _, err := clip.OpenAudio(t.Context(), p, clip.Options{}); return err },
	} {
		require.ErrorIs(t, open(filepath.Join(dir, "absent")), os.ErrNotExist)
		require.ErrorContains(t, open(dir), "is a directory")
		require.ErrorContains(t, open(""), "no name")
		var failure *ffmpeg.Error
		require.ErrorAs(t, open(text), &failure)
		require.ErrorContains(t, open(text), text)
	}
	for _, o := range []clip.Options{{Width: -1}, {Width: 1 << 20, Height: 10}, {FPS: -1}, {FPS: math.NaN()}} {
		_, err := clip.Open(t.Context(), path, o)
		require.Error(t, err, "%+v", o)
	}
}

func TestOpenSaysThatFFmpegIsMissing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.mkv")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	t.Setenv("PATH", t.TempDir())
	_, err := clip.Open(t.Context(), path, clip.Options{})
	require.ErrorIs(t, err, ffmpeg.ErrNotInstalled)
	require.ErrorContains(t, err, "apt-get install ffmpeg")
}

func TestNextEndsWithTheContextAndWithClose(t *testing.T) {
	path := film(t)
	ctx, cancel := context.WithCancel(t.Context())
	v, err := clip.Open(ctx, path, clip.Options{Loop: true})
	require.NoError(t, err)
	cancel()
	f := &clip.Frame{}
	for err == nil {
		err = v.Next(f) // Some frames may still lie in the pipe.
	}
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, v.Close())
	require.NoError(t, v.Close())

	v, err = clip.Open(t.Context(), path, clip.Options{Loop: true})
	require.NoError(t, err)
	ended := make(chan error)
	go func() {
		var err error
		for f := (&clip.Frame{}); err == nil; {
			err = v.Next(f)
		}
		ended <- err
	}()
	require.NoError(t, v.Close())
	require.NotErrorIs(t, <-ended, io.EOF, "a closed source has not come to its end")
}
