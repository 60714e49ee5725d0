// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// makeArchive merges archives into one and gives the foreign symbols of it their new
// names. dir is for files in between.
func makeArchive(ctx context.Context, dir, to string, from ...string) error {
	merged := filepath.Join(dir, "merged.a")
	if err := os.Remove(merged); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	// q and not r: there are objects of the same name.
	if err := (command{args: append([]string{llvm("bin/llvm-ar"), "qcLD", merged}, from...)}).run(ctx); err != nil {
		return err
	}
	symbols, err := definedSymbols(ctx, merged)
	if err != nil {
		return err
	}
	var names, hidden strings.Builder
	for _, s := range symbols {
		if fresh := renamed(s); fresh != s {
			fmt.Fprintf(&names, "%s %s\n", s, fresh)
			fmt.Fprintln(&hidden, s)
		}
	}
	for name, text := range map[string]string{"renamed": names.String(), "hidden": hidden.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	// The table of address-significant symbols counts them by their place, which
	// changes; no linker needs it.
	err = command{args: []string{
		llvm("bin/llvm-objcopy"), "--redefine-syms=" + filepath.Join(dir, "renamed"),
		"--set-symbols-visibility=" + filepath.Join(dir, "hidden") + "=hidden",
		"--remove-section=.llvm_addrsig", merged, to,
	}}.run(ctx)
	if err != nil {
		return err
	}
	return errors.Join(checkArchive(ctx, to), os.Remove(merged))
}

// checkArchive makes sure that no symbol was forgotten.
func checkArchive(ctx context.Context, archive string) error {
	symbols, err := definedSymbols(ctx, archive)
	if err != nil {
		return err
	}
	var problems []error
	for _, s := range symbols {
		if err := checkRenamed(s); err != nil {
			problems = append(problems, err)
		}
	}
	const shown = 20
	if more := len(problems) - shown; more > 0 {
		problems = append(problems[:shown], fmt.Errorf("and %d more", more))
	}
	return errors.Join(problems...)
}

// definedSymbols lists the global symbols that an archive's objects define, or with
// the option "--dynamic" those that a shared library exports.
func definedSymbols(ctx context.Context, file string, options ...string) ([]string, error) {
	args := append([]string{llvm("bin/llvm-nm"), "--extern-only", "--defined-only", "--format=posix"}, options...)
	out, err := command{args: append(args, file)}.output(ctx)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for line := range strings.Lines(out) {
		// "NAME TYPE VALUE SIZE"; lines of another form name the objects.
		if fields := strings.Fields(line); len(fields) >= 2 && len(fields[1]) == 1 {
			found[fields[0]] = true
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s defines nothing", file)
	}
	return slices.Sorted(maps.Keys(found)), nil
}
