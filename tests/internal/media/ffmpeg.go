// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
)

// ffmpegLimit bounds one run of ffmpeg. The clips here take it about a second.
const ffmpegLimit = 2 * time.Minute

// ffmpeg feeds input to one run of the program and returns what it wrote.
func ffmpeg(input io.Reader, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), ffmpegLimit)
	defer cancel()
	// One thread: several tests run at once, on few cores.
	args = append([]string{"-hide_banner", "-loglevel", "error", "-nostdin", "-threads", "1"}, args...)
	cmd := exec.CommandContext(ctx, "ffmpeg", append(args, "pipe:1")...)
	var out, errOut bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = input, &out, &errOut
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("ffmpeg %s: %w: %s", strings.Join(args, " "), err, strings.TrimSpace(errOut.String()))
	}
	return out.Bytes(), nil
}
