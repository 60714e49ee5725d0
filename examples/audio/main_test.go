// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const patience = 30 * time.Second

// TestTheToneArrives waits for half a second of the tone without a disturbance:
// a machine that is busy may hear gaps before.
func TestTheToneArrives(t *testing.T) {
	for _, hertz := range []float64{440, 1000} {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		var heard []measurement
		err := run(ctx, hertz, func(m measurement) {
			heard = append(heard, m)
			if math.Abs(m.hertz-hertz) < hertz/50 && math.Abs(m.level-(20*math.Log10(amplitude)-3)) < 2 {
				cancel()
			}
		})
		require.ErrorIs(t, err, context.Canceled, "heard %v", heard)
		cancel()
	}
}

func TestMeasure(t *testing.T) {
	silence := measure(make([]int16, 100), sampleRate)
	assert.Zero(t, silence.hertz)
	assert.True(t, math.IsInf(silence.level, -1))
	square := make([]int16, sampleRate)
	for i := range square {
		square[i] = math.MaxInt16
		if i/24%2 == 1 {
			square[i] = -math.MaxInt16
		}
	}
	m := measure(square, sampleRate)
	assert.InDelta(t, 1000, m.hertz, 1e-9)
	assert.InDelta(t, 0, m.level, 1e-9)
	assert.Equal(t, "1000.0 Hz at   0.0 dBFS", m.String())
}
