// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// A scenario is a list of steps, which are the same for page and program.
type scenario struct {
	name  string
	steps []step
}

// A step is one line of a scenario, or of a macro that a line stands for.
type step struct {
	text   string // the line
	result string // the variable that keeps the result, or empty
	how    string // "call", "new", "set", "until", "gathered", "event", "untilstats", "replace"
	target string // a variable with a path, or an interface
	member string
	args   []any // JSON, in which "$name" stands for a variable
	silent bool  // the result is not compared: it has been, or will be
}

//go:embed scenarios
var scenarioFiles embed.FS

// macros are lines that stand for several; %1 and %2 are their arguments.
var macros = map[string]string{
	// An offer and its answer, without candidates.
	"negotiate": `
~%1.setLocalDescription
offer = ~%1.localDescription
~%2.setRemoteDescription $offer
~%2.setLocalDescription
answer = ~%2.localDescription
~%1.setRemoteDescription $answer
gathered %1.iceGatheringState "complete"
gathered %2.iceGatheringState "complete"`,
	// The same with all candidates, until the two are connected.
	"connect": `
~%1.setLocalDescription
until %1.iceGatheringState "complete"
offer = ~%1.localDescription
~%2.setRemoteDescription $offer
~%2.setLocalDescription
until %2.iceGatheringState "complete"
answer = ~%2.localDescription
~%1.setRemoteDescription $answer
until %1.connectionState "connected"
until %2.connectionState "connected"`,
}

// readScenarios reads all files, in which "== name" begins a scenario.
func readScenarios() ([]scenario, error) {
	paths, err := fs.Glob(scenarioFiles, "scenarios/*.txt")
	if err != nil {
		return nil, err
	}
	var all []scenario
	seen := map[string]bool{}
	for _, path := range paths {
		text, err := scenarioFiles.ReadFile(path)
		if err != nil {
			return nil, err
		}
		for i, line := range strings.Split(string(text), "\n") {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if name, ok := strings.CutPrefix(line, "== "); ok {
				if seen[name] {
					return nil, fmt.Errorf("%s:%d: scenario %q twice", path, i+1, name)
				}
				seen[name] = true
				all = append(all, scenario{name: name})
				continue
			}
			if len(all) == 0 {
				return nil, fmt.Errorf("%s:%d: a step before the first scenario", path, i+1)
			}
			steps, err := parseLine(line)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, i+1, err)
			}
			current := &all[len(all)-1]
			current.steps = append(current.steps, steps...)
		}
	}
	return all, nil
}

func parseLine(line string) ([]step, error) {
	words := strings.Fields(line)
	if body, ok := macros[words[0]]; ok {
		if len(words) != 3 {
			return nil, fmt.Errorf("%s takes two peers", words[0])
		}
		body = strings.NewReplacer("%1", words[1], "%2", words[2]).Replace(strings.TrimSpace(body))
		var steps []step
		for _, one := range strings.Split(body, "\n") {
			s, err := parseStep(one)
			if err != nil {
				return nil, err
			}
			steps = append(steps, s)
		}
		return steps, nil
	}
	s, err := parseStep(line)
	return []step{s}, err
}

var (
	assignment = regexp.MustCompile(`^(\w+) = (.*)$`)
	operation  = regexp.MustCompile(`^(until |gathered |event |)(\S+)\.(\w+)( := | |$)(.*)$`)
)

func parseStep(line string) (step, error) {
	s := step{text: line, how: "call"}
	rest := line
	if m := assignment.FindStringSubmatch(rest); m != nil {
		s.result, rest = m[1], m[2]
	}
	rest, s.silent = strings.CutPrefix(rest, "~")
	var args string
	if after, ok := strings.CutPrefix(rest, "new "); ok {
		s.how = "new"
		s.target, args, _ = strings.Cut(after, " ")
	} else if after, ok := strings.CutPrefix(rest, "replace "); ok {
		s.how, args = "replace", after
	} else if after, ok := strings.CutPrefix(rest, "untilstats "); ok {
		s.how = "untilstats"
		s.target, args, _ = strings.Cut(after, " ")
	} else if m := operation.FindStringSubmatch(rest); m != nil {
		s.target, s.member, args = m[2], m[3], m[5]
		switch {
		case m[1] != "":
			s.how = strings.TrimSpace(m[1])
		case m[4] == " := ":
			s.how = "set"
		}
	} else {
		return s, fmt.Errorf("no step: %q", line)
	}
	var err error
	s.args, err = parseArgs(args)
	return s, err
}

// parseArgs reads JSON values and $references, with spaces between them.
func parseArgs(text string) ([]any, error) {
	args := []any{}
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		if strings.HasPrefix(text, "$") {
			reference, rest, _ := strings.Cut(text, " ")
			args, text = append(args, reference), rest
			continue
		}
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		var value any
		if err := decoder.Decode(&value); err != nil {
			return nil, fmt.Errorf("argument %q: %w", text, err)
		}
		args, text = append(args, value), text[decoder.InputOffset():]
	}
	return args, nil
}
