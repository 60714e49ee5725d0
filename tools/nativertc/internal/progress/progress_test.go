// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package progress

import (
	"bytes"
	"math"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// testBar returns a bar on a clock that the test moves.
func testBar(terminal bool, width int) (b *Bar, out *bytes.Buffer, clock *time.Time) {
	out, now := &bytes.Buffer{}, time.Unix(100, 0)
	return newBar(out, "call", terminal, func() int { return width }, func() time.Time { return now }), out, &now
}

func TestTerminalRedrawsOneLine(t *testing.T) {
	b, out, clock := testBar(true, 80)
	b.Update(0, "connecting")
	b.Update(0.2, "too early to be drawn")
	*clock = clock.Add(2 * time.Second)
	b.Update(0.5, "30 fps")
	b.Finish()
	b.Finish()
	b.Update(1, "too late")
	require.Equal(t, ""+
		"\r\x1b[Kcall [                        ]   0 % 0s  connecting"+
		"\r\x1b[Kcall [============            ]  50 % 2s  30 fps"+
		"\r\x1b[Kcall [============            ]  50 % 2s  30 fps\n", out.String())
}

func TestWithoutUpdateNothingIsWritten(t *testing.T) {
	for _, terminal := range []bool{true, false} {
		b, out, _ := testBar(terminal, 80)
		b.Finish()
		require.Empty(t, out.String())
	}
}

func TestNarrowTerminal(t *testing.T) {
	b, out, _ := testBar(true, 20)
	b.Update(1, strings.Repeat("ä", 100))
	require.Equal(t, "\r\x1b[Kcall [=============", out.String())
}

func TestLogGetsALineNowAndThen(t *testing.T) {
	b, out, clock := testBar(false, 0)
	for range 100 {
		b.Update(float64(clock.Unix()-100)/10, "ok\x1b[2J\n")
		*clock = clock.Add(100 * time.Millisecond)
	}
	b.Finish()
	require.Equal(t, "call:   0 %, 0s, ok[2J\ncall:  50 %, 5s, ok[2J\ncall:  90 %, 10s, ok[2J\n", out.String())
}

func TestPrintfStandsAboveTheBar(t *testing.T) {
	b, out, _ := testBar(true, 80)
	b.Printf("before")
	b.Update(0, "")
	out.Reset()
	b.Printf("note %d\n", 1)
	require.Equal(t, "\r\x1b[Knote 1\n\r\x1b[Kcall [                        ]   0 % 0s", out.String())

	b, out, _ = testBar(false, 0)
	b.Printf("note")
	require.Equal(t, "note\n", out.String())
}

func TestFractionsOutOfRange(t *testing.T) {
	for fraction, want := range map[float64]string{-1: "  0 %", 2: "100 %", math.Inf(1): "100 %"} {
		b, out, _ := testBar(true, 80)
		b.Update(fraction, "")
		require.Contains(t, out.String(), want)
	}
	b, out, _ := testBar(true, 80)
	b.Update(math.NaN(), "")
	require.Contains(t, out.String(), "  0 %")
}

func TestAFileIsNoTerminal(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer f.Close()
	b := New(f, "job")
	b.Update(0.5, "")
	b.Finish()
	data, err := os.ReadFile(f.Name())
	require.NoError(t, err)
	require.NotContains(t, string(data), "\x1b")
	require.Contains(t, string(data), "50 %")
}

func TestConcurrentUse(t *testing.T) {
	b := New(&bytes.Buffer{}, "job")
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 100 {
				b.Update(float64(i)/100, "x")
			}
			b.Finish()
		}()
	}
	wg.Wait()
}
