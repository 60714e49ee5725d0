// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package ffmpeg

import (
	"strings"
	"sync"
	"unicode"
)

// tailSize is how many bytes of a child's standard error are kept. The cause of
// a failure stands in the last lines.
const tailSize = 4096

// tail is a writer that keeps the last bytes written to it. It is safe for
// concurrent use: os/exec copies into it while the parent may read it.
type tail struct {
	mu  sync.Mutex
	buf []byte
	cut bool
}

// Write keeps the end of what has been written and never fails.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, p...)
	if over := len(t.buf) - tailSize; over > 0 {
		t.buf = append(t.buf[:0], t.buf[over:]...)
		t.cut = true
	}
	return len(p), nil
}

// String returns the kept text on one line, with control characters taken out:
// it holds metadata of the file, which nobody vouches for, and goes to a
// terminal.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var lines []string
	for line := range strings.SplitSeq(string(t.buf), "\n") {
		line = strings.TrimSpace(strings.Map(func(r rune) rune {
			if unicode.IsControl(r) || r == unicode.ReplacementChar {
				return -1
			}
			return r
		}, line))
		if line != "" {
			lines = append(lines, line)
		}
	}
	if t.cut && len(lines) > 1 {
		lines = lines[1:]
	}
	// The same complaint about each packet says no more than the first one.
	const most = 4
	if len(lines) > most {
		lines = lines[len(lines)-most:]
	}
	return strings.Join(lines, "; ")
}
