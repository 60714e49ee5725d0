// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// killLimit bounds the wait for killed processes to go.
const killLimit = 10 * time.Second

// killStragglers kills the processes that have the given variable in their
// environment and waits until there are none. Some of Chromium's helpers leave the
// browser's process group, but all inherit its environment.
func killStragglers(variable string) error {
	for deadline := time.Now().Add(killLimit); ; {
		pids, err := stragglers(variable)
		if err != nil || len(pids) == 0 {
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("processes %v do not end", pids)
		}
		for _, pid := range pids {
			_ = syscall.Kill(pid, syscall.SIGKILL) // gone already, or dying
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func stragglers(variable string) (pids []int, err error) {
	files, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		// A process that has ended meanwhile, or is somebody else's, cannot be read;
		// one that has ended and is not yet collected reads as empty.
		environment, err := os.ReadFile(file)
		if err != nil || !slices.ContainsFunc(bytes.Split(environment, []byte{0}),
			func(entry []byte) bool { return string(entry) == variable }) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil {
			return nil, err
		}
		pids = append(pids, pid)
	}
	return pids, nil
}
