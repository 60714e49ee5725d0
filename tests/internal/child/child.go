// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package child runs programs that must not outlive the test process.
package child

import (
	"os/exec"
	"runtime"
	"syscall"
)

// A Process is a running program and whatever it has started.
type Process struct {
	pid  int
	done chan struct{}
}

// Start starts cmd in a process group of its own. The kernel kills it if the test
// process dies without calling Kill, as it does on a panic or a timeout.
func Start(cmd *exec.Cmd) (*Process, error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	p := &Process{done: make(chan struct{})}
	started := make(chan error)
	go func() {
		// The death signal comes when the starting thread ends, not the process:
		// this goroutine keeps the thread to itself until the child is gone.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(p.done)
		err := cmd.Start()
		if err == nil {
			p.pid = cmd.Process.Pid
		}
		started <- err
		if err == nil {
			_ = cmd.Wait() // ends by Kill, or its owner sees Done
		}
	}()
	return p, <-started
}

// Done is closed when the program has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Kill kills the program and all of its process group, and waits until the
// program is gone. It may be called more than once.
func (p *Process) Kill() {
	// The group may outlive its leader. Where nobody is left in it, this is an error
	// without effect.
	_ = syscall.Kill(-p.pid, syscall.SIGKILL)
	<-p.done
}
