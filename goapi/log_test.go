// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// recordingHandler is a slog.Handler that keeps what it is given, and may block.
type recordingHandler struct {
	recorder[slog.Record]
	gate chan struct{}
}

func (h *recordingHandler) Enabled(context.Context, slog.Level) bool { return true }
func (h *recordingHandler) WithAttrs([]slog.Attr) slog.Handler       { return h }
func (h *recordingHandler) WithGroup(string) slog.Handler            { return h }
func (h *recordingHandler) Handle(_ context.Context, r slog.Record) error {
	if h.gate != nil {
		<-h.gate
	}
	h.add(r)
	return nil
}

// makeLogLines has libwebrtc do something that it logs.
func makeLogLines(t *testing.T) {
	t.Helper()
	a, b := newPair(t)
	channelPair(t, a, b, nil)
	require.NoError(t, a.Close())
	require.NoError(t, b.Close())
}

func TestSetLoggerSendsTheLogWithLevelsAndPlaces(t *testing.T) {
	t.Cleanup(func() { SetLogger(nil, 0) })
	h := &recordingHandler{}
	SetLogger(slog.New(h), slog.LevelDebug)
	makeLogLines(t)
	levels := map[slog.Level]bool{}
	eventually(t, func() bool {
		for _, r := range h.all() {
			levels[r.Level] = true
		}
		return levels[slog.LevelInfo] && levels[slog.LevelDebug]
	}, "lines of two levels")
	placed := 0
	for _, r := range h.all() {
		require.NotEmpty(t, r.Message)
		r.Attrs(func(a slog.Attr) bool {
			if a.Key == "line" {
				require.Positive(t, a.Value.Int64())
				placed++
			}
			return true
		})
	}
	require.Positive(t, placed)
}

func TestSetLoggerLevelAndEnd(t *testing.T) {
	t.Cleanup(func() { SetLogger(nil, 0) })
	first, second := &recordingHandler{}, &recordingHandler{}
	SetLogger(slog.New(first), slog.LevelWarn)
	makeLogLines(t)
	SetLogger(slog.New(second), slog.LevelInfo)
	makeLogLines(t)
	eventually(t, func() bool { return len(second.all()) > 0 }, "lines")
	for _, r := range first.all() {
		require.GreaterOrEqual(t, r.Level, slog.LevelWarn)
	}
	for _, r := range second.all() {
		require.GreaterOrEqual(t, r.Level, slog.LevelInfo)
	}

	SetLogger(slog.New(second), slog.LevelError+1)
	logMu.Lock()
	require.Nil(t, logging, "silent")
	logMu.Unlock()
}

func TestSetLoggerDoesNotHoldUpLibwebrtc(t *testing.T) {
	t.Cleanup(func() { SetLogger(nil, 0) })
	h := &recordingHandler{gate: make(chan struct{})}
	SetLogger(slog.New(h), slog.LevelDebug)
	makeLogLines(t) // would not end if a line waited for the logger
	require.Empty(t, h.all())
	close(h.gate)
	eventually(t, func() bool { return len(h.all()) > 0 }, "the lines come later")
}

func TestSetLoggerFromManyGoroutines(t *testing.T) {
	t.Cleanup(func() { SetLogger(nil, 0) })
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 20 {
				SetLogger(slog.New(&recordingHandler{}), slog.LevelDebug)
				SetLogger(nil, 0)
			}
		}()
	}
	wg.Wait()
	makeLogLines(t)
}

const silentEnv = "NATIVERTC_TEST_SILENT"

// TestSilentByDefault runs itself in a process of its own, whose output it
// reads.
func TestSilentByDefault(t *testing.T) {
	if os.Getenv(silentEnv) != "" {
		makeLogLines(t)
		return
	}
	require.Empty(t, runAlone(t))
}

// runAlone runs the test that calls it in a process of its own, where silentEnv is
// set, and returns what that writes to stderr. To stdout it may write nothing but
// what the testing package does.
func runAlone(t *testing.T) (stderr string) {
	t.Helper()
	program, err := os.Executable()
	require.NoError(t, err)
	var out, errors bytes.Buffer
	cmd := exec.Command(program, "-test.run=^"+t.Name()+"$", "-test.count=1")
	cmd.Env = append(os.Environ(), silentEnv+"=1")
	cmd.Stdout, cmd.Stderr = &out, &errors
	require.NoError(t, cmd.Run(), out.String()+errors.String())
	require.Regexp(t, `^PASS\n(coverage: .*\n)?$`, out.String())
	return errors.String()
}
