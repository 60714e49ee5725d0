// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package spec

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCompareFindsWhatIsMissing(t *testing.T) {
	a, b, c := member{"A", "attribute", "a"}, member{"A", "attribute", "b"}, member{"A", "attribute", "c"}
	assert.Empty(t, compare([]member{a, b}, []row{{member: a}, {member: b}}))
	assert.Equal(t, []string{
		"A attribute a: has more than one row",
		"A attribute b: nothing is said to stand for it",
		"A attribute c: is no member of the specification (f)",
	}, compare([]member{a, b}, []row{{member: a}, {member: a}, {member: c, file: "f"}}))
}

func TestCoverageFilesAreTables(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.tsv")
	require.NoError(t, os.WriteFile(path, []byte("# a remark\nI\tattribute\tm\tA.B, C\tTestD,interop.TestE\n"), 0o600))
	rows, err := readCoverage(folder)
	require.NoError(t, err)
	assert.Equal(t, []row{{member{"I", "attribute", "m"}, []string{"A.B", "C"}, []string{"TestD", "interop.TestE"}, "a.tsv"}}, rows)
	assert.Equal(t, map[string][]string{"lib": {"TestD"}, "../interop": {"TestE"}}, byFolder(rows, "lib"))
	require.NoError(t, os.WriteFile(path, []byte("I\tattribute\tm\tA\n"), 0o600))
	_, err = readCoverage(folder)
	assert.Error(t, err)
}

// TestRowsThatAreWrongAreFound holds for a package of which all is known.
func TestRowsThatAreWrongAreFound(t *testing.T) {
	const folder = "testdata/sample"
	p, err := load(folder, nil, "example.org/sample")
	require.NoError(t, err)
	check := func(symbols, tests []string) []string { return p.checkRow(row{symbols: symbols, tests: tests}) }
	for _, symbol := range []string{"T.Used", "T.Method", "T", "Constant"} {
		assert.Empty(t, check([]string{symbol}, []string{"TestUses"}), symbol)
	}
	for _, symbol := range []string{"Interface.Call", "Pair.First", "Pair.Second"} {
		assert.Empty(t, check([]string{symbol}, []string{"TestImplements"}), symbol)
	}
	for name, c := range map[string]struct {
		symbols, tests []string
		want           int
	}{
		"no symbol":                  {nil, []string{"TestUses"}, 1},
		"no test":                    {[]string{"T"}, nil, 2},
		"no such symbol":             {[]string{"T", "U"}, []string{"TestUses"}, 1},
		"no such method":             {[]string{"T", "T.None"}, []string{"TestUses"}, 1},
		"not a type":                 {[]string{"Constant", "Constant.None"}, []string{"TestUses"}, 1},
		"not exported":               {[]string{"T", "table"}, []string{"TestUses"}, 1},
		"no such test":               {[]string{"T"}, []string{"TestUses", "TestNone"}, 1},
		"a test that does not touch": {[]string{"T"}, []string{"TestUses", "TestNothing"}, 1},
		"a field that no test uses":  {[]string{"T", "T.Unused"}, []string{"TestUses"}, 1},
		"used by the library only":   {[]string{"T", "Indirect"}, []string{"TestUses"}, 1},
		"a local of the same name":   {[]string{"Indirect"}, []string{"TestNothing"}, 2},
	} {
		assert.Len(t, check(c.symbols, c.tests), c.want, name)
	}

	o, err := run(folder, nil, []string{"TestUses", "TestSkips", "TestNone"})
	require.NoError(t, err)
	assert.Equal(t, map[string]bool{"TestUses": true}, o.passed, "what skips, and what is not there, has not passed")
}
