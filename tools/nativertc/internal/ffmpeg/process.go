// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package ffmpeg

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"time"
)

// waitDelay bounds how long Wait waits for a child's pipes after the child has
// been told to end.
const waitDelay = 3 * time.Second

// Error is a failure of ffmpeg or ffprobe.
type Error struct {
	// Program is "ffmpeg" or "ffprobe".
	Program string
	// Detail is what the program said last on its standard error, one line.
	Detail string
	// Err is the cause as the operating system sees it, such as an
	// *exec.ExitError.
	Err error
}

// Error returns the program's own words where it said any, else the cause.
func (e *Error) Error() string {
	if e.Detail != "" {
		return e.Program + ": " + e.Detail
	}
	return fmt.Sprintf("%s: %v", e.Program, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Process is a running ffmpeg with one pipe: its standard output (StartReader)
// or its standard input (StartWriter).
type Process struct {
	ctx    context.Context // the caller's
	cmd    *exec.Cmd
	stderr *tail
	cancel context.CancelFunc
	out    io.ReadCloser
	in     io.WriteCloser

	waitOnce sync.Once
	waitErr  error
}

// StartReader starts ffmpeg with args and gives its standard output through
// Read. The child ends when ctx does. Wait or Kill must be called.
func StartReader(ctx context.Context, args ...string) (*Process, error) {
	return start(ctx, args, func(p *Process) (err error) {
		p.out, err = p.cmd.StdoutPipe()
		return err
	})
}

// StartWriter starts ffmpeg with args and feeds its standard input through
// Write. The child ends when ctx does. CloseInput ends the input; Wait or Kill
// must be called.
func StartWriter(ctx context.Context, args ...string) (*Process, error) {
	return start(ctx, args, func(p *Process) (err error) {
		p.in, err = p.cmd.StdinPipe()
		return err
	})
}

func start(ctx context.Context, args []string, pipe func(*Process) error) (*Process, error) {
	path, err := Find("ffmpeg")
	if err != nil {
		return nil, err
	}
	inner, cancel := context.WithCancel(ctx)
	p := &Process{ctx: ctx, stderr: &tail{}, cancel: cancel}
	p.cmd = exec.CommandContext(inner, path, append([]string{"-hide_banner", "-loglevel", "error"}, args...)...)
	p.cmd.Stderr = p.stderr
	p.cmd.WaitDelay = waitDelay
	isolate(p.cmd)
	if err := pipe(p); err != nil {
		cancel()
		return nil, &Error{Program: "ffmpeg", Err: err}
	}
	if err := p.cmd.Start(); err != nil {
		cancel()
		return nil, &Error{Program: "ffmpeg", Err: err}
	}
	return p, nil
}

// Read reads the child's standard output.
func (p *Process) Read(b []byte) (int, error) { return p.out.Read(b) }

// Write writes to the child's standard input.
func (p *Process) Write(b []byte) (int, error) { return p.in.Write(b) }

// CloseInput ends the child's standard input, on which ffmpeg finishes its
// output and exits.
func (p *Process) CloseInput() error { return p.in.Close() }

// Wait waits for the child's end and returns nil where it exited with status 0.
// It may be called more than once. A reader must have read to the end before.
func (p *Process) Wait() error {
	p.waitOnce.Do(func() {
		err := p.cmd.Wait()
		p.cancel()
		if err != nil {
			err = withCause(p.ctx, err)
			p.waitErr = &Error{Program: "ffmpeg", Detail: p.stderr.String(), Err: err}
		}
	})
	return p.waitErr
}

// Kill ends the child now and waits for it. What it wrote so far may be
// unusable.
func (p *Process) Kill() {
	p.cancel()
	_ = p.Wait() // Its status says only that it was killed.
}

// Run runs ffmpeg with args to its end.
func Run(ctx context.Context, args ...string) error {
	_, err := capture(ctx, "ffmpeg", append([]string{"-nostdin", "-hide_banner", "-loglevel", "error"}, args...))
	return err
}

// capture runs a program to its end and returns its standard output.
func capture(ctx context.Context, program string, args []string) ([]byte, error) {
	path, err := Find(program)
	if err != nil {
		return nil, err
	}
	var stdout bytes.Buffer
	stderr := &tail{}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Stdout, cmd.Stderr = &stdout, stderr
	cmd.WaitDelay = waitDelay
	isolate(cmd)
	if err := cmd.Run(); err != nil {
		return nil, &Error{Program: program, Detail: stderr.String(), Err: withCause(ctx, err)}
	}
	return stdout.Bytes(), nil
}

// withCause puts the reason why ctx ended before the child's "signal: killed".
func withCause(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return fmt.Errorf("%w: %w", cause, err)
	}
	return err
}
