// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package record_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg"
	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg/fftest"
	"github.com/nativertc/nativertc/tools/nativertc/internal/marker"
	"github.com/nativertc/nativertc/tools/nativertc/internal/record"
)

// frame returns the generated clip's frame n with its mark, due at the time.
func frame(t testing.TB, width, height, n int, at time.Duration) *clip.Frame {
	t.Helper()
	g, err := clip.NewGenerator(width, height, 30)
	require.NoError(t, err)
	f := &clip.Frame{}
	require.NoError(t, g.Render(n, f))
	require.NoError(t, marker.Write(f, uint32(n)))
	f.Time = at
	return f
}

func ms(n int) time.Duration { return time.Duration(n) * time.Millisecond }

// start returns a recorder for a file of the name in a new folder.
func start(t *testing.T, name string, fps float64) (r *record.Recorder, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), name)
	r, err := record.New(record.Options{Path: path, FPS: fps, Block: true})
	require.NoError(t, err)
	t.Cleanup(r.Abort)
	return r, path
}

// marks reads the file's frames back and returns their numbers.
func marks(t *testing.T, path string) (numbers []int) {
	t.Helper()
	v, err := clip.Open(t.Context(), path, clip.Options{})
	require.NoError(t, err)
	defer v.Close()
	f := &clip.Frame{}
	for {
		err := v.Next(f)
		if err == io.EOF {
			return numbers
		}
		require.NoError(t, err)
		n, ok := marker.Read(f)
		require.True(t, ok, "frame %d", len(numbers))
		numbers = append(numbers, int(n))
	}
}

// requireClean fails where files in progress are left.
func requireClean(t *testing.T, path string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	var have []string
	for _, e := range entries {
		have = append(have, e.Name())
	}
	require.ElementsMatch(t, names, have)
}

func TestEveryFormatHoldsEveryFrameAndTheSound(t *testing.T) {
	fftest.Need(t)
	for _, ending := range []string{".mp4", ".mov", ".mkv", ".webm", ".MKV"} {
		t.Run(ending, func(t *testing.T) {
			r, path := start(t, "call"+ending, 30)
			tone, block := clip.NewTone(), make([]int16, clip.BlockSamples*clip.Channels)
			var want []int
			const begin = 7 * time.Hour // Any clock will do.
			for n := range 15 {
				require.NoError(t, r.WriteVideo(frame(t, 160, 96, n, begin+time.Duration(n)*time.Second/30)))
				want = append(want, n)
			}
			for n := range 50 {
				require.NoError(t, tone.Next(block))
				require.NoError(t, r.WriteAudio(block, clip.SampleRate, clip.Channels, begin+ms(10*n)))
			}
			require.NoError(t, r.Close(t.Context()))
			requireClean(t, path, "call"+ending)
			require.Equal(t, want, marks(t, path))
			require.Equal(t, record.Stats{Written: 15}, r.Stats())

			info, err := ffmpeg.Probe(t.Context(), path)
			require.NoError(t, err)
			require.True(t, info.HasAudio)
			require.InDelta(t, 30, info.FPS, 0.5)
			require.InDelta(t, 50, blocks(t, path), 6, "codecs pad")
		})
	}
}

// blocks counts the file's 10 ms blocks of sound and fails where all is silent.
func blocks(t *testing.T, path string) (n int) {
	t.Helper()
	a, err := clip.OpenAudio(t.Context(), path, clip.Options{})
	require.NoError(t, err)
	defer a.Close()
	block, loud := make([]int16, clip.BlockSamples*clip.Channels), false
	for ; ; n++ {
		if err := a.Next(block); err == io.EOF {
			require.True(t, loud)
			return n
		} else {
			require.NoError(t, err)
		}
		for _, v := range block {
			loud = loud || v > 2000
		}
	}
}

func TestPausesAndBurstsKeepTheTime(t *testing.T) {
	r, path := start(t, "a.y4m", 10)
	// 0 at the start, 1 and 2 in the same tenth of a second, a pause of half a
	// second before 3, a jump of the clock by an hour before 4, one back before 5.
	for n, at := range []time.Duration{0, ms(100), ms(120), ms(600), time.Hour, 0, ms(100)} {
		require.NoError(t, r.WriteVideo(frame(t, 160, 96, n, at)))
	}
	require.NoError(t, r.Close(t.Context()))
	fftest.Need(t)
	require.Equal(t, []int{0, 2, 2, 2, 2, 2, 3, 4, 5, 6}, marks(t, path))
	require.Equal(t, record.Stats{Written: 10, Repeated: 4, Replaced: 1}, r.Stats())
}

