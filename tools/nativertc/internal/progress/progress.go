// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package progress shows how far a job has come: on a terminal as one line that
// is drawn anew, elsewhere as a line every few seconds, which suits a log.
package progress

import (
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Intervals between what is written.
const (
	redrawEvery = 100 * time.Millisecond
	lineEvery   = 5 * time.Second
)

// Bar is a progress bar. It is safe for concurrent use.
type Bar struct {
	mu       sync.Mutex
	w        io.Writer
	terminal bool
	width    func() int
	now      func() time.Time
	label    string
	start    time.Time
	last     time.Time // when something was written
	fraction float64
	status   string
	finished bool
}

// New returns a bar that writes to w, which is normally standard error; label says
// what the job is. Whether w is a terminal is found out.
func New(w io.Writer, label string) *Bar {
	width, terminal := terminalWidth(w)
	return newBar(w, label, terminal, width, time.Now)
}

func newBar(w io.Writer, label string, terminal bool, width func() int, now func() time.Time) *Bar {
	return &Bar{w: w, label: plain(label), terminal: terminal, width: width, now: now, start: now()}
}

// Update says which fraction, 0 to 1, of the job is done, with a few words about
// it. It may be called often: what is too early to be written is left out.
func (b *Bar) Update(fraction float64, status string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.finished {
		return
	}
	if !(fraction > 0) { // Also what is no number.
		fraction = 0
	}
	b.fraction, b.status = math.Min(fraction, 1), plain(status)
	interval := lineEvery
	if b.terminal {
		interval = redrawEvery
	}
	if now := b.now(); b.last.IsZero() || now.Sub(b.last) >= interval {
		b.last = now
		b.write(false)
	}
}

// Finish writes the last state and, on a terminal, leaves the line. Where there was
// no Update it writes nothing. Later calls do nothing.
func (b *Bar) Finish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.finished {
		return
	}
	b.finished = true
	if !b.last.IsZero() {
		b.write(true)
	}
}

// Printf writes a line of its own, above the bar.
func (b *Bar) Printf(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	text := strings.TrimRight(fmt.Sprintf(format, args...), "\n") + "\n"
	if b.terminal && !b.finished {
		text = clearLine + text
	}
	_, _ = io.WriteString(b.w, text)
	if b.terminal && !b.finished && !b.last.IsZero() {
		b.write(false)
	}
}

// clearLine goes to the line's start and empties the line.
const clearLine = "\r\x1b[K"

// write writes the bar; b.mu is held. Errors are left aside: a job does not fail
// because nobody watches it.
func (b *Bar) write(last bool) {
	elapsed := b.now().Sub(b.start).Round(time.Second)
	if !b.terminal {
		_, _ = fmt.Fprintf(b.w, "%s: %3.0f %%, %v%s\n", b.label, b.fraction*100, elapsed, prefixed(", ", b.status))
		return
	}
	const cells = 24
	done := int(math.Round(b.fraction * cells))
	line := fmt.Sprintf("%s [%s%s] %3.0f %% %v%s", b.label, strings.Repeat("=", done), strings.Repeat(" ", cells-done),
		b.fraction*100, elapsed, prefixed("  ", b.status))
	// A line that wraps could not be drawn anew; the last column is left free.
	if runes, most := []rune(line), b.width()-1; most > 0 && len(runes) > most {
		line = string(runes[:most])
	}
	if last {
		line += "\n"
	}
	_, _ = io.WriteString(b.w, clearLine+line)
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// plain takes control characters out.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}
