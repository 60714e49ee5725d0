// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package latency collects durations in a histogram of bounded memory and tells
// its quantiles.
package latency

import (
	"math"
	"math/bits"
	"sync"
	"time"
)

// subBits is the number of bits of a duration's value that choose its bucket
// within a power of two: a quantile is off by at most 1/2^(subBits+1), 0.4 %.
const (
	subBits  = 7
	subCount = 1 << subBits
	buckets  = (64 - subBits) * subCount
)

// Histogram counts durations. The zero value is ready; it is safe for concurrent
// use and must not be copied after its first use.
type Histogram struct {
	mu       sync.Mutex
	counts   []uint64 // by bucket, made at the first Record
	count    uint64
	sum      float64
	min, max time.Duration
}

// Record counts a duration. A negative one, as two clocks may give, counts as 0.
func (h *Histogram) Record(d time.Duration) {
	d = max(d, 0)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.counts == nil {
		h.counts = make([]uint64, buckets)
		h.min = math.MaxInt64
	}
	h.counts[bucket(uint64(d))]++
	h.count++
	h.sum += float64(d)
	h.min, h.max = min(h.min, d), max(h.max, d)
}

// Summary is what a histogram says at one time. All is 0 without durations.
type Summary struct {
	// Count is the number of durations.
	Count uint64
	// Min, Max and Mean are exact.
	Min, Max, Mean time.Duration
	// P50, P90, P99 and P999 are quantiles, to within 0.4 %.
	P50, P90, P99, P999 time.Duration
}

// Summary returns the histogram's figures.
func (h *Histogram) Summary() Summary {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.count == 0 {
		return Summary{}
	}
	return Summary{
		Count: h.count, Min: h.min, Max: h.max, Mean: time.Duration(h.sum / float64(h.count)),
		P50: h.quantile(0.5), P90: h.quantile(0.9), P99: h.quantile(0.99), P999: h.quantile(0.999),
	}
}

// Quantile returns the duration that the share q of all durations, 0 to 1, does
// not exceed; 0 without durations.
func (h *Histogram) Quantile(q float64) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.quantile(q)
}

// quantile is Quantile with h.mu held.
func (h *Histogram) quantile(q float64) time.Duration {
	if h.count == 0 {
		return 0
	}
	if !(q > 0) {
		return h.min
	}
	rank := uint64(math.Ceil(math.Min(q, 1) * float64(h.count)))
	if rank >= h.count {
		return h.max
	}
	var seen uint64
	for i, n := range h.counts {
		if seen += n; seen >= rank {
			return min(max(middle(i), h.min), h.max)
		}
	}
	return h.max
}

// Reset forgets all durations.
func (h *Histogram) Reset() {
	h.mu.Lock()
	defer h.mu.Unlock()
	clear(h.counts)
	h.count, h.sum, h.min, h.max = 0, 0, math.MaxInt64, 0
}

// bucket returns where a value is counted: values below subCount have a bucket
// each, above each power of two is cut into subCount equal parts.
func bucket(v uint64) int {
	if v < subCount {
		return int(v)
	}
	shift := bits.Len64(v) - 1 - subBits
	return (shift+1)*subCount + int(v>>shift) - subCount
}

// middle returns the middle of a bucket.
func middle(i int) time.Duration {
	if i < subCount {
		return time.Duration(i)
	}
	shift := i/subCount - 1
	low := uint64(i%subCount+subCount) << shift
	return time.Duration(low + (uint64(1)<<shift)/2)
}
