// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

// A difference is a line that only one of the two has.
type difference struct {
	side string // "browser" or "program"
	text string
}

// A section is what one step or one object's events came to.
type section struct {
	title string
	lines []string
}

func sections(t transcript) []section {
	n := newNormaliser()
	n.addresses, n.noTCP = t.gathered, t.connected
	var all []section
	for _, o := range t.steps {
		all = append(all, section{o.step.text, n.lines(o)})
	}
	slices.SortStableFunc(t.events, func(a, b observation) int { return strings.Compare(a.stream, b.stream) })
	for _, o := range t.events {
		object, rest, _ := strings.Cut(o.stream, ".")
		name, cause, _ := strings.Cut(object, " ")
		title := strings.TrimSpace("events of " + n.object(name) + " " + cause + " " + rest)
		all = append(all, section{title, n.lines(o)})
	}
	return all
}

// compare gives the differences of two transcripts with the section of each.
func compare(browser, program []section) (differences []difference, titles []string) {
	of := func(list []section) map[string][]string {
		lines, counts := map[string][]string{}, map[string]int{}
		for _, s := range list {
			counts[s.title]++
			lines[fmt.Sprintf("%s\x00%d", s.title, counts[s.title])] = s.lines
		}
		return lines
	}
	a, b := of(browser), of(program)
	keys := maps.Clone(a)
	maps.Copy(keys, b)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		title, _, _ := strings.Cut(key, "\x00")
		for _, d := range diff(a[key], b[key]) {
			differences, titles = append(differences, d), append(titles, title)
		}
	}
	return differences, titles
}

// diff gives the lines that are not in the longest common subsequence.
func diff(a, b []string) (all []difference) {
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && longest[i+1][j] >= longest[i][j+1]:
			all = append(all, difference{"browser", a[i]})
			i++
		default:
			all = append(all, difference{"program", b[j]})
			j++
		}
	}
	return all
}

// A table tells which differences are expected in which scenarios, how often, and
// why. It is a file of tab-separated values with the columns of tableHeader.
type table struct {
	counts  map[difference]map[string]int
	reasons map[difference]string
}

const tableHeader = "side\tline\tscenarios\treason"

func newTable() table {
	return table{map[difference]map[string]int{}, map[difference]string{}}
}

func readTable(path string) (table, error) {
	t := newTable()
	text, err := os.ReadFile(path)
	if err != nil {
		return t, err
	}
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if strings.HasPrefix(line, "#") || line == tableHeader {
			continue
		}
		columns := strings.Split(line, "\t")
		if len(columns) != 4 {
			return t, fmt.Errorf("%s:%d: %d columns", path, i+1, len(columns))
		}
		d := difference{columns[0], columns[1]}
		if t.counts[d] != nil {
			return t, fmt.Errorf("%s:%d: a line for the second time", path, i+1)
		}
		t.reasons[d] = columns[3]
		for _, one := range strings.Split(columns[2], " ") {
			name, times, many := strings.Cut(one, "*")
			count := 1
			if many {
				if count, err = strconv.Atoi(times); err != nil {
					return t, fmt.Errorf("%s:%d: %w", path, i+1, err)
				}
			}
			t.add(d, name, count)
		}
	}
	return t, nil
}

func (t table) add(d difference, scenario string, count int) {
	if t.counts[d] == nil {
		t.counts[d] = map[string]int{}
	}
	t.counts[d][scenario] += count
}

// of gives the differences that are expected in a scenario.
func (t table) of(scenario string) map[difference]int {
	expected := map[difference]int{}
	for d, scenarios := range t.counts {
		if n := scenarios[scenario]; n > 0 {
			expected[d] = n
		}
	}
	return expected
}

// write writes the table anew, with the reasons of an older one.
func (t table) write(path string, older table) error {
	rows := make([]string, 0, len(t.counts))
	for d, scenarios := range t.counts {
		var names []string
		for _, name := range slices.Sorted(maps.Keys(scenarios)) {
			if n := scenarios[name]; n > 1 {
				name += fmt.Sprintf("*%d", n)
			}
			names = append(names, name)
		}
		rows = append(rows, strings.Join([]string{d.side, d.text, strings.Join(names, " "), older.reasons[d]}, "\t"))
	}
	slices.SortFunc(rows, func(a, b string) int {
		// Both sides of a difference near each other.
		_, textA, _ := strings.Cut(a, "\t")
		_, textB, _ := strings.Cut(b, "\t")
		return strings.Compare(textA+a, textB+b)
	})
	return os.WriteFile(path, []byte(tableHeader+"\n"+strings.Join(append(rows, ""), "\n")), 0o644)
}
