// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build unix

package progress

import (
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// defaultWidth is that of a terminal that does not tell its width.
const defaultWidth = 80

// terminalWidth says whether w is a terminal that understands to clear a line, and
// how its width, which may change, is asked for.
func terminalWidth(w io.Writer) (width func() int, terminal bool) {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return nil, false
	}
	size := func() (*unix.Winsize, error) { return unix.IoctlGetWinsize(int(f.Fd()), unix.TIOCGWINSZ) }
	if _, err := size(); err != nil {
		return nil, false
	}
	return func() int {
		if s, err := size(); err == nil && s.Col > 0 {
			return int(s.Col)
		}
		return defaultWidth
	}, true
}
