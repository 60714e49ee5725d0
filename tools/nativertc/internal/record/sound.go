// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package record

import (
	"cmp"
	"fmt"
	"time"
)

// slack is how far sound may stray from its time before silence is put in or
// samples are left out: more than the jitter of 10 ms blocks, less than anyone
// notices.
const slack = 60 * time.Millisecond

// soundTrack brings blocks of sound into one format and to their place on the
// timeline.
type soundTrack struct {
	path           string
	rate, channels int      // of the file; 0: those of the first block
	file           *wavFile // made by the first block
	shift          time.Duration
}

// validSound says whether a format can be written.
func validSound(rate, channels int) bool {
	return rate >= 1000 && rate <= 384_000 && channels >= 1 && channels <= 8
}

func (s *soundTrack) write(pcm []int16, rate, channels int, at time.Duration) error {
	if !validSound(rate, channels) || len(pcm)%channels != 0 {
		return fmt.Errorf("%d samples of sound with %d channels at %d Hz cannot be recorded", len(pcm), channels, rate)
	}
	if s.file == nil {
		file, err := createWAV(s.path, cmp.Or(s.rate, rate), cmp.Or(s.channels, channels))
		if err != nil {
			return err
		}
		s.file = file
	}
	pcm = resample(remix(pcm, channels, s.file.channels), s.file.channels, rate, s.file.rate)

	ahead := at + s.shift - s.duration() // How much later than its place in the file it is due.
	switch {
	case ahead > maxGap || ahead < -maxGap:
		s.shift -= ahead // The clock jumped: go on from here.
	case ahead > slack:
		silence := make([]int16, s.samples(ahead)*s.file.channels)
		if err := s.file.write(silence); err != nil {
			return err
		}
	case ahead < -slack:
		// Too early by this much: leave it out, or all of the block.
		pcm = pcm[min(s.samples(-ahead)*s.file.channels, len(pcm)):]
	}
	return s.file.write(pcm)
}

// duration returns the length of what has been written.
func (s *soundTrack) duration() time.Duration {
	return time.Duration(float64(s.file.frames()) / float64(s.file.rate) * float64(time.Second))
}

// samples returns how many samples of each channel take the time.
func (s *soundTrack) samples(d time.Duration) int {
	return int(d.Seconds() * float64(s.file.rate))
}

func (s *soundTrack) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.close()
}

// remix changes the count of channels: one is copied to all, many are averaged to
// one, else missing ones are silent.
func remix(pcm []int16, from, to int) []int16 {
	if from == to {
		return pcm
	}
	out := make([]int16, len(pcm)/from*to)
	for i := range len(pcm) / from {
		in, out := pcm[i*from:][:from], out[i*to:][:to]
		switch {
		case from == 1:
			for c := range out {
				out[c] = in[0]
			}
		case to == 1:
			sum := 0
			for _, v := range in {
				sum += int(v)
			}
			out[0] = int16(sum / from)
		default:
			copy(out, in)
		}
	}
	return out
}

// resample changes the rate of a block by linear interpolation. It is there for
// the rare receiver that changes its rate during a call, and for listening only.
func resample(pcm []int16, channels, from, to int) []int16 {
	if from == to || len(pcm) == 0 {
		return pcm
	}
	n := len(pcm) / channels
	out := make([]int16, int(int64(n)*int64(to)/int64(from))*channels)
	for i := range len(out) / channels {
		at := float64(i) * float64(from) / float64(to)
		k := min(int(at), n-1)
		next, frac := min(k+1, n-1), at-float64(k)
		for c := range channels {
			a, b := float64(pcm[k*channels+c]), float64(pcm[next*channels+c])
			out[i*channels+c] = int16(a + (b-a)*frac)
		}
	}
	return out
}
