// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package ffmpeg

import (
	"errors"
	"fmt"
	"os/exec"
)

// ErrNotInstalled is in the chain of every error that says that the ffmpeg or
// ffprobe program is missing.
var ErrNotInstalled = errors.New("not installed; on Debian and Ubuntu: sudo apt-get install ffmpeg")

// Find returns the path of the program, "ffmpeg" or "ffprobe". The error is
// ErrNotInstalled where PATH has none.
func Find(program string) (string, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return "", fmt.Errorf("%s: %w", program, ErrNotInstalled)
	}
	return path, nil
}
