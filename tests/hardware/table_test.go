// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build !m150

package hardware

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// table is what table_test.cc says, by double and by what was asked of it.
type table struct {
	mu                 sync.Mutex
	doubles, questions []string
	cells              map[[2]string]string
}

var (
	instance = regexp.MustCompile(`^(\w+)/Table\.(\w+)/(\w+)$`)
	moreSaid = regexp.MustCompile(`(?m)^cell: (.*)$`)
	capital  = regexp.MustCompile(`\B[A-Z]`)
)

func newTable() *table { return &table{cells: map[[2]string]string{}} }

// expect returns the column and the row of a test, both empty if it has no part in
// the table. They come in the order in which they are asked for.
func (a *table) expect(suite, name string) (double, question string) {
	m := instance.FindStringSubmatch(suite + name)
	if m == nil {
		return "", ""
	}
	double = strings.ToUpper(m[1]) + " " + strings.ReplaceAll(m[3], "_", "-")
	question = strings.ToLower(capital.ReplaceAllString(m[2], " $0"))
	if !slices.Contains(a.doubles, double) {
		a.doubles = append(a.doubles, double)
	}
	if !slices.Contains(a.questions, question) {
		a.questions = append(a.questions, question)
	}
	return double, question
}

// add takes the output of a test that passed.
func (a *table) add(double, question, out string) {
	cell := "yes"
	if said := moreSaid.FindStringSubmatch(out); said != nil {
		cell = said[1]
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.cells[[2]string{double, question}] = cell
}

func (a *table) String() string {
	var out strings.Builder
	row := func(cells ...string) { out.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	row(append([]string{""}, a.doubles...)...)
	out.WriteString("|" + strings.Repeat("---|", len(a.doubles)+1) + "\n")
	for _, q := range a.questions {
		cells := []string{q}
		for _, d := range a.doubles {
			cells = append(cells, a.cells[[2]string{d, q}])
		}
		row(cells...)
	}
	return out.String()
}

// compare finds the table in a document, between two marks.
func (a *table) compare(t *testing.T, path string) {
	t.Helper()
	const begin, end = "<!-- The table begins: tests/hardware writes it. -->\n", "<!-- The table ends. -->\n"
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), begin)
	require.True(t, ok)
	written, after, ok := strings.Cut(rest, end)
	require.True(t, ok)
	if os.Getenv("NATIVERTC_UPDATE") == "1" {
		require.NoError(t, os.WriteFile(path, []byte(before+begin+a.String()+end+after), 0o644))
		return
	}
	require.Equal(t, a.String(), written, "the table of %s; NATIVERTC_UPDATE=1 writes it", path)
}
