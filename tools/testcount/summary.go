// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// appendRun adds a run to a record.
func appendRun(file string, r *run) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Close())
}

// readRuns reads a record. A file that does not exist holds no runs: the first
// stage may fail before any test.
func readRuns(file string) ([]run, error) {
	f, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()

	var runs []run
	decoder := json.NewDecoder(f)
	for {
		var r run
		err := decoder.Decode(&r)
		if err == io.EOF {
			return runs, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		runs = append(runs, r)
	}
}

// summarize prints the sum of a record, its last line "N passed, N failed", and
// tells whether nothing failed.
func summarize(w io.Writer, file, failedStage string) (bool, error) {
	runs, err := readRuns(file)
	if err != nil {
		return false, err
	}
	passed, failed := 0, 0
	counted := false // the failed stage's failure is in a record
	var skipped []string
	for _, r := range runs {
		fmt.Fprintf(w, "== %s\n", r.Stage)
		for _, line := range r.Packages {
			if !strings.HasPrefix(line, "?") {
				fmt.Fprintln(w, line)
			}
		}
		passed += r.Passed
		failed += r.Failed
		counted = counted || r.Stage == failedStage && r.Failed > 0
		for _, name := range r.Skipped {
			skipped = append(skipped, r.Stage+": "+name)
		}
	}
	if failedStage != "" && !counted {
		failed++
		fmt.Fprintf(w, "== %s\nFAIL\t%s\n", failedStage, failedStage)
	}
	if len(skipped) > 0 {
		fmt.Fprintf(w, "%d skipped:\n  %s\n", len(skipped), strings.Join(skipped, "\n  "))
	}
	fmt.Fprintf(w, "%d passed, %d failed\n", passed, failed)
	return failed == 0, nil
}