func TestChangeOfSizeIsScaled(t *testing.T) {
	fftest.Need(t)
	r, path := start(t, "a.mkv", 30)
	for n, size := range [][2]int{{161, 95}, {160, 96}, {320, 180}, {120, 72}} {
		require.NoError(t, r.WriteVideo(frame(t, size[0], size[1], n, time.Duration(n)*time.Second/30)))
	}
	require.NoError(t, r.Close(t.Context()))
	require.Equal(t, []int{0, 1, 2, 3}, marks(t, path))
	info, err := ffmpeg.Probe(t.Context(), path)
	require.NoError(t, err)
	require.Equal(t, [2]int{162, 96}, [2]int{info.Width, info.Height}, "the first size, made even")
	require.Equal(t, 4, r.Stats().Scaled)
}

func TestY4MByHand(t *testing.T) {
	r, path := start(t, "a.y4m", 30000.0/1001)
	f := clip.NewFrame(4, 2)
	for i := range f.Y {
		f.Y[i] = byte(i)
	}
	copy(f.U, []byte{100, 101})
	copy(f.V, []byte{200, 201})
	require.NoError(t, r.WriteVideo(f))
	require.NoError(t, r.WriteAudio([]int16{1, -2}, 8000, 1, 0))
	require.NoError(t, r.Close(t.Context()))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "YUV4MPEG2 W4 H2 F30000:1001 Ip A1:1 C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED\nFRAME\n"+
		"\x00\x01\x02\x03\x04\x05\x06\x07\x64\x65\xc8\xc9", string(data))
	sound, err := os.ReadFile(record.SoundPath(path))
	require.NoError(t, err)
	require.Equal(t, "RIFF\x28\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00"+
		"data\x04\x00\x00\x00\x01\x00\xfe\xff", string(sound))
	requireClean(t, path, "a.y4m", "a.wav")
}

// samples returns the PCM of a recorded WAV.
func samples(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return data[44:]
}

func TestSoundKeepsItsTime(t *testing.T) {
	r, path := start(t, "a.wav", 0)
	block := bytes.Repeat([]byte{1}, 80) // 10 ms of mono at 8 kHz
	pcm := make([]int16, 80)
	for i := range pcm {
		pcm[i] = int16(block[i])
	}
	write := func(at time.Duration) { require.NoError(t, r.WriteAudio(pcm, 8000, 1, at)) }
	write(ms(500))        // 0..10 ms
	write(ms(515))        // jitter: follows at once
	write(ms(720))        // 200 ms of silence before it
	write(ms(500))        // 230 ms too late: left out
	write(24 * time.Hour) // the clock jumped: follows at once
	write(24*time.Hour + ms(10))
	require.NoError(t, r.WriteVideo(clip.NewFrame(16, 16)), "a file of sound takes frames and leaves them out")
	require.NoError(t, r.Close(t.Context()))
	got := samples(t, path)
	require.Len(t, got, 2*8*(20+200+10+20))
	require.NotContains(t, string(got[:2*160]), "\x00\x00\x00")
	require.Equal(t, make([]byte, 2*1600), got[2*160:2*1760])
}

func TestSoundIsConvertedToTheFirstFormat(t *testing.T) {
	r, path := start(t, "a.wav", 0)
	fill := func(n int, v int16) []int16 {
		s := make([]int16, n)
		for i := range s {
			s[i] = v
		}
		return s
	}
	require.NoError(t, r.WriteAudio(fill(960, 100), 48000, 2, 0))
	require.NoError(t, r.WriteAudio(fill(160, 200), 16000, 1, ms(10)))
	require.NoError(t, r.WriteAudio(fill(441*6, 300), 44100, 6, ms(20)))
	for _, bad := range []struct{ n, rate, channels int }{{3, 48000, 2}, {2, 0, 2}, {2, 48000, 0}, {2, 48000, 99}, {0, 1 << 30, 1}} {
		require.Error(t, r.WriteAudio(fill(bad.n, 1), bad.rate, bad.channels, ms(30)), "%+v", bad)
	}
	require.NoError(t, r.Close(t.Context()))
	got := samples(t, path)
	require.Len(t, got, 3*960*2)
	for i, want := range []int{100, 200, 300} {
		for j := range 960 {
			at := 2 * (960*i + j)
			require.Equal(t, want, int(int16(uint16(got[at])|uint16(got[at+1])<<8)), "block %d, sample %d", i, j)
		}
	}
}

func TestSoundIsConvertedToTheFormatAskedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.wav")
	r, err := record.New(record.Options{Path: path, Rate: 48000, Channels: 2})
	require.NoError(t, err)
	require.NoError(t, r.WriteAudio([]int16{7, 7, 7, 7}, 16000, 1, 0))
	require.NoError(t, r.Close(t.Context()))
	require.Equal(t, bytes.Repeat([]byte{7, 0}, 2*12), []byte(samples(t, path)))
}

func TestNothingToRecord(t *testing.T) {
	for _, name := range []string{"a.y4m", "a.wav", "a.mp4"} {
		if name == "a.mp4" {
			fftest.Need(t)
		}
		r, path := start(t, name, 30)
		require.ErrorIs(t, r.Close(t.Context()), record.ErrEmpty)
		requireClean(t, path)
		require.ErrorIs(t, r.Close(t.Context()), record.ErrClosed)
		require.ErrorIs(t, r.WriteVideo(clip.NewFrame(16, 16)), record.ErrClosed)
		require.ErrorIs(t, r.WriteAudio(nil, 48000, 1, 0), record.ErrClosed)
	}
}

func TestSoundOnly(t *testing.T) {
	fftest.Need(t)
	r, path := start(t, "a.webm", 30)
	tone, block := clip.NewTone(), make([]int16, clip.BlockSamples*clip.Channels)
	for n := range 30 {
		require.NoError(t, tone.Next(block))
		require.NoError(t, r.WriteAudio(block, clip.SampleRate, clip.Channels, ms(10*n)))
	}
	require.NoError(t, r.Close(t.Context()))
	require.InDelta(t, 30, blocks(t, path), 4)
}

func TestBadOptions(t *testing.T) {
	dir := t.TempDir()
	_, err := record.New(record.Options{Path: filepath.Join(dir, "a.gif")})
	require.ErrorIs(t, err, record.ErrFormat)
	require.ErrorContains(t, err, ".mp4")
	_, err = record.New(record.Options{Path: filepath.Join(dir, "absent", "a.y4m")})
	require.ErrorIs(t, err, os.ErrNotExist)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "dir.y4m"), 0o700))
	_, err = record.New(record.Options{Path: filepath.Join(dir, "dir.y4m")})
	require.ErrorContains(t, err, "is a directory")
	for _, fps := range []float64{-1, 0.5, 1001} {
		_, err = record.New(record.Options{Path: filepath.Join(dir, "a.y4m"), FPS: fps})
		require.ErrorContains(t, err, "frame rate")
	}
	for _, sound := range [][2]int{{48000, 0}, {0, 2}, {48000, 9}, {1, 1}} {
		_, err = record.New(record.Options{Path: filepath.Join(dir, "a.y4m"), Rate: sound[0], Channels: sound[1]})
		require.ErrorContains(t, err, "cannot be recorded")
	}
	t.Setenv("PATH", t.TempDir())
	_, err = record.New(record.Options{Path: filepath.Join(dir, "a.mp4")})
	require.ErrorIs(t, err, ffmpeg.ErrNotInstalled)
	requireClean(t, filepath.Join(dir, "a"), "dir.y4m")
}

func TestAbortLeavesNothing(t *testing.T) {
	for _, name := range []string{"a.y4m", "a.mkv"} {
		if name == "a.mkv" {
			fftest.Need(t)
		}
		r, path := start(t, name, 30)
		for n := range 5 {
			require.NoError(t, r.WriteVideo(frame(t, 160, 96, n, ms(33*n))))
			require.NoError(t, r.WriteAudio(make([]int16, 480), 48000, 1, ms(10*n)))
		}
		r.Abort()
		r.Abort()
		requireClean(t, path)
		require.ErrorIs(t, r.Close(t.Context()), record.ErrClosed)
	}
}

