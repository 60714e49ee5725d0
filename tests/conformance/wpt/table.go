// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package wpt

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// key names a subtest.
type key struct{ file, subtest string }

// table holds the status of each subtest, or the reason why one is left out.
type table map[key]string

// readTable reads lines of file, subtest and status, with tabs between.
func readTable(name string) (table, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t := table{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		part := strings.Split(lines.Text(), "\t")
		if len(part) != 3 {
			return nil, fmt.Errorf("%s:%d: not three columns", name, n)
		}
		t[key{part[0], unescape.Replace(part[1])}] = part[2]
	}
	return t, lines.Err()
}

var (
	escape   = strings.NewReplacer("\\", "\\\\", "\t", "\\t", "\n", "\\n", "\r", "\\r")
	unescape = strings.NewReplacer("\\\\", "\\", "\\t", "\t", "\\n", "\n", "\\r", "\r")
)

// keys returns the subtests by file and name.
func (t table) keys() []key {
	return slices.SortedFunc(maps.Keys(t), func(a, b key) int {
		if a.file != b.file {
			return strings.Compare(a.file, b.file)
		}
		return strings.Compare(a.subtest, b.subtest)
	})
}

// files returns the test files.
func (t table) files() []string {
	all := map[string]bool{}
	for k := range t {
		all[k.file] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// write writes the table as readTable reads it.
func (t table) write(name string) error {
	var b strings.Builder
	for _, k := range t.keys() {
		fmt.Fprintf(&b, "%s\t%s\t%s\n", k.file, escape.Replace(k.subtest), t[k])
	}
	return os.WriteFile(name, []byte(b.String()), 0o644)
}

// excluded tells why a subtest is left out: by a line of its own, or by one for its
// whole file, whose subtest is "*".
func (t table) excluded(k key) (reason string, ok bool) {
	if reason, ok = t[k]; !ok {
		reason, ok = t[key{k.file, "*"}]
	}
	return reason, ok
}
