// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"encoding/binary"
	"io"
	"math"
)

// Tone returns a sine of count mono samples at half of full scale.
func Tone(frequency float64, rate, count int) []int16 {
	samples := make([]int16, count)
	for i := range samples {
		samples[i] = int16(math.MaxInt16 / 2 * math.Sin(2*math.Pi*frequency*float64(i)/float64(rate)))
	}
	return samples
}

// ToneShare returns the share, 0 to 1, of a mono signal's energy that lies at
// the given frequency: about 1 for a clean tone, about 0 for anything else and
// for silence. It is Goertzel's algorithm over blocks of a tenth of a second,
// short enough for the little drifts of a jitter buffer, each weighed by its
// energy.
func ToneShare(samples []int16, rate int, frequency float64) float64 {
	block := rate / 10
	var tone, total float64
	for ; len(samples) >= block; samples = samples[block:] {
		coefficient := 2 * math.Cos(2*math.Pi*frequency/float64(rate))
		var s1, s2 float64
		for _, sample := range samples[:block] {
			x := float64(sample)
			s1, s2 = x+coefficient*s1-s2, s1
			total += x * x
		}
		// A pure sine of amplitude A in a block of N has |X|² = (A·N/2)² and the
		// energy N·A²/2: the factor makes both equal.
		tone += (s1*s1 + s2*s2 - coefficient*s1*s2) * 2 / float64(block)
	}
	if total == 0 {
		return 0
	}
	return tone / total
}

// WriteWAV writes mono samples as a WAV file.
func WriteWAV(w io.Writer, samples []int16, rate int) error {
	size := uint32(2 * len(samples))
	header := []any{
		[4]byte([]byte("RIFF")), 36 + size, [8]byte([]byte("WAVEfmt ")), uint32(16),
		uint16(1), uint16(1), uint32(rate), uint32(2 * rate), uint16(2), uint16(16),
		[4]byte([]byte("data")), size, samples,
	}
	for _, field := range header {
		if err := binary.Write(w, binary.LittleEndian, field); err != nil {
			return err
		}
	}
	return nil
}
