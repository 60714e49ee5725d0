// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSubstitute(t *testing.T) {
	text, err := substitute{old: "a = 1", new: "a = 2"}.apply("a = 1\nb = 1\n")
	require.NoError(t, err)
	assert.Equal(t, "a = 2\nb = 1\n", text)

	text, err = substitute{old: "1", new: "2", times: 2}.apply("a = 1\nb = 1\n")
	require.NoError(t, err)
	assert.Equal(t, "a = 2\nb = 2\n", text)

	for _, wrong := range []substitute{{old: "c", new: "d"}, {old: "1", new: "2"}, {old: "a", new: "b", times: 2}} {
		_, err = wrong.apply("a = 1\nb = 1\n")
		assert.Error(t, err, wrong.String())
	}
}

func TestCut(t *testing.T) {
	const text = "keep\nfrom\nthis\nend\nafter\nend\n"
	cutOut, err := cut{from: "from\n", upTo: "end\n"}.apply(text)
	require.NoError(t, err)
	assert.Equal(t, "keep\nend\nafter\nend\n", cutOut)

	for _, wrong := range []cut{{from: "nothing", upTo: "end"}, {from: "end", upTo: "after"}, {from: "after", upTo: "from"}} {
		_, err = wrong.apply(text)
		assert.Error(t, err, wrong.String())
	}
}

// TestEditNamesItself: an edit that does not apply says which it is and to what.
func TestEditNamesItself(t *testing.T) {
	dir := t.TempDir()
	e := edit{name: "some-edit", file: "folder/file", change: substitute{old: "a", new: "b"}}
	assert.ErrorContains(t, e.apply(dir), "some-edit")
	assert.ErrorIs(t, e.apply(dir), os.ErrNotExist)

	path := filepath.Join(dir, "folder", "file")
	require.NoError(t, os.Mkdir(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte("a"), 0o644))
	require.NoError(t, e.apply(dir))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "b", string(text))
	assert.ErrorContains(t, e.apply(dir), "folder/file")
}

// TestEditsAreDescribed: each has a name of its own and a reason.
func TestEditsAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range edits {
		assert.False(t, seen[e.name], e.name)
		seen[e.name] = true
		assert.NotEmpty(t, e.why, e.name)
		assert.NotEmpty(t, e.file, e.name)
	}
	assert.Len(t, seen, len(buildEdits)+len(codeEdits))
}
