// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build conformance

package wpt

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/conformance/internal/suite"
)

var (
	update    = flag.Bool("update", false, "write the table of expected results anew")
	processes = flag.Int("processes", 6, "how many test files run at a time")
	only      = flag.String("files", "", "run the test files that match this pattern only")
	messages  = flag.Bool("messages", false, "print the message of every subtest that browsers pass and the library does not")
)

const (
	// limit is what a file gets: the harness has 10 s for most and 60 s for long
	// ones, by itself.
	limit = 75 * time.Second
	// grace is for a process that does not end.
	grace = 10 * time.Second
	// retries is how often a file is run again in which something regressed.
	retries = 2
)

// TestConformance runs the Web Platform Tests, compares the result of each subtest
// with the last one and with the browser's, and prints the sums. A subtest that
// passed and does not any more fails.
func TestConformance(t *testing.T) {
	root, err := suite.Fetch(func(s string) { t.Log(s) })
	if err != nil {
		t.Fatalf("fetching the Web Platform Tests: %v", err)
	}
	browser := mustRead(t, "expected-chromium-150.tsv")
	excluded := mustRead(t, "excluded.tsv")
	flaky := mustRead(t, "flaky.tsv")
	mine := "expected-" + webrtc.LibwebrtcRevision() + ".tsv"
	expected := mustRead(t, mine)
	files := slices.DeleteFunc(browser.files(), func(f string) bool {
		_, out := excluded.excluded(key{f, "*"})
		return out || !regexp.MustCompile(*only).MatchString(f)
	})
	idl := filepath.Join(t.TempDir(), "interfaces.json")
	text, err := suite.Interfaces(root)
	if err == nil {
		err = os.WriteFile(idl, text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	results := runAll(root, idl, files, *processes)
	// The harness has limits in real time: what failed beside others gets another
	// try with less beside it.
	for range retries {
		again := slices.DeleteFunc(slices.Clone(files), func(f string) bool {
			return len(results.regressions(f, expected, excluded)) == 0
		})
		if len(again) > 0 {
			results.improve(runAll(root, idl, again, 2), again, expected, excluded)
		}
	}
	regressions := 0
	for _, f := range files {
		t.Run(f, func(t *testing.T) {
			for k, line := range results.regressions(f, expected, excluded) {
				if _, may := flaky[k]; may || *update {
					t.Log(line)
					continue
				}
				regressions++
				t.Error(line)
			}
		})
	}
	if regressions > 0 {
		t.Errorf("%d subtests that passed do not any more; a change on purpose is written down with -update", regressions)
	}
	if *update {
		results.mergeInto(expected, files)
		if err := expected.write(mine); err != nil {
			t.Fatal(err)
		}
	}
	if *only == "" {
		report(t, results, browser, excluded, flaky)
	}
	if *messages {
		results.print(t, browser, excluded)
	}
}

func mustRead(t *testing.T, name string) table {
	t.Helper()
	read, err := readTable(name)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// outcomes are the results of all files.
type outcomes map[key]suite.Result

// regressions tells of the subtests of a file that passed before.
func (o outcomes) regressions(file string, expected, excluded table) map[key]string {
	lines := map[key]string{}
	for _, k := range expected.keys() {
		if _, out := excluded.excluded(k); out || k.file != file || expected[k] != "PASS" || o[k].Status == "PASS" {
			continue
		}
		r, ok := o[k]
		if !ok {
			r.Status = "was not reported"
		}
		lines[k] = fmt.Sprintf("%s: %s: %s", k.subtest, r.Status, r.Message)
	}
	return lines
}

// improve takes over the results of the files that another run has done better.
func (o outcomes) improve(other outcomes, files []string, expected, excluded table) {
	for _, f := range files {
		if len(other.regressions(f, expected, excluded)) >= len(o.regressions(f, expected, excluded)) {
			continue
		}
		maps.DeleteFunc(o, func(k key, _ suite.Result) bool { return k.file == f })
		for k, r := range other {
			if k.file == f {
				o[k] = r
			}
		}
	}
}

func (o outcomes) mergeInto(expected table, files []string) {
	maps.DeleteFunc(expected, func(k key, _ string) bool { return slices.Contains(files, k.file) })
	for k, r := range o {
		expected[k] = r.Status
	}
}

func (o outcomes) print(t *testing.T, browser, excluded table) {
	for _, k := range browser.keys() {
		if _, out := excluded.excluded(k); !out && browser[k] == "PASS" && o[k].Status != "PASS" {
			t.Logf("%s\t%s\t%s: %s", k.file, k.subtest, o[k].Status, o[k].Message)
		}
	}
	for k, r := range o {
		if k.subtest == suite.Harness {
			t.Logf("%s: the harness ended with %s: %s", k.file, r.Status, r.Message)
		}
	}
}

// report prints the sums, and which subtests fail that the browser passes.
func report(t *testing.T, o outcomes, browser, excluded, flaky table) {
	var passed, both, browserPassed, left int
	var failing []string
	for _, r := range o {
		if r.Status == "PASS" {
			passed++
		}
	}
	for _, k := range browser.keys() {
		if browser[k] != "PASS" {
			continue
		}
		browserPassed++
		_, out := excluded.excluded(k)
		switch {
		case o[k].Status == "PASS":
			both++
		case out:
			left++
		default:
			line := k.file + ": " + k.subtest
			if reason, ok := flaky[k]; ok {
				line += " (fails at times: " + reason + ")"
			}
			failing = append(failing, line)
		}
	}
	t.Logf("figure: WPT subtests passed: %d; Chromium 150 passes %d, of which pass here: %d, excluded: %d, failing: %d",
		passed, browserPassed, both, left, len(failing))
	for _, f := range failing {
		t.Logf("figure: failing: %s", f)
	}
}

// runAll runs files, each in a process of its own, several at a time.
func runAll(root, idl string, files []string, processes int) outcomes {
	all := outcomes{}
	var mu sync.Mutex
	var running sync.WaitGroup
	work := make(chan string)
	for range processes {
		running.Add(1)
		go func() {
			defer running.Done()
			for f := range work {
				results := runFile(root, idl, f)
				mu.Lock()
				for _, r := range results {
					all[key{f, r.Name}] = r
				}
				mu.Unlock()
			}
		}()
	}
	for _, f := range files {
		work <- f
	}
	close(work)
	running.Wait()
	return all
}

// runFile runs one file. A process that dies is the result of the file.
func runFile(root, idl, file string) []suite.Result {
	ctx, cancel := context.WithTimeout(context.Background(), limit+grace)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), envRoot+"="+root, envIDL+"="+idl, envFile+"="+file, envLimit+"="+limit.String())
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	failed := cmd.Run()
	var results []suite.Result
	lines := bufio.NewScanner(&out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r suite.Result
		if json.Unmarshal(lines.Bytes(), &r) == nil {
			results = append(results, r)
		}
	}
	if failed != nil {
		text := strings.TrimSpace(errs.String())
		results = append(results, suite.Result{Name: suite.Harness, Status: "CRASH", Message: fmt.Sprintf("%v: %.2000s", failed, text)})
	}
	return results
}
