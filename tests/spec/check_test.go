// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package spec

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
)

// buildFlags are those that this test was built with, as far as they choose what
// is compiled: so what it looks at and runs is the same revision of libwebrtc.
func buildFlags() []string {
	info, _ := debug.ReadBuildInfo()
	for _, s := range info.Settings {
		if s.Key == "-tags" {
			return []string{"-tags", s.Value}
		}
	}
	return nil
}

// outcome is how tests ended.
type outcome struct {
	passed map[string]bool
	output string
}

// eventsVariable names files of what go test -json has written, with colons between, of
// runs of the same tree with the same flags. What passed there need not run again.
const eventsVariable = "NATIVERTC_TEST_EVENTS"

// recorded returns the tests of a package that passed in those runs.
func recorded(pkg string) (map[string]bool, error) {
	passed := map[string]bool{}
	for _, name := range filepath.SplitList(os.Getenv(eventsVariable)) {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for line := range bytes.Lines(text) {
			var e struct{ Action, Package, Test string }
			// Sanitizers and go itself write between the events.
			if json.Unmarshal(line, &e) == nil && e.Action == "pass" && e.Package == pkg && e.Test != "" {
				passed[e.Test] = true
			}
		}
	}
	return passed, nil
}

// run runs tests by name in the package of a folder.
func run(folder string, flags, tests []string) (outcome, error) {
	args := append([]string{"test", "-json", "-vet", "off", "-count", "1", "-timeout", "10m", "-run", "^(" + strings.Join(tests, "|") + ")$"}, flags...)
	cmd := exec.Command("go", append(args, ".")...)
	cmd.Dir = folder
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	failed := cmd.Run()
	o := outcome{passed: map[string]bool{}}
	lines := bufio.NewScanner(&stdout)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var e struct{ Action, Test, Output string }
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return o, fmt.Errorf("go test -json: %w", err)
		}
		o.output += e.Output
		if e.Action == "pass" && e.Test != "" {
			o.passed[e.Test] = true
		}
	}
	if failed != nil {
		return o, fmt.Errorf("go test in %s: %w\n%s%s", filepath.Base(folder), failed, o.output, &stderr)
	}
	return o, nil
}

// checkRow finds what is wrong with a row, apart from whether its tests pass.
func (p *program) checkRow(r row) (problems []string) {
	say := func(format string, args ...any) {
		problems = append(problems, r.file+": "+r.String()+": "+fmt.Sprintf(format, args...))
	}
	if len(r.symbols) == 0 {
		say("no symbol")
	}
	if len(r.tests) == 0 {
		say("no test")
	}
	used := map[string]bool{}
	for _, t := range r.tests {
		if _, ok := p.tests[t]; !ok {
			say("there is no test %s", t)
			continue
		}
		uses, any := p.uses(t), false
		for _, s := range r.symbols {
			if o, err := p.symbol(s); err == nil && uses[p.key(o)] {
				used[s], any = true, true
			}
		}
		if !any && len(r.symbols) > 0 {
			say("%s touches none of %s", t, strings.Join(r.symbols, ", "))
		}
	}
	for _, s := range r.symbols {
		if _, err := p.symbol(s); err != nil {
			say("symbol %s: %v", s, err)
		} else if !used[s] {
			say("no test named touches %s", s)
		}
	}
	return problems
}

// byFolder sorts the tests that rows name by the folder they are in.
func byFolder(rows []row, library string) map[string][]string {
	folders := map[string][]string{}
	for _, r := range rows {
		for _, t := range r.tests {
			folder, name := library, t
			if f, n, ok := strings.Cut(t, "."); ok {
				folder, name = filepath.Join("..", f), n
			}
			if !slices.Contains(folders[folder], name) {
				folders[folder] = append(folders[folder], name)
			}
		}
	}
	return folders
}
