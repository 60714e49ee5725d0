// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNumberSurvives(t *testing.T) {
	for _, n := range []int{0, 1, 0x5555, 0xaaaa, 0xfffe, 0xffff} {
		for _, size := range [][2]int{{640, 360}, {320, 180}, {1280, 720}} {
			got, ok := Draw(n, size[0], size[1]).Number()
			assert.True(t, ok)
			assert.Equal(t, n, got)
		}
	}
}

func TestNumberRefusesOtherPictures(t *testing.T) {
	for _, value := range []byte{0, 16, 128, 235, 255} {
		f := NewFrame(640, 360)
		copy(f.Y, bytes.Repeat([]byte{value}, len(f.Y)))
		_, ok := f.Number()
		assert.False(t, ok, "a flat picture of %d", value)
	}
	f := Draw(7, 640, 360)
	for x := range 32 { // one block turned over: the check value no longer fits
		for y := range 32 {
			f.Y[y*640+x] = blockBright
		}
	}
	_, ok := f.Number()
	assert.False(t, ok, "a damaged number")
}

func TestNeighboursDiffer(t *testing.T) {
	assert.Less(t, PSNR(Draw(10, 640, 360), Draw(11, 640, 360)), 25.0,
		"a picture taken for its neighbour must not pass a comparison")
}

func TestClips(t *testing.T) {
	const width, height, count = 640, 360, 40
	for _, codec := range []Codec{VP8, H264} {
		t.Run(string(codec), func(t *testing.T) {
			clip, err := EncodeClip(codec, width, height, 30, count)
			require.NoError(t, err)
			for i, frame := range clip.Frames {
				assert.Equal(t, i%keyInterval == 0, IsKeyFrame(codec, frame), "frame %d", i)
			}
			frames, err := DecodeFrames(codec, clip.Frames)
			require.NoError(t, err)
			r := Inspect(frames, width, height)
			t.Log(r)
			assert.Equal(t, Report{
				Pictures: count, Numbered: count, Distinct: count, FullSize: count, MedianPSNR: r.MedianPSNR,
			}, r)
			assert.Greater(t, r.MedianPSNR, 30.0)

			// The second group of pictures alone is a stream of its own.
			frames, err = DecodeFrames(codec, clip.Frames[keyInterval:2*keyInterval])
			require.NoError(t, err)
			n, ok := frames[0].Number()
			assert.True(t, ok)
			assert.Equal(t, keyInterval, n)
		})
	}
}

func TestH264Profile(t *testing.T) {
	clip, err := EncodeClip(H264, 640, 360, 30, 1)
	require.NoError(t, err)
	for _, nal := range splitNALs(clip.Frames[0]) {
		if nalType(nal) == nalSPS {
			assert.EqualValues(t, 66, nal[1], "profile_idc of Baseline")
			assert.NotZero(t, nal[2]&0x40, "constraint_set1_flag: constrained baseline")
			return
		}
	}
	t.Fatal("no sequence parameter set")
}

func TestY4M(t *testing.T) {
	var file bytes.Buffer
	require.NoError(t, WriteY4M(&file, 320, 180, 30, 3))
	frames, err := ParseY4M(file.Bytes())
	require.NoError(t, err)
	require.Len(t, frames, 3)
	assert.Equal(t, Draw(2, 320, 180), frames[2])
	_, err = ParseY4M(file.Bytes()[:file.Len()-1])
	assert.Error(t, err)
}

func TestToneShare(t *testing.T) {
	tone := Tone(1000, OpusRate, OpusRate)
	assert.Greater(t, ToneShare(tone, OpusRate, 1000), 0.99)
	assert.Less(t, ToneShare(tone, OpusRate, 600), 0.01)
	assert.Zero(t, ToneShare(make([]int16, OpusRate), OpusRate, 1000))
	noise := make([]int16, OpusRate)
	for i := range noise {
		noise[i] = int16(rand.IntN(20000) - 10000)
	}
	assert.Less(t, ToneShare(noise, OpusRate, 1000), 0.05)
}

func TestOpus(t *testing.T) {
	packets, err := EncodeOpus(Tone(440, OpusRate, OpusRate))
	require.NoError(t, err)
	assert.InDelta(t, 50, len(packets), 2)
	samples, err := DecodeOpus(packets)
	require.NoError(t, err)
	assert.InDelta(t, OpusRate, len(samples), 3*opusPacketSamples)
	assert.Greater(t, ToneShare(samples, OpusRate, 440), 0.9)
	assert.Less(t, ToneShare(samples, OpusRate, 1000), 0.01)
}
