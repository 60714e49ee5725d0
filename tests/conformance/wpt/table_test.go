// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package wpt

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTableRoundTrip(t *testing.T) {
	name := filepath.Join(t.TempDir(), "table.tsv")
	all := table{{"b.html", "a\tb\nc \\d"}: "PASS", {"a.html", "*"}: "needs a worker"}
	require.NoError(t, all.write(name))
	read, err := readTable(name)
	require.NoError(t, err)
	require.Equal(t, all, read)
	require.Equal(t, []string{"a.html", "b.html"}, read.files())
	reason, ok := read.excluded(key{"a.html", "any"})
	require.True(t, ok)
	require.Equal(t, "needs a worker", reason)
	_, ok = read.excluded(key{"b.html", "other"})
	require.False(t, ok)
}

// Each subtest that is left out is one of the browser's, and no file is left out
// that is not there.
func TestExclusionsAreOfTheBrowsersTests(t *testing.T) {
	browser, err := readTable("expected-chromium-150.tsv")
	require.NoError(t, err)
	excluded, err := readTable("excluded.tsv")
	require.NoError(t, err)
	files := map[string]bool{}
	for _, f := range browser.files() {
		files[f] = true
	}
	for k, reason := range excluded {
		require.True(t, files[k.file], k.file)
		require.NotEmpty(t, reason)
		if k.subtest != "*" {
			require.Contains(t, browser, k)
		}
	}
}

// What fails at times has a reason, and is a subtest that is not left out.
func TestFlakySubtestsAreOfTheBrowsersTests(t *testing.T) {
	browser, err := readTable("expected-chromium-150.tsv")
	require.NoError(t, err)
	excluded, err := readTable("excluded.tsv")
	require.NoError(t, err)
	flaky, err := readTable("flaky.tsv")
	require.NoError(t, err)
	for k, reason := range flaky {
		require.Contains(t, browser, k)
		require.NotEmpty(t, reason)
		_, out := excluded.excluded(k)
		require.False(t, out, k.subtest)
	}
}
