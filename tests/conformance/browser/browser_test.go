// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tests/internal/browser"
)

var (
	update = flag.Bool("update", false, "write the table of differences anew, keeping its reasons")
	dump   = flag.String("dump", "", "a folder to write both transcripts of each scenario to")
)

// tries is how often a scenario is played until its differences are those of the
// table: the order of a few events is decided by the network and the load.
const tries = 3

// scenarioLimit bounds one scenario: many times what it takes.
const scenarioLimit = 3 * time.Minute

func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }

// profile is the library as Chromium configures it: docs/conformance-browser.md
// tells why each line is there.
func profile() *webrtc.API {
	var s webrtc.SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	return webrtc.NewAPI(webrtc.WithSettingEngine(s))
}

// TestBrowserIsJudge plays each scenario in both worlds and holds the differences
// against the table.
func TestBrowserIsJudge(t *testing.T) {
	scenarios, err := readScenarios()
	require.NoError(t, err)
	revision := "debian"
	if strings.Contains(webrtc.LibwebrtcRevision(), "150") {
		revision = "m150"
	}
	path := "differences-" + revision + ".tsv"
	expected, err := readTable(path)
	require.NoError(t, err)
	known := map[string]bool{}
	for _, s := range scenarios {
		known[s.name] = true
	}

	ctx := t.Context()
	inPage, err := newPageDriver(ctx, browser.Open(t))
	require.NoError(t, err)
	inProgram, err := newProgramDriver(profile())
	require.NoError(t, err)
	defer func() { assert.NoError(t, inProgram.media.close()) }()

	found, played, total := newTable(), map[string]bool{}, 0
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			played[s.name] = true
			var differences []difference
			var wrong []string
			for try := range tries {
				a, b := play(t, s, inPage, inProgram)
				var titles []string
				differences, titles = compare(a, b)
				wrong = judge(differences, titles, expected.of(s.name), path)
				if len(wrong) == 0 || *update {
					break
				}
				t.Logf("try %d: %s", try+1, strings.Join(wrong, "\n"))
			}
			total += len(differences)
			for _, d := range differences {
				found.add(d, s.name, 1)
			}
			if !*update {
				for _, line := range wrong {
					t.Error(line)
				}
			}
		})
	}
	if *update {
		for d, scenarios := range expected.counts {
			for name, n := range scenarios {
				if known[name] && !played[name] {
					found.add(d, name, n)
				}
			}
		}
		require.NoError(t, found.write(path, expected))
		expected, err = readTable(path)
		require.NoError(t, err)
	}
	for d, reason := range expected.reasons {
		assert.NotEmpty(t, reason, "%s tells no reason for: only the %s: %s", path, d.side, d.text)
		for name := range expected.counts[d] {
			assert.True(t, known[name], "%s names a scenario that is none: %s", path, name)
		}
	}
	t.Logf("figure: browser as judge, %s: %d scenarios, %d differences, in a table of %d lines with reasons",
		revision, len(played), total, len(expected.reasons))
}

// judge tells where the differences of a scenario are not those that its table allows.
func judge(differences []difference, titles []string, allowed map[difference]int, path string) (wrong []string) {
	for i, d := range differences {
		if allowed[d]--; allowed[d] < 0 {
			wrong = append(wrong, fmt.Sprintf("only the %s, at %q:\n\t%s", d.side, titles[i], d.text))
		}
	}
	for d, n := range allowed {
		if n > 0 {
			wrong = append(wrong, fmt.Sprintf("%s has a difference that is gone (%d times): only the %s: %s", path, n, d.side, d.text))
		}
	}
	return wrong
}

// play runs a scenario in page and program at the same time.
func play(t *testing.T, s scenario, inPage, inProgram driver) (a, b []section) {
	ctx, cancel := context.WithTimeout(t.Context(), scenarioLimit)
	defer cancel()
	type result struct {
		transcript
		err error
	}
	results := make(chan result, 1)
	go func() {
		seen, err := run(ctx, inPage, s)
		results <- result{seen, err}
	}()
	program, err := run(ctx, inProgram, s)
	page := <-results
	require.NoError(t, page.err, "in the page")
	require.NoError(t, err, "in the program")
	a, b = sections(page.transcript), sections(program)
	if *dump != "" {
		require.NoError(t, write(filepath.Join(*dump, s.name+".browser"), a))
		require.NoError(t, write(filepath.Join(*dump, s.name+".program"), b))
	}
	return a, b
}

func write(path string, list []section) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	var text strings.Builder
	for _, s := range list {
		fmt.Fprintf(&text, "> %s\n", s.title)
		for _, line := range s.lines {
			fmt.Fprintf(&text, "%s\n", line)
		}
	}
	return os.WriteFile(path, []byte(text.String()), 0o644)
}

func TestDiff(t *testing.T) {
	assert.Empty(t, diff([]string{"a", "b"}, []string{"a", "b"}))
	assert.Equal(t, []difference{{"browser", "b"}, {"program", "c"}}, diff([]string{"a", "b", "d"}, []string{"a", "c", "d"}))
	assert.Equal(t, []difference{{"browser", "a"}, {"program", "a"}}, diff([]string{"a", "b"}, []string{"b", "a"}),
		"another order is a difference")
}

func TestTableKeepsReasons(t *testing.T) {
	path := filepath.Join(t.TempDir(), "table.tsv")
	first := newTable()
	first.add(difference{"browser", "x"}, "one", 2)
	first.add(difference{"program", "y"}, "two", 1)
	older := newTable()
	older.reasons[difference{"browser", "x"}] = "because"
	require.NoError(t, first.write(path, older))
	again, err := readTable(path)
	require.NoError(t, err)
	assert.Equal(t, first.counts, again.counts)
	assert.Equal(t, "because", again.reasons[difference{"browser", "x"}])
	assert.Empty(t, again.reasons[difference{"program", "y"}])
	assert.Equal(t, []difference{{"browser", "x"}}, slices.Collect(maps.Keys(again.of("one"))))
}
