// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package clip

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestToneIsLoudBoundedAndContinuous(t *testing.T) {
	tone := NewTone()
	block := make([]int16, BlockSamples*Channels)
	var last [2]int16
	var energy float64
	for range 300 {
		require.NoError(t, tone.Next(block))
		for i := 0; i < len(block); i += 2 {
			for c := range 2 {
				v := block[i+c]
				require.LessOrEqual(t, max(v, -v), int16(chirpLevel))
				// The steepest slope is that of the chirp's end at 4 kHz.
				step := int(v) - int(last[c])
				require.Less(t, max(step, -step), chirpLevel*55/100, "no click")
				last[c] = v
				energy += float64(v) * float64(v)
			}
		}
	}
	require.Greater(t, energy/float64(300*len(block)), 1000.0*1000.0)
}

func TestToneIsTheSameOnEveryRunAndDiffersByChannel(t *testing.T) {
	a, b := NewTone(), NewTone()
	ba, bb := make([]int16, BlockSamples*Channels), make([]int16, BlockSamples*Channels)
	stereo := false
	for range 50 {
		require.NoError(t, a.Next(ba))
		require.NoError(t, b.Next(bb))
		require.Equal(t, ba, bb)
		for i := 0; i < len(ba); i += 2 {
			stereo = stereo || ba[i] != ba[i+1]
		}
	}
	require.True(t, stereo)
	require.Error(t, a.Next(make([]int16, 7)))
	require.NoError(t, a.Close())
}
