// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package procstat

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// Read measures the process.
func Read() (Usage, error) {
	u := Usage{Time: time.Now()}
	var r unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &r); err != nil {
		return Usage{}, fmt.Errorf("procstat: getrusage: %w", err)
	}
	u.User = time.Duration(unix.TimevalToNsec(r.Utime))
	u.System = time.Duration(unix.TimevalToNsec(r.Stime))

	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return Usage{}, fmt.Errorf("procstat: %w", err)
	}
	rss, err := statusField(status, "VmRSS")
	if err != nil {
		return Usage{}, err
	}
	threads, err := statusField(status, "Threads")
	if err != nil {
		return Usage{}, err
	}
	u.RSS, u.Threads = rss*1024, int(threads) // VmRSS is in KiB.

	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return Usage{}, fmt.Errorf("procstat: %w", err)
	}
	u.Files = len(files) - 1
	return u, nil
}

// statusField returns the number in the line "name:  number…" of
// /proc/self/status.
func statusField(status []byte, name string) (int64, error) {
	for line := range bytes.Lines(status) {
		key, value, _ := bytes.Cut(line, []byte{':'})
		if string(key) != name {
			continue
		}
		fields := bytes.Fields(value)
		if len(fields) == 0 {
			break
		}
		n, err := strconv.ParseInt(string(fields[0]), 10, 64)
		if err != nil {
			return 0, fmt.Errorf("procstat: %s: %w", name, err)
		}
		return n, nil
	}
	return 0, fmt.Errorf("procstat: /proc/self/status has no %s", name)
}
