// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"math"
	"sync"
)

// audible is the level, of full scale, from which a block of 10 ms counts as
// sound: -50 dB.
const audible = 0.00316

// soundMeter measures the level of blocks of sound. It is safe for concurrent use.
type soundMeter struct {
	mu             sync.Mutex
	blocks, loud   uint64
	power          float64 // sum of the loud blocks' mean squares
	rate, channels int     // of the last block
}

// add measures a block of 10 ms.
func (m *soundMeter) add(samples []int16, rate, channels int) {
	sum := 0.0
	for _, v := range samples {
		sum += float64(v) * float64(v)
	}
	power := sum / float64(max(len(samples), 1)) / (32768 * 32768)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.blocks++
	m.rate, m.channels = rate, channels
	if power >= audible*audible {
		m.loud++
		m.power += power
	}
}

// SoundLevel is what a soundMeter has measured.
type SoundLevel struct {
	// Seconds is the length of all sound, Audible of the part that is not silent.
	Seconds float64 `json:"seconds"`
	Audible float64 `json:"audible_seconds"`
	// Level is the mean level of the audible part in dB of full scale; 0 where there
	// is none.
	Level float64 `json:"level_dbfs"`
}

func (m *soundMeter) result() SoundLevel {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := SoundLevel{Seconds: float64(m.blocks) / 100, Audible: float64(m.loud) / 100}
	if m.loud > 0 {
		l.Level = 10 * math.Log10(m.power/float64(m.loud))
	}
	return l
}

// format returns the rate in hertz and the channels of the last block.
func (m *soundMeter) format() (rate, channels int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rate, m.channels
}
