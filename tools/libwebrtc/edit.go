// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// An edit changes one file of the sources. One that does not find exactly what it was
// written for fails, so that no build is made of something else.
type edit struct {
	name   string
	why    string
	file   string
	change change
}

// A change makes a file's new text of the old.
type change interface {
	apply(text string) (string, error)
	String() string // all that it consists of
}

func (e edit) apply(dir string) error {
	path := filepath.Join(dir, e.file)
	text, err := os.ReadFile(path)
	if err == nil {
		var changed string
		if changed, err = e.change.apply(string(text)); err == nil {
			err = os.WriteFile(path, []byte(changed), 0o644)
		}
	}
	if err != nil {
		return fmt.Errorf("edit %s does not apply to %s: %w", e.name, e.file, err)
	}
	return nil
}

// substitute puts new in the place of old, which must be there a number of times; 0
// means once.
type substitute struct {
	old, new string
	times    int
}

func (s substitute) String() string { return fmt.Sprintf("%q %q %d", s.old, s.new, s.times) }

func (s substitute) apply(text string) (string, error) {
	want := max(s.times, 1)
	if have := strings.Count(text, s.old); have != want {
		return "", fmt.Errorf("the text %q is there %d times, not %d", s.old, have, want)
	}
	return strings.ReplaceAll(text, s.old, s.new), nil
}

// cut takes out what begins with from and ends before upTo. from must be there once.
type cut struct {
	from, upTo string
}

func (c cut) String() string { return fmt.Sprintf("%q %q", c.from, c.upTo) }

func (c cut) apply(text string) (string, error) {
	if have := strings.Count(text, c.from); have != 1 {
		return "", fmt.Errorf("the text %q is there %d times, not 1", c.from, have)
	}
	before, rest, _ := strings.Cut(text, c.from)
	_, after, found := strings.Cut(rest, c.upTo)
	if !found {
		return "", fmt.Errorf("after %q there is no %q", c.from, c.upTo)
	}
	return before + c.upTo + after, nil
}
