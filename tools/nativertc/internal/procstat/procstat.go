// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package procstat tells what this process takes from the machine: CPU time,
// memory, threads and open files. Child processes do not count.
package procstat

import (
	"time"
)

// Usage is what the process has taken, or takes, at one time.
type Usage struct {
	// Time is when it was measured.
	Time time.Time
	// User and System are the CPU time spent since the start, by the program and by
	// the kernel for it, over all threads.
	User, System time.Duration
	// RSS is the memory in use that is not swapped out, in bytes.
	RSS int64
	// Threads is the count of operating system threads.
	Threads int
	// Files is the count of open file descriptors, without the one that counting
	// takes.
	Files int
}

// CPU returns the CPU time by the program and by the kernel together.
func (u Usage) CPU() time.Duration { return u.User + u.System }

// CPUShare returns the mean CPU use between an earlier measurement and this one:
// 1 is one core all the time. Without time between them it is 0.
func (u Usage) CPUShare(earlier Usage) float64 {
	wall := u.Time.Sub(earlier.Time)
	if wall <= 0 {
		return 0
	}
	return float64(u.CPU()-earlier.CPU()) / float64(wall)
}
