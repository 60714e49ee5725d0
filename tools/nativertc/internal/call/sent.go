// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"math"
	"sync"
	"time"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
	"github.com/nativertc/nativertc/tools/nativertc/internal/marker"
	"github.com/nativertc/nativertc/tools/nativertc/internal/quality"
)

// remembered is how many frames' times are kept: a minute at 60 per second.
const remembered = 4096

// storedFrames is how many frames wait for their counterparts. At five per second
// that is three seconds of delay.
const storedFrames = 16

// sentVideo remembers what was sent, so that what arrives can be compared.
type sentVideo struct {
	every uint32
	store *quality.Store

	mu    sync.Mutex
	count uint32
	times [remembered]sentTime
}

type sentTime struct {
	number uint32
	at     time.Time
}

// newSentVideo remembers the pictures of each every-th frame, or of about five per
// second where every is 0.
func newSentVideo(every int, fps float64) *sentVideo {
	if every <= 0 {
		every = max(int(math.Round(fps/5)), 1)
	}
	return &sentVideo{every: uint32(every), store: quality.NewStore(storedFrames)}
}

// mark numbers a frame that is about to be sent.
func (s *sentVideo) mark(f *clip.Frame) error {
	s.mu.Lock()
	number := s.count
	s.mu.Unlock()
	if err := marker.Write(f, number); err != nil {
		return err
	}
	if s.measured(number) {
		s.store.Put(number, f)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	s.times[number%remembered] = sentTime{number, time.Now()}
	return nil
}

// measured says whether the quality of a frame is measured.
func (s *sentVideo) measured(number uint32) bool { return number%s.every == 0 }

// when returns when a frame was sent; false where no frame of that number was sent
// of late.
func (s *sentVideo) when(number uint32) (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.times[number%remembered]
	return t.at, t.number == number && number < s.count
}

// sent returns how many frames have been sent.
func (s *sentVideo) sent() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return uint64(s.count)
}
