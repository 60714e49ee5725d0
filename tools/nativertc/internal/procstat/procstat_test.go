// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build linux

package procstat

import (
	"os"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// sink keeps the compiler from dropping the work.
var sink uint64

// burn spends CPU time until the process has used d more.
func burn(t *testing.T, d time.Duration) {
	t.Helper()
	start, err := Read()
	require.NoError(t, err)
	for {
		for range 1_000_000 {
			sink = sink*31 + 7
		}
		now, err := Read()
		require.NoError(t, err)
		if now.CPU()-start.CPU() >= d {
			return
		}
	}
}

func TestReadCountsThreadsFilesAndMemory(t *testing.T) {
	debug.FreeOSMemory() // Else the collector may do so between the measurements.
	before, err := Read()
	require.NoError(t, err)
	require.Positive(t, before.RSS)
	require.Positive(t, before.Threads)
	require.GreaterOrEqual(t, before.Files, 3)

	var files []*os.File
	for range 10 {
		f, err := os.Open(os.DevNull)
		require.NoError(t, err)
		files = append(files, f)
	}
	release := make(chan struct{})
	locked := make(chan struct{})
	for range 5 {
		go func() {
			runtime.LockOSThread() // The goroutine takes a thread, which ends with it.
			locked <- struct{}{}
			<-release
		}()
		<-locked
	}
	// Not from Go's heap, which may have as much to spare.
	memory, err := unix.Mmap(-1, 0, 64<<20, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	require.NoError(t, err)
	for i := range memory {
		memory[i] = 1
	}
	during, err := Read()
	require.NoError(t, err)
	require.Equal(t, before.Files+10, during.Files)
	require.GreaterOrEqual(t, during.Threads, 6)
	require.GreaterOrEqual(t, during.RSS, before.RSS+48<<20)
	require.NoError(t, unix.Munmap(memory))
	close(release)
	for _, f := range files {
		require.NoError(t, f.Close())
	}
	after, err := Read()
	require.NoError(t, err)
	require.Equal(t, before.Files, after.Files)
}

func TestCPUTimeGrowsWithWork(t *testing.T) {
	before, err := Read()
	require.NoError(t, err)
	burn(t, 50*time.Millisecond)
	after, err := Read()
	require.NoError(t, err)
	require.GreaterOrEqual(t, after.CPU()-before.CPU(), 50*time.Millisecond)
	require.Positive(t, after.CPUShare(before))
	require.Zero(t, before.CPUShare(before))
}

func TestCPUShare(t *testing.T) {
	start := time.Now()
	a := Usage{Time: start, User: time.Second, System: time.Second}
	b := Usage{Time: start.Add(2 * time.Second), User: 2 * time.Second, System: 1500 * time.Millisecond}
	require.Equal(t, 0.75, b.CPUShare(a))
}

func TestSampler(t *testing.T) {
	_, err := NewSampler(0)
	require.Error(t, err)
	s, err := NewSampler(time.Millisecond)
	require.NoError(t, err)
	f, err := os.Open(os.DevNull)
	require.NoError(t, err)
	require.Eventually(t, func() bool { return s.Report().PeakFiles > s.Report().Start.Files },
		10*time.Second, time.Millisecond)
	require.NoError(t, f.Close())
	burn(t, 20*time.Millisecond)
	r := s.Stop()
	require.Equal(t, r, s.Stop())
	require.GreaterOrEqual(t, r.Samples, 3)
	require.GreaterOrEqual(t, r.PeakRSS, r.Start.RSS)
	require.GreaterOrEqual(t, r.CPU(), 20*time.Millisecond)
	require.Positive(t, r.CPUShare())
}

func TestStatusField(t *testing.T) {
	status := []byte("Name:\tx\nVmRSS:\t  123 kB\nThreads:\t7\nEmpty:\nBad:\tx\n")
	for name, want := range map[string]int64{"VmRSS": 123, "Threads": 7} {
		n, err := statusField(status, name)
		require.NoError(t, err)
		require.Equal(t, want, n)
	}
	for _, name := range []string{"Empty", "Bad", "Absent"} {
		_, err := statusField(status, name)
		require.Error(t, err, name)
	}
}
