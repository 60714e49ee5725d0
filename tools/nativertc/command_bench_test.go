// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/bench"
)

// TestBenchMarkdownKeepsTheRest puts a report into a document twice.
func TestBenchMarkdownKeepsTheRest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "benchmarks.md")
	require.NoError(t, mergeMarkdown(path, &bench.Report{Revision: "debian"}))
	section, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NotEmpty(t, section)

	require.NoError(t, os.WriteFile(path, []byte("# Benchmarks\n\nText.\n"), 0o644))
	for range 2 {
		require.NoError(t, mergeMarkdown(path, &bench.Report{Revision: "debian"}))
	}
	document, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "# Benchmarks\n\nText.\n\n"+string(section), string(document))

	require.NoError(t, mergeMarkdown(path, &bench.Report{Revision: "m150"}))
	both, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(both), string(document)), "another libwebrtc has a section of its own")
	assert.Greater(t, len(both), len(document))

	assert.Error(t, mergeMarkdown(filepath.Join(path, "below a file"), &bench.Report{}))
}
