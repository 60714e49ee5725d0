// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A command is one to run; what it prints goes into a log, of which the end is shown
// if it fails.
type command struct {
	dir   string
	env   []string // besides this process's
	log   string   // "": nowhere
	stdin []byte
	args  []string
}

// run runs it. At an interruption it is asked to end, with all that it started: it is
// the leader of a process group of its own.
func (c command) run(ctx context.Context) error {
	_, err := c.output(ctx)
	return err
}

// output is what it wrote to standard output.
func (c command) output(ctx context.Context) (string, error) {
	cmd := c.prepare(ctx)
	var out bytes.Buffer
	var all transcript
	cmd.Stdout = io.MultiWriter(&out, &all)
	cmd.Stderr = &all
	err := cmd.Run()
	if c.log != "" {
		if failed := appendFile(c.log, all.text.Bytes()); failed != nil && err == nil {
			err = failed
		}
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		return "", c.failure(err, all.text.String())
	}
	return out.String(), nil
}

func (c command) prepare(ctx context.Context) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	cmd.Dir = c.dir
	cmd.Env = append(append(os.Environ(), "LC_ALL=C"), c.env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	if c.stdin != nil {
		cmd.Stdin = bytes.NewReader(c.stdin)
	}
	return cmd
}

func (c command) failure(err error, said string) error {
	const lines = 25
	end := strings.Split(strings.TrimSpace(said), "\n")
	if len(end) > lines {
		end = end[len(end)-lines:]
	}
	where := ""
	if c.log != "" {
		where = " (the whole of it: " + c.log + ")"
	}
	return fmt.Errorf("%s: %w%s\n%s", filepath.Base(c.args[0]), err, where, strings.Join(end, "\n"))
}

// A transcript is written to by the two goroutines that read a command's outputs.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (t *transcript) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(p)
}

func appendFile(path string, text []byte) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if _, err := file.Write(text); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
