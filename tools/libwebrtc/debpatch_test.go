// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// It changes a file that is there, one that is not, removes a line that looks like
// the beginning of another part, and makes two new files.
const somePatch = `description: an example

--- a/here/file
+++ b/here/file
@@ -1,2 +1,2 @@
--- a line
+a line
 same
--- a/absent/file	2026-01-01
+++ b/absent/file	2026-01-02
@@ -1 +1 @@
-old
+new
--- /dev/null
+++ b/here/new
@@ -0,0 +1 @@
+new
--- /dev/null
+++ b/absent/new
@@ -0,0 +1 @@
+new
`

func TestPartsFor(t *testing.T) {
	assert.Len(t, splitPatch(somePatch), 4)
	kept := partsFor(somePatch, func(file string) bool { return file == "here" || file == "here/file" })
	assert.Equal(t, 2, strings.Count(kept, "+++ "))
	assert.Contains(t, kept, "+++ b/here/file\n")
	assert.Contains(t, kept, "+++ b/here/new\n")
	assert.Empty(t, partsFor(somePatch, func(string) bool { return false }))
}

func TestApplySeries(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	put("here/file", "-- a line\nsame\n")
	put("patches/series", "# a comment\n\none.patch # why\nother.patch\n")
	put("patches/one.patch", somePatch)
	put("patches/other.patch", "--- a/absent/x\n+++ b/absent/x\n@@ -1 +1 @@\n-a\n+b\n")
	applied, err := applySeries(context.Background(), dir, filepath.Join(dir, "patches"))
	require.NoError(t, err)
	assert.Equal(t, 1, applied)
	text, err := os.ReadFile(filepath.Join(dir, "here/file"))
	require.NoError(t, err)
	assert.Equal(t, "a line\nsame\n", string(text))
	assert.FileExists(t, filepath.Join(dir, "here/new"))

	// A second time it does not apply, and that is an error.
	_, err = applySeries(context.Background(), dir, filepath.Join(dir, "patches"))
	assert.ErrorContains(t, err, "one.patch")
}
