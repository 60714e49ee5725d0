// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nativertc/nativertc/tests/doubles"
	"github.com/nativertc/nativertc/tests/internal/browser"
)

// Drivers are chosen by the environment with which a process starts, so the
// tests run in a child of the process that go test starts.
func TestMain(m *testing.M) {
	if doubles.Child() {
		os.Exit(browser.Run(m))
	}
	os.Exit(parent())
}

func parent() int {
	dir, err := os.MkdirTemp("", "nativertc-doubles-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	environment, err := doubles.BuildVA(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	more, err := doubles.BuildNVENC(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return doubles.Run(append(environment, more...))
}

// driver is the double, as one test sees it.
type driver struct{ log, fault string }

// useDriver makes the double behave as a persona for the time of the test.
func useDriver(t *testing.T, persona string) *driver {
	t.Helper()
	dir := t.TempDir()
	d := &driver{log: filepath.Join(dir, "log"), fault: filepath.Join(dir, "fault")}
	// Where there is cgo, the C library sees this too.
	t.Setenv("NATIVERTC_VA_DOUBLE_PERSONA", persona)
	t.Setenv("NATIVERTC_VA_DOUBLE_LOG", d.log)
	t.Setenv("NATIVERTC_VA_DOUBLE_FAULT", d.fault)
	return d
}

// setFault names the faults to make from now on.
func (d *driver) setFault(t *testing.T, words string) {
	t.Helper()
	if err := os.WriteFile(d.fault+".new", []byte(words), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(d.fault+".new", d.fault); err != nil {
		t.Fatal(err)
	}
}

// all returns all that the double was told.
func (d *driver) all() string {
	text, _ := os.ReadFile(d.log) // none before the first
	return string(text)
}

// lines returns what the double was told, as lines that begin with a word.
func (d *driver) lines(word string) (found []string) {
	for line := range strings.Lines(d.all()) {
		if strings.HasPrefix(line, word+" ") {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return found
}