func TestWithoutBlockingFramesAreDroppedAndCounted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.y4m")
	r, err := record.New(record.Options{Path: path, FPS: 1000})
	require.NoError(t, err)
	defer r.Abort()
	f := frame(t, 1280, 720, 0, 0)
	const count = 200
	for n := range count {
		f.Time = ms(n)
		require.NoError(t, r.WriteVideo(f))
	}
	require.NoError(t, r.Close(t.Context()))
	s := r.Stats()
	require.Equal(t, count, s.Written-s.Repeated+s.Replaced+s.Dropped, "each frame is accounted for: %+v", s)
}

func TestCloseWhileOthersWrite(t *testing.T) {
	r, path := start(t, "a.y4m", 30)
	f := frame(t, 160, 96, 0, 0)
	require.NoError(t, r.WriteVideo(f))
	require.NoError(t, r.WriteAudio(make([]int16, 480), 48000, 1, 0))
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				if err := r.WriteVideo(f); err != nil {
					if err != record.ErrClosed {
						t.Errorf("unexpected: %v", err)
					}
					return
				}
				_ = r.WriteAudio(make([]int16, 480), 48000, 1, 0)
			}
		}()
	}
	require.Eventually(t, func() bool { return r.Stats().Replaced > 10 }, 10*time.Second, time.Millisecond)
	require.NoError(t, r.Close(t.Context()))
	wg.Wait()
	requireClean(t, path, "a.y4m", "a.wav")
}

func TestEncoderFailureIsReported(t *testing.T) {
	dir := t.TempDir()
	// An ffmpeg that fails in its own words.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "ffmpeg"), []byte("#!/bin/sh\necho 'no such encoder' >&2\nexit 1\n"), 0o700))
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	r, path := start(t, "a.mp4", 30)
	var err error
	for n := 0; err == nil; n++ {
		require.Less(t, n, 10_000)
		err = r.WriteVideo(frame(t, 160, 96, n%100, ms(33*n)))
	}
	require.ErrorContains(t, err, "no such encoder")
	require.ErrorContains(t, r.Close(t.Context()), "no such encoder")
	requireClean(t, path)
}

func TestCloseIsBoundedByItsContext(t *testing.T) {
	fftest.Need(t)
	r, path := start(t, "a.mkv", 30)
	require.NoError(t, r.WriteVideo(frame(t, 160, 96, 0, 0)))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, r.Close(ctx), context.Canceled)
	requireClean(t, path)
}

func TestPNG(t *testing.T) {
	// Colour bars in the limited range of BT.601, and what they are in RGB.
	for _, c := range []struct{ y, u, v, r, g, b int }{
		{16, 128, 128, 0, 0, 0}, {235, 128, 128, 255, 255, 255}, {126, 128, 128, 128, 128, 128},
		{81, 90, 240, 255, 0, 0}, {145, 54, 34, 0, 255, 0}, {41, 240, 110, 0, 0, 255},
		{0, 128, 128, 0, 0, 0}, {255, 128, 128, 255, 255, 255},
	} {
		f := clip.NewFrame(3, 3)
		for i := range f.Y {
			f.Y[i] = byte(c.y)
		}
		for i := range f.U {
			f.U[i], f.V[i] = byte(c.u), byte(c.v)
		}
		path := filepath.Join(t.TempDir(), "a.png")
		require.NoError(t, record.SavePNG(path, f))
		requireClean(t, path, "a.png")
		file, err := os.Open(path)
		require.NoError(t, err)
		img, err := png.Decode(file)
		require.NoError(t, err)
		require.NoError(t, file.Close())
		require.Equal(t, 3, img.Bounds().Dx())
		r, g, b, a := img.At(2, 2).RGBA()
		require.Equal(t, uint32(0xFFFF), a)
		for i, want := range []int{c.r, c.g, c.b} {
			require.InDelta(t, want, int([]uint32{r, g, b}[i]>>8), 2, fmt.Sprintf("%+v, channel %d", c, i))
		}
	}
	require.ErrorIs(t, record.WritePNG(io.Discard, &clip.Frame{}), clip.ErrFrame)
	dir := t.TempDir()
	require.ErrorIs(t, record.SavePNG(filepath.Join(dir, "a.png"), &clip.Frame{}), clip.ErrFrame)
	requireClean(t, filepath.Join(dir, "a.png"))
	require.ErrorIs(t, record.SavePNG(filepath.Join(dir, "absent", "a.png"), clip.NewFrame(2, 2)), os.ErrNotExist)
}
