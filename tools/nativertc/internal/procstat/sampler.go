// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package procstat

import (
	"fmt"
	"sync"
	"time"
)

// Report is what a Sampler has seen between its start and its end.
type Report struct {
	// Start and End are the first and the last measurement.
	Start, End Usage
	// PeakRSS, PeakThreads and PeakFiles are the largest values measured.
	PeakRSS     int64
	PeakThreads int
	PeakFiles   int
	// Samples is the count of measurements.
	Samples int
}

// CPU returns the CPU time spent in between.
func (r Report) CPU() time.Duration { return r.End.CPU() - r.Start.CPU() }

// CPUShare returns the mean CPU use in between; 1 is one core.
func (r Report) CPUShare() float64 { return r.End.CPUShare(r.Start) }

// Sampler measures the process in regular intervals. It is safe for concurrent
// use.
type Sampler struct {
	mu     sync.Mutex
	report Report

	stop chan struct{}
	once sync.Once
	done sync.WaitGroup
}

// NewSampler measures once and then at every interval, which must be positive,
// until Stop. The error is that of the first measurement.
func NewSampler(interval time.Duration) (*Sampler, error) {
	if interval <= 0 {
		return nil, fmt.Errorf("procstat: interval %v is not positive", interval)
	}
	s := &Sampler{stop: make(chan struct{})}
	if err := s.sample(); err != nil {
		return nil, err
	}
	s.done.Add(1)
	go s.run(interval)
	return s, nil
}

func (s *Sampler) run(interval time.Duration) {
	defer s.done.Done()
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			// A failed measurement, as when descriptors run out, leaves a gap.
			_ = s.sample()
		case <-s.stop:
			return
		}
	}
}

func (s *Sampler) sample() error {
	u, err := Read()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &s.report
	if r.Samples == 0 {
		r.Start = u
	}
	r.End = u
	r.PeakRSS = max(r.PeakRSS, u.RSS)
	r.PeakThreads = max(r.PeakThreads, u.Threads)
	r.PeakFiles = max(r.PeakFiles, u.Files)
	r.Samples++
	return nil
}

// Report returns what has been seen so far.
func (s *Sampler) Report() Report {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.report
}

// Stop measures a last time, ends the sampler and returns its report. It may be
// called more than once.
func (s *Sampler) Stop() Report {
	s.once.Do(func() {
		close(s.stop)
		s.done.Wait()
		_ = s.sample() // As in run.
	})
	return s.Report()
}
