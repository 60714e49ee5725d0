// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package clip

import (
	"fmt"
	"math"
)

// Tone is the sound without a file: each second begins with a short rising chirp,
// by which delays can be measured, and goes on with four notes, the left channel
// an octave below the right. It is the same on every run and has no end.
type Tone struct {
	next int
}

var _ Audio = (*Tone)(nil)

// NewTone returns a source at its first block.
func NewTone() *Tone { return &Tone{} }

// Amplitude of the notes and of the chirp, of 32767.
const (
	noteLevel  = 6000
	chirpLevel = 9000
)

// Parts of a second, in samples: the chirp, then notes of equal length.
const (
	chirpSamples = SampleRate / 10
	notes        = 4
	noteSamples  = (SampleRate - chirpSamples) / notes
)

// scale is the pentatonic scale on A that the notes walk along, in hertz.
var scale = [...]float64{440, 493.883, 554.365, 659.255, 739.989}

// Next writes the next 10 ms into dst.
func (t *Tone) Next(dst []int16) error {
	if err := checkBlock(dst); err != nil {
		return err
	}
	start := t.next * BlockSamples
	for i := range BlockSamples {
		dst[2*i], dst[2*i+1] = sampleAt(start + i)
	}
	t.next++
	return nil
}

// Close does nothing.
func (t *Tone) Close() error { return nil }

func checkBlock(dst []int16) error {
	if len(dst) != BlockSamples*Channels {
		return fmt.Errorf("a block of sound has %d samples, not %d", BlockSamples*Channels, len(dst))
	}
	return nil
}

// sampleAt returns sample n of the sequence.
func sampleAt(n int) (left, right int16) {
	second, at := n/SampleRate, n%SampleRate
	if at < chirpSamples {
		// 400 Hz to 4 kHz, linearly: the phase is the frequency's integral.
		t := float64(at) / SampleRate
		const from, slope = 400.0, (4000.0 - 400.0) * SampleRate / chirpSamples
		v := chirpLevel * envelope(at, chirpSamples) * math.Sin(2*math.Pi*(from*t+slope*t*t/2))
		return int16(v), int16(v)
	}
	at -= chirpSamples
	note, at := at/noteSamples, at%noteSamples
	hz := scale[(second+3*note)%len(scale)]
	t := float64(at) / SampleRate
	level := noteLevel * envelope(at, noteSamples)
	return int16(level * math.Sin(math.Pi*hz*t)), int16(level * math.Sin(2*math.Pi*hz*t))
}

// envelope fades in and out over 5 ms, so that notes do not click.
func envelope(at, length int) float64 {
	const fade = SampleRate / 200
	edge := min(at, length-1-at)
	if edge >= fade {
		return 1
	}
	return 0.5 - 0.5*math.Cos(math.Pi*float64(edge)/fade)
}
