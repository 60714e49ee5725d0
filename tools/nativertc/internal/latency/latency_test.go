// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package latency

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestQuantilesAgreeWithSorting(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, draw := range map[string]func() time.Duration{
		"even":        func() time.Duration { return time.Duration(random.Int64N(int64(time.Second))) },
		"exponential": func() time.Duration { return time.Duration(random.ExpFloat64() * float64(5*time.Millisecond)) },
		"tiny":        func() time.Duration { return time.Duration(random.Int64N(300)) },
	} {
		var h Histogram
		var all []time.Duration
		sum := 0.0
		for range 20_000 {
			d := draw()
			h.Record(d)
			all, sum = append(all, d), sum+float64(d)
		}
		slices.Sort(all)
		for _, q := range []float64{0.001, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1} {
			want := float64(all[int(math.Ceil(q*float64(len(all))))-1])
			require.InDelta(t, want, float64(h.Quantile(q)), want/250+1, "%s, %v", name, q)
		}
		s := h.Summary()
		require.Equal(t, uint64(len(all)), s.Count)
		require.Equal(t, all[0], s.Min)
		require.Equal(t, all[len(all)-1], s.Max)
		require.InDelta(t, sum/float64(len(all)), float64(s.Mean), 1)
		require.Equal(t, []time.Duration{h.Quantile(0.5), h.Quantile(0.9), h.Quantile(0.99), h.Quantile(0.999)},
			[]time.Duration{s.P50, s.P90, s.P99, s.P999})
	}
}

func TestEdges(t *testing.T) {
	var h Histogram
	require.Equal(t, Summary{}, h.Summary())
	require.Zero(t, h.Quantile(0.5))
	h.Record(-time.Second)
	require.Zero(t, h.Quantile(1), "negative durations count as 0")
	h.Record(math.MaxInt64)
	require.Equal(t, time.Duration(math.MaxInt64), h.Quantile(1))
	require.Zero(t, h.Quantile(0))
	require.Zero(t, h.Quantile(-1))
	require.Zero(t, h.Quantile(math.NaN()))
	h.Reset()
	require.Equal(t, Summary{}, h.Summary())
	h.Record(time.Millisecond)
	require.Equal(t, time.Millisecond, h.Summary().Min)
	require.Equal(t, time.Millisecond, h.Summary().P99, "one duration is its own quantile")
}

func TestBucketsAreInOrderAndCloseToTheirValues(t *testing.T) {
	last := -1
	for v := uint64(0); v < 1<<62; v = v + v/50 + 1 {
		i := bucket(v)
		require.GreaterOrEqual(t, i, last)
		require.Less(t, i, buckets)
		require.InEpsilon(t, float64(v)+1, float64(middle(i))+1, 1.0/250)
		last = i
	}
	require.Less(t, bucket(math.MaxInt64), buckets)
}

func TestConcurrentUse(t *testing.T) {
	var h Histogram
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 1000 {
				h.Record(time.Duration(i))
				h.Summary()
			}
		}()
	}
	wg.Wait()
	require.Equal(t, uint64(4000), h.Summary().Count)
}
