// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package spec

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	libraryPath   = "github.com/nativertc/nativertc/goapi"
	libraryFolder = "../../goapi"
	testsPath     = "github.com/nativertc/nativertc/tests"
)

// TestEveryMemberWorks holds the library to the specification: each member has a
// name in Go that exists, and tests that use that name and pass.
func TestEveryMemberWorks(t *testing.T) {
	members, err := readMembers("members.tsv")
	require.NoError(t, err)
	require.Len(t, members, 349, "the list is the specification's")
	rows, err := readCoverage("coverage")
	require.NoError(t, err)
	for _, problem := range compare(members, rows) {
		t.Error(problem)
	}

	wrong := checkWorks(t, rows)
	t.Logf("figure: %d of %d members of the specification have a name in Go and tests of it that pass", len(members)-len(wrong), len(members))
}

// TestEveryExtensionWorks does the same for what the W3C's extensions add.
func TestEveryExtensionWorks(t *testing.T) {
	rows, err := readCoverage("extensions")
	require.NoError(t, err)
	wrong := checkWorks(t, rows)
	t.Logf("figure: %d of %d members of extensions have a name in Go and tests of it that pass", len(rows)-len(wrong), len(rows))
}

// checkWorks looks for the names and tests of rows, runs the tests that have not passed
// already, and returns the members for which something is wrong.
func checkWorks(t *testing.T, rows []row) (wrong map[member]bool) {
	t.Helper()
	p, err := load("..", buildFlags(), libraryPath, "./...")
	require.NoError(t, err)
	wrong = map[member]bool{}
	for _, r := range rows {
		for _, problem := range p.checkRow(r) {
			wrong[r.member] = true
			t.Error(problem)
		}
	}
	if t.Failed() {
		t.FailNow() // before the tests run, which takes longer
	}

	passed := map[string]bool{}
	for folder, tests := range byFolder(rows, libraryFolder) {
		prefix, pkg := "", libraryPath
		if folder != libraryFolder {
			prefix, pkg = filepath.Base(folder)+".", testsPath+"/"+filepath.Base(folder)
		}
		before, err := recorded(pkg)
		require.NoError(t, err)
		for name := range before {
			passed[prefix+name] = true
		}
		left := slices.DeleteFunc(tests, func(name string) bool { return before[name] })
		if len(left) == 0 {
			continue
		}
		o, err := run(folder, buildFlags(), left)
		assert.NoError(t, err)
		for name := range o.passed {
			passed[prefix+name] = true
		}
	}
	for _, r := range rows {
		for _, name := range r.tests {
			if !passed[name] {
				wrong[r.member] = true
				t.Errorf("%s: %s: %s did not run and pass", r.file, r, name)
			}
		}
	}
	return wrong
}
