// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build unix

package ffmpeg

import (
	"os/exec"
	"syscall"
)

// isolate puts the child into a process group of its own, out of reach of the
// terminal's Ctrl-C.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
