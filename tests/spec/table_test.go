// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package spec

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// member is one member of the specification.
type member struct{ inter, kind, name string }

func (m member) String() string { return m.inter + " " + m.kind + " " + m.name }

// row tells what stands for a member.
type row struct {
	member
	symbols, tests []string
	file           string
}

// readMembers reads a list of members, whose first line is a heading.
func readMembers(path string) ([]member, error) {
	lines, err := readTable(path, 3)
	if err != nil {
		return nil, err
	}
	var members []member
	for _, fields := range lines[1:] {
		members = append(members, member{fields[0], fields[1], fields[2]})
	}
	return members, nil
}

// readCoverage reads all coverage files of a folder.
func readCoverage(folder string) ([]row, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.tsv"))
	if err != nil {
		return nil, err
	}
	var rows []row
	for _, path := range paths {
		lines, err := readTable(path, 5)
		if err != nil {
			return nil, err
		}
		for _, f := range lines {
			rows = append(rows, row{member{f[0], f[1], f[2]}, list(f[3]), list(f[4]), filepath.Base(path)})
		}
	}
	return rows, nil
}

func list(s string) (items []string) {
	for item := range strings.SplitSeq(s, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

func readTable(path string, columns int) (lines [][]string, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	for i, line := range strings.Split(strings.TrimRight(string(text), "\n"), "\n") {
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != columns {
			return nil, fmt.Errorf("%s:%d: %d columns, not %d", path, i+1, len(fields), columns)
		}
		lines = append(lines, fields)
	}
	return lines, nil
}

// compare finds members without a row, rows without a member, and members with
// two rows.
func compare(members []member, rows []row) (problems []string) {
	count := map[member]int{}
	for _, r := range rows {
		count[r.member]++
	}
	for _, m := range members {
		switch count[m] {
		case 0:
			problems = append(problems, m.String()+": nothing is said to stand for it")
		case 1:
		default:
			problems = append(problems, m.String()+": has more than one row")
		}
		delete(count, m)
	}
	for _, r := range rows {
		if count[r.member] > 0 {
			problems = append(problems, r.String()+": is no member of the specification ("+r.file+")")
		}
	}
	return problems
}
