// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build unix

package cli

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// startChild starts this test binary as the program in TestMain and waits until
// it listens to signals.
func startChild(t *testing.T, mode string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, exe)
	cmd.Env = append(os.Environ(), "CLI_TEST_CHILD="+mode)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewReader(out)
	requireLine(t, lines, "ready\n")
	return cmd, lines
}

func requireLine(t *testing.T, r *bufio.Reader, want string) {
	t.Helper()
	line, err := r.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, want, line)
}

func TestFirstSignalEndsTheContext(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		cmd, lines := startChild(t, "obey")
		require.NoError(t, cmd.Process.Signal(s))
		requireLine(t, lines, "ending\n")
		var exit *exec.ExitError
		require.ErrorAs(t, cmd.Wait(), &exit)
		require.Equal(t, 7, exit.ExitCode(), "the program ended by itself")
	}
}

func TestSecondSignalKills(t *testing.T) {
	cmd, lines := startChild(t, "ignore")
	require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
	requireLine(t, lines, "ending\n")
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	// The signals are given back just after the context's end: try again.
	var err error
	for done := false; !done; {
		_ = cmd.Process.Signal(syscall.SIGINT)
		select {
		case err = <-ended:
			done = true
		case <-time.After(10 * time.Millisecond):
		}
	}
	var exit *exec.ExitError
	require.True(t, errors.As(err, &exit))
	status := exit.Sys().(syscall.WaitStatus)
	require.True(t, status.Signaled())
	require.Equal(t, syscall.SIGINT, status.Signal())
}

func TestStopGivesTheSignalsBack(t *testing.T) {
	ctx, stop := Signals(t.Context())
	require.NoError(t, ctx.Err())
	stop()
	require.ErrorIs(t, ctx.Err(), context.Canceled)
}
