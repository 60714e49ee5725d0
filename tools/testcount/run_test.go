// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// stream is what go test -json writes for a package with one test of each outcome.
const stream = `{"Action":"start","Package":"p"}
{"Action":"run","Package":"p","Test":"TestGood"}
{"Action":"output","Package":"p","Test":"TestGood","Output":"quiet\n"}
{"Action":"output","Package":"p","Test":"TestGood","Output":"    x_test.go:3: figure: 3 threads\n"}
{"Action":"pass","Package":"p","Test":"TestGood","Elapsed":0}
{"Action":"output","Package":"p","Test":"TestBad/part","Output":"the reason\n"}
{"Action":"fail","Package":"p","Test":"TestBad/part","Elapsed":0}
{"Action":"fail","Package":"p","Test":"TestBad","Elapsed":0}
{"Action":"skip","Package":"p","Test":"TestLater","Elapsed":0}
{"Action":"output","Package":"p","Output":"FAIL\n"}
{"Action":"output","Package":"p","Output":"FAIL\tp\t0.1s\n"}
{"Action":"fail","Package":"p","Elapsed":0.1}
`

func read(t *testing.T, in string) (*run, string) {
	t.Helper()
	var out bytes.Buffer
	r, err := readRun("unit", strings.NewReader(in), &out)
	require.NoError(t, err)
	return r, out.String()
}

func TestCountsEachOutcome(t *testing.T) {
	r, out := read(t, stream)
	require.Equal(t, 1, r.Passed)
	require.Equal(t, 2, r.Failed, "a failed subtest and its parent")
	require.Equal(t, []string{"p.TestLater"}, r.Skipped)
	require.Equal(t, []string{"FAIL\tp\t0.1s"}, r.Packages)
	require.Contains(t, out, "the reason\n", "what failed is shown in full")
	require.NotContains(t, out, "quiet", "what passed is not shown")
	require.Contains(t, out, "TestGood: 3 threads\n", "figures are shown")
}

func TestPackageThatDoesNotBuildFails(t *testing.T) {
	r, out := read(t, `{"ImportPath":"p","Action":"build-output","Output":"p.go:1:1: no\n"}
{"ImportPath":"p","Action":"build-fail"}
{"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}
{"Action":"fail","Package":"p","Elapsed":0,"FailedBuild":"p"}
`)
	require.Equal(t, 1, r.Failed)
	require.Contains(t, out, "p.go:1:1: no\n")
}

func TestProcessThatDiesFails(t *testing.T) {
	r, out := read(t, `{"Action":"pass","Package":"p","Test":"TestGood","Elapsed":0}
{"Action":"output","Package":"p","Test":"TestEnd","Output":"SIGABRT\n"}
not json
{"Action":"output","Package":"p","Output":"FAIL\tp\t1s\n"}
{"Action":"fail","Package":"p","Elapsed":1}
`)
	require.Equal(t, 1, r.Failed)
	require.Contains(t, out, "SIGABRT\n", "the output of a test without an outcome is shown")
	require.Contains(t, out, "not json\n", "lines that are no events pass through")
}

func TestRunWithoutTestsFails(t *testing.T) {
	r, out := read(t, "go: warning: \"./none\" matched no packages\n")
	require.Equal(t, 1, r.Failed)
	require.Contains(t, out, "[no test ran]")
}

func TestSummaryEndsWithTheSum(t *testing.T) {
	file := filepath.Join(t.TempDir(), "record")
	require.NoError(t, appendRun(file, &run{Stage: "unit", Passed: 4, Packages: []string{"ok  \tp\t1s", "?   \tq\t[no test files]"}}))
	require.NoError(t, appendRun(file, &run{Stage: "race", Passed: 3, Skipped: []string{"p.TestLater"}, Packages: []string{"ok  \tp\t2s"}}))

	var out bytes.Buffer
	ok, err := summarize(&out, file, "")
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "== unit\nok  \tp\t1s\n== race\nok  \tp\t2s\n1 skipped:\n  race: p.TestLater\n7 passed, 0 failed\n", out.String())
}

func TestFailedStageIsCountedOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "record")
	var out bytes.Buffer

	ok, err := summarize(&out, file, "lint")
	require.NoError(t, err)
	require.False(t, ok)
	require.True(t, strings.HasSuffix(out.String(), "\n0 passed, 1 failed\n"), "a stage without tests")

	require.NoError(t, appendRun(file, &run{Stage: "unit", Passed: 1, Failed: 2}))
	out.Reset()
	ok, err = summarize(&out, file, "unit")
	require.NoError(t, err)
	require.False(t, ok)
	require.True(t, strings.HasSuffix(out.String(), "\n1 passed, 2 failed\n"), "its tests are the failures")
}
