// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package fftest helps tests that need the ffmpeg program.
package fftest

import (
	"os"
	"os/exec"
	"testing"

	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg"
)

// Need lets the test go on only where ffmpeg and ffprobe are installed. Without
// them the test is skipped on a developer's machine and fails where the variable
// CI is set, so that it cannot vanish from the checks unseen.
func Need(t testing.TB) {
	t.Helper()
	for _, program := range []string{"ffmpeg", "ffprobe"} {
		if _, err := ffmpeg.Find(program); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
}

// Make runs ffmpeg with args to create a test file.
func Make(t testing.TB, args ...string) {
	t.Helper()
	args = append([]string{"-nostdin", "-hide_banner", "-loglevel", "error", "-y"}, args...)
	if out, err := exec.Command("ffmpeg", args...).CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg %v: %v\n%s", args, err, out)
	}
}
