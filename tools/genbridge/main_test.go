// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBridgeIsUpToDate(t *testing.T) {
	root := filepath.Join("..", "..")
	want, err := generate(root)
	require.NoError(t, err)
	have, err := os.ReadFile(filepath.Join(root, "cgo", "bridge.cc"))
	require.NoError(t, err)
	require.Equal(t, string(want), string(have), `run "make generate"`)
}

func TestRevisionOf(t *testing.T) {
	require.Equal(t, "", revisionOf("bridge/peer_connection.cc"))
	require.Equal(t, "m150", revisionOf("bridge/compat/m150.cc"))
	require.Equal(t, "debian", revisionOf("bridge/compat/stats_debian.cc"))
}

func TestChecksumSeesEveryChange(t *testing.T) {
	root := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(root, "bridge"), 0o755))
	require.NoError(t, os.MkdirAll(filepath.Join(root, "hw"), 0o755))
	write := func(name, text string) string {
		require.NoError(t, os.WriteFile(filepath.Join(root, filepath.FromSlash(name)), []byte(text), 0o644))
		sum, err := checksum(root)
		require.NoError(t, err)
		return sum
	}
	first := write("bridge/a.h", "1")
	second := write("bridge/a.h", "2")
	third := write("hw/b.cc", "")
	require.NotEqual(t, first, second)
	require.NotEqual(t, second, third)
}
