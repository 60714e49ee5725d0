// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestResumes: a step that failed is done again, one that was finished is not, and one
// with other inputs makes those after it due.
func TestResumes(t *testing.T) {
	defer func(before []step) { steps = before }(steps)
	var ran []string
	input, broken := "1", errors.New("broken")
	fail := true
	one := func(name string, fails *bool) step {
		return step{
			name:   name,
			inputs: func(*builder) []string { return []string{input} },
			run: func(*builder, context.Context) error {
				ran = append(ran, name)
				if fails != nil && *fails {
					return broken
				}
				return nil
			},
		}
	}
	steps = []step{one("a", nil), one("b", &fail), one("c", nil)}
	b := &builder{work: t.TempDir()}
	require.ErrorIs(t, b.build(context.Background()), broken)
	assert.Equal(t, []string{"a", "b"}, ran)

	ran, fail = nil, false
	require.NoError(t, b.build(context.Background()))
	assert.Equal(t, []string{"b", "c"}, ran)

	ran = nil
	require.NoError(t, b.build(context.Background()))
	assert.Empty(t, ran)

	input = "2"
	b.until = "b"
	require.NoError(t, b.build(context.Background()))
	assert.Equal(t, []string{"a", "b"}, ran)
}

func TestOneAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	unlock, err := lock(path)
	require.NoError(t, err)
	_, err = lock(path)
	assert.Error(t, err)
	unlock()
	unlock, err = lock(path)
	require.NoError(t, err)
	unlock()
}

func TestParse(t *testing.T) {
	t.Setenv("HOME", t.TempDir()) // Where the default folders are; a sandbox has none.
	b, err := parse([]string{"-arch", "arm64", "-until", "tree"})
	require.NoError(t, err)
	assert.Equal(t, "aarch64-linux-gnu", b.target.triple)
	assert.True(t, strings.HasSuffix(b.prefix, "libwebrtc-150.0.7871.100-linux-arm64"), b.prefix)
	for _, wrong := range [][]string{{"-arch", "vax"}, {"-until", "nothing"}, {"word"}} {
		_, err := parse(wrong)
		assert.Error(t, err, wrong)
	}
}

func TestProgress(t *testing.T) {
	var log bytes.Buffer
	var said []string
	clock := time.Unix(0, 0)
	p := &progress{log: &log, now: func() time.Time { return clock }, say: func(format string, args ...any) { said = append(said, strings.TrimSpace(fmt.Sprintf(format, args...))) }}
	const text = "[1/200] CXX a.o\n[2/200] CXX b.o\n[3/200] CXX c.o\nFAILED: d.o\nd.cc:1: error\n[4/200] CXX e.o\n"
	for _, part := range []string{text[:7], text[7:30], text[30:]} {
		_, err := p.Write([]byte(part))
		require.NoError(t, err)
		clock = clock.Add(90 * time.Second)
	}
	assert.Equal(t, text, log.String())
	assert.Equal(t, []string{"1 % (2 of 200), about 297 min left", "2 % (4 of 200), about 98 min left"}, said)
	assert.Equal(t, "FAILED: d.o\nd.cc:1: error\n", p.end.String())
}

// TestUnpack takes only what was asked for, and fails for what is not there.
func TestUnpack(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"top/a/x.gn", "top/a/x.cc", "top/b/y.cc"} {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), nil, 0o644))
	}
	archive := filepath.Join(dir, "archive.tar")
	ctx := context.Background()
	require.NoError(t, command{dir: dir, args: []string{"tar", "-cf", archive, "top"}}.run(ctx))
	to := filepath.Join(dir, "to")
	require.NoError(t, unpack(ctx, archive, to, "top/*.gn", "top/b/*"))
	assert.FileExists(t, filepath.Join(to, "a/x.gn"))
	assert.NoFileExists(t, filepath.Join(to, "a/x.cc"))
	assert.FileExists(t, filepath.Join(to, "b/y.cc"))
	assert.Error(t, unpack(ctx, archive, to, "top/c/*"))
}

// TestCommand shows the end of what a failed command said.
func TestCommand(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	err := command{log: log, args: []string{"sh", "-c", "echo out; echo reason >&2; exit 3"}}.run(context.Background())
	assert.ErrorContains(t, err, "reason")
	assert.ErrorContains(t, err, log)
	text, err := os.ReadFile(log)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{"out", "reason"}, strings.Fields(string(text)))

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	assert.ErrorIs(t, command{args: []string{"sleep", "1000"}}.run(ctx), context.Canceled)
}
