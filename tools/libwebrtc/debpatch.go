// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// applySeries applies Debian's patches of the folder patches to what there is of the
// sources in dir, and returns how many of them concerned it. The parts for files
// that were not unpacked are left out.
func applySeries(ctx context.Context, dir, patches string) (int, error) {
	series, err := os.ReadFile(filepath.Join(patches, "series"))
	if err != nil {
		return 0, err
	}
	applied := 0
	for line := range strings.Lines(string(series)) {
		name, _, _ := strings.Cut(line, "#")
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(patches, name))
		if err != nil {
			return 0, err
		}
		kept := partsFor(string(text), func(file string) bool {
			_, err := os.Stat(filepath.Join(dir, file))
			return err == nil
		})
		if kept == "" {
			continue
		}
		err = command{dir: dir, stdin: []byte(kept), args: []string{"patch", "-p1", "-s", "-f", "--no-backup-if-mismatch"}}.run(ctx)
		if err != nil {
			return 0, fmt.Errorf("Debian's patch %s does not apply: %w", name, err)
		}
		applied++
	}
	if applied == 0 {
		return 0, errors.New("none of Debian's patches concerns these sources")
	}
	return applied, nil
}

// partsFor returns those parts of a patch that are for a file that exists, or that
// make a new one in a folder that does.
func partsFor(patch string, exists func(string) bool) string {
	var kept strings.Builder
	for _, part := range splitPatch(patch) {
		before, after := patchedFile(part, "--- "), patchedFile(part, "+++ ")
		switch {
		case before == "" && after == "":
		case before == "": // new
			if exists(filepath.Dir(after)) {
				kept.WriteString(part)
			}
		case exists(before):
			kept.WriteString(part)
		}
	}
	return kept.String()
}

// splitPatch cuts a patch into one part for each file. Each begins with its line
// "--- ", which a removed line "-- " would look like, were it not followed by "+++ ".
func splitPatch(patch string) []string {
	lines := strings.SplitAfter(patch, "\n")
	var parts []string
	from := -1
	for i := range lines {
		if strings.HasPrefix(lines[i], "--- ") && i+1 < len(lines) && strings.HasPrefix(lines[i+1], "+++ ") {
			if from >= 0 {
				parts = append(parts, strings.Join(lines[from:i], ""))
			}
			from = i
		}
	}
	if from >= 0 {
		parts = append(parts, strings.Join(lines[from:], ""))
	}
	return parts
}

// patchedFile is the file that a part is for, without the first folder, as patch -p1
// takes it; "" for /dev/null.
func patchedFile(part, mark string) string {
	for line := range strings.Lines(part) {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			name, _, _ := strings.Cut(strings.TrimSpace(rest), "\t")
			name, _, _ = strings.Cut(name, " ")
			if name == "/dev/null" {
				return ""
			}
			_, name, _ = strings.Cut(name, "/")
			return name
		}
	}
	return ""
}
