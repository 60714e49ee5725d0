// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// event is one line of go test -json; `go doc test2json` describes it. Lines about
// a build carry ImportPath instead of Package.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Output     string
}

// run is what is known of one go test command when it is over. Tests and subtests
// count alike, as do examples and fuzz targets.
type run struct {
	Stage    string
	Passed   int
	Failed   int
	Skipped  []string // "package.Test" of each test that skipped itself
	Packages []string // go test's closing lines: ok, FAIL, no test files
}

// readRun reads the events of one go test command and writes the compact form to w.
func readRun(stage string, in io.Reader, w io.Writer) (*run, error) {
	r := &run{Stage: stage}
	output := map[string][]string{} // by package and test, until its outcome is known
	failedTests := map[string]int{} // by package
	reader := bufio.NewReader(in)   // a Scanner has a limit on a line's length
	key := func(e event) string { return e.Package + "\x00" + e.Test }

	for {
		line, err := reader.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) != nil || e.Action == "" {
				// Not an event: go itself, or a sanitizer, speaking for itself.
				fmt.Fprint(w, line)
			} else {
				r.take(e, key(e), output, failedTests, w)
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("reading the test events: %w", err)
		}
	}
	if r.Passed+r.Failed == 0 {
		r.Failed++
		line := fmt.Sprintf("FAIL\t%s\t[no test ran]", stage)
		r.Packages = append(r.Packages, line)
		fmt.Fprintln(w, line)
	}
	return r, nil
}

// take accounts for one event.
func (r *run) take(e event, key string, output map[string][]string, failedTests map[string]int, w io.Writer) {
	switch e.Action {
	case "build-output":
		fmt.Fprint(w, e.Output)
	case "output":
		r.takeOutput(e, key, output, w)
	case "pass", "skip":
		delete(output, key)
		if e.Test == "" {
			return
		}
		if e.Action == "pass" {
			r.Passed++
		} else {
			r.Skipped = append(r.Skipped, e.Package+"."+e.Test)
		}
	case "fail":
		for _, text := range output[key] {
			fmt.Fprint(w, text)
		}
		delete(output, key)
		if e.Test != "" {
			r.Failed++
			failedTests[e.Package]++
			return
		}
		// A package fails with no failed test when it does not build, exits in the
		// middle or leaks: the failure must not vanish from the count.
		if failedTests[e.Package] == 0 {
			r.Failed++
		}
		r.dumpUnfinished(e.Package, output, w)
	}
}

// takeOutput keeps a test's output until its outcome is known and passes on what
// is wanted in any case.
func (r *run) takeOutput(e event, key string, output map[string][]string, w io.Writer) {
	if e.Test != "" {
		if _, figure, ok := strings.Cut(e.Output, "figure: "); ok {
			fmt.Fprintf(w, "%s: %s", e.Test, figure)
		}
		output[key] = append(output[key], e.Output)
		return
	}
	if isClosingLine(e.Output) {
		r.Packages = append(r.Packages, strings.TrimRight(e.Output, "\n"))
		fmt.Fprint(w, e.Output)
		return
	}
	output[key] = append(output[key], e.Output)
}

// dumpUnfinished prints what the tests of a package wrote that never came to an
// end: where the process died, this is all that tells why.
func (r *run) dumpUnfinished(pkg string, output map[string][]string, w io.Writer) {
	for key, lines := range output {
		if !strings.HasPrefix(key, pkg+"\x00") {
			continue
		}
		for _, text := range lines {
			fmt.Fprint(w, text)
		}
		delete(output, key)
	}
}

// isClosingLine tells the line with which go test closes a package.
func isClosingLine(s string) bool {
	return strings.HasPrefix(s, "ok  \t") || strings.HasPrefix(s, "FAIL\t") || strings.HasPrefix(s, "?   \t")
}
