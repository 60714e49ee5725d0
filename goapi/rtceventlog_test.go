// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/cgo"
)

// logWriter counts what it is given, and fails after limit bytes.
type logWriter struct {
	mu    sync.Mutex
	bytes int
	limit int
}

var errLogWriter = errors.New("disk full")

func (w *logWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.limit > 0 && w.bytes+len(p) > w.limit {
		return 0, errLogWriter
	}
	w.bytes += len(p)
	return len(p), nil
}

func (w *logWriter) size() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.bytes
}

// hasRTCEventLog tells whether this build of libwebrtc has the log, and checks
// the error where it has not.
func hasRTCEventLog(t *testing.T, pc *PeerConnection) bool {
	t.Helper()
	err := pc.StartRTCEventLog(&logWriter{}, 0)
	if err == nil {
		require.NoError(t, pc.StopRTCEventLog())
		return true
	}
	var unsupported *NotSupportedError
	require.ErrorAs(t, err, &unsupported)
	require.NotEqual(t, "debian", cgo.Revision(), "Debian's package has it")
	require.NoError(t, pc.StopRTCEventLog(), "nothing was begun")
	return false
}

func TestRTCEventLog(t *testing.T) {
	a, b := newPair(t)
	if !hasRTCEventLog(t, a) {
		return
	}
	var w logWriter
	require.NoError(t, a.StartRTCEventLog(&w, 0))
	var state *InvalidStateError
	require.ErrorAs(t, a.StartRTCEventLog(&w, 0), &state)
	channelPair(t, a, b, nil)
	require.NoError(t, a.StopRTCEventLog())
	size := w.size()
	require.Positive(t, size)
	require.NoError(t, a.StopRTCEventLog(), "there is none")

	require.NoError(t, a.StartRTCEventLog(&w, 50*time.Millisecond), "again")
	require.NoError(t, a.StopRTCEventLog())
	require.Greater(t, w.size(), size)
}

func TestRTCEventLogEndsWithTheConnection(t *testing.T) {
	a, _ := newPair(t)
	if !hasRTCEventLog(t, a) {
		return
	}
	var w logWriter
	require.NoError(t, a.StartRTCEventLog(&w, time.Hour))
	a.eventLogMu.Lock()
	log := a.eventLog
	a.eventLogMu.Unlock()
	require.NoError(t, a.Close())
	receive(t, closedAsValue(log.done), "the end of the log")
	require.Positive(t, w.size())
	require.ErrorIs(t, a.StartRTCEventLog(&w, 0), ErrConnectionClosed)
	require.NoError(t, a.StopRTCEventLog())
}

func TestRTCEventLogReportsTheWriter(t *testing.T) {
	a, b := newPair(t)
	if !hasRTCEventLog(t, a) {
		return
	}
	require.NoError(t, a.StartRTCEventLog(&logWriter{limit: 1}, 0))
	channelPair(t, a, b, nil)
	require.ErrorIs(t, a.StopRTCEventLog(), errLogWriter)

	var typeErr *TypeError
	require.ErrorAs(t, a.StartRTCEventLog(nil, 0), &typeErr)
	require.ErrorAs(t, a.StartRTCEventLog(&logWriter{}, -1), &typeErr)
}
