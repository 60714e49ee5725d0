// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const patience = 30 * time.Second

func TestBothPeersInOneProcess(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var out bytes.Buffer
	require.NoError(t, run(ctx, true, false, strings.NewReader("hello\nörk\n\nbye\n"), &out))
	assert.Equal(t, "hello\nörk\n\nbye\n", out.String())
}

func TestMoreThanTheQueueHolds(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	line := strings.Repeat("x", 16<<10) + "\n"
	text := strings.Repeat(line, 3*highWater/len(line))
	var out bytes.Buffer
	require.NoError(t, run(ctx, true, false, strings.NewReader(text), &out))
	assert.True(t, text == out.String(), "%d bytes came of %d", out.Len(), len(text))
}

// TestTwoPeersByCopyAndPaste is two programs whose standard streams a user
// connects: the first line of each goes to the other, then both chat.
func TestTwoPeersByCopyAndPaste(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	callerIn, typeToCaller := io.Pipe()
	calleeIn, typeToCallee := io.Pipe()
	callerOut, calleeOut := newScreen(), newScreen()
	ended := make(chan error, 2)
	go func() { ended <- run(ctx, false, true, callerIn, callerOut) }()
	go func() { ended <- run(ctx, false, false, calleeIn, calleeOut) }()

	fmt.Fprintln(typeToCallee, callerOut.line(t))
	fmt.Fprintln(typeToCaller, calleeOut.line(t))
	fmt.Fprintln(typeToCallee, "hello")
	assert.Equal(t, "hello", callerOut.line(t))
	fmt.Fprintln(typeToCaller, "hello yourself")
	assert.Equal(t, "hello yourself", calleeOut.line(t))

	require.NoError(t, typeToCaller.Close())
	require.NoError(t, <-ended)
	require.NoError(t, <-ended)
	require.NoError(t, typeToCallee.Close())
}

func TestWhatIsNoDescription(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	assert.ErrorIs(t, run(ctx, false, false, strings.NewReader(""), io.Discard), io.EOF)
	assert.Error(t, run(ctx, false, false, strings.NewReader("hello\n"), io.Discard))
	assert.Error(t, run(ctx, false, false, strings.NewReader(`{"type":"offer","sdp":"hello"}`+"\n"), io.Discard))
}

// screen is an io.Writer whose lines are read.
type screen chan string

func newScreen() screen { return make(screen, 100) }

// Write gets whole lines.
func (s screen) Write(p []byte) (int, error) {
	s <- strings.TrimSuffix(string(p), "\n")
	return len(p), nil
}

func (s screen) line(t *testing.T) string {
	t.Helper()
	select {
	case line := <-s:
		return line
	case <-time.After(patience):
		require.Fail(t, "no line came")
		return ""
	}
}
