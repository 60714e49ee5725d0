// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"fmt"
	"math"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

const (
	sampleRate = 48000
	block      = 10 * time.Millisecond // what AudioSource and AudioSink deal in
	amplitude  = 0.25
)

// play gives the source a tone, a block every 10 ms, until ctx ends.
func play(ctx context.Context, source *webrtc.AudioSource, hertz float64) error {
	frame := webrtc.AudioFrame{Samples: make([]int16, sampleRate/100), SampleRate: sampleRate, Channels: 1}
	began := time.Now()
	for n := 0; ; n++ {
		for i := range frame.Samples {
			t := float64(n*len(frame.Samples)+i) / sampleRate
			frame.Samples[i] = int16(math.MaxInt16 * amplitude * math.Sin(2*math.Pi*hertz*t))
		}
		// Counted from the beginning, so that being late once does not add up.
		select {
		case <-time.After(time.Until(began.Add(time.Duration(n) * block))):
		case <-ctx.Done():
			return nil
		}
		if err := source.PushFrame(&frame); err != nil {
			return err
		}
	}
}

// measurement is what was heard in half a second.
type measurement struct {
	hertz float64
	level float64 // in dB; a sine of full scale is -3
}

// String is the line that the program prints.
func (m measurement) String() string { return fmt.Sprintf("%6.1f Hz at %5.1f dBFS", m.hertz, m.level) }

// listen measures what comes out of a track, half a second at a time.
func listen(ctx context.Context, track *webrtc.TrackRemote, report func(measurement)) error {
	sink, err := webrtc.NewAudioSink(track, webrtc.AudioSinkInit{})
	if err != nil {
		return err
	}
	defer sink.Close()
	for {
		var samples []int16
		var rate int
		for range int(500 * time.Millisecond / block) {
			frame, err := sink.ReadFrame(ctx)
			if err != nil {
				return err
			}
			if frame.SampleRate != rate { // As it may at the beginning.
				samples, rate = nil, frame.SampleRate
			}
			for i := 0; i < len(frame.Samples); i += frame.Channels { // The left channel.
				samples = append(samples, frame.Samples[i])
			}
		}
		report(measure(samples, rate))
	}
}

// measure takes the frequency from how often the sound goes from below to above
// zero, which is enough for a tone without noise.
func measure(samples []int16, rate int) measurement {
	first, last, periods := 0, 0, 0
	power := 0.0
	for i, s := range samples {
		power += float64(s) * float64(s)
		if i > 0 && samples[i-1] < 0 && s >= 0 {
			if first == 0 {
				first = i
			} else {
				periods++
			}
			last = i
		}
	}
	m := measurement{level: math.Inf(-1)}
	if power > 0 {
		m.level = 10 * math.Log10(power/float64(len(samples))/(math.MaxInt16*math.MaxInt16))
	}
	if periods > 0 {
		m.hertz = float64(periods) * float64(rate) / float64(last-first)
	}
	return m
}
