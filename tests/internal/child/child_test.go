// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package child

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestKillTakesGrandchildren(t *testing.T) {
	// The shell's own child holds the pipe open for as long as it lives.
	cmd := exec.Command("sh", "-c", "sleep 1000 & echo $!; wait")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	p, err := Start(cmd)
	require.NoError(t, err)
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	grandchild, err := strconv.Atoi(strings.TrimSpace(line))
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(grandchild, 0), "it runs")

	p.Kill()
	p.Kill()
	assert.Eventually(t, func() bool { return gone(grandchild) }, 10*time.Second, time.Millisecond)
}

// gone reports whether a process has ended. One whose new parent has not looked
// after it yet still has its number.
func gone(pid int) bool {
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return true
	}
	// The state follows the name, which is in brackets.
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	_, state, _ := strings.Cut(string(stat), ") ")
	return errors.Is(err, fs.ErrNotExist) || strings.HasPrefix(state, "Z")
}

func TestStartFails(t *testing.T) {
	_, err := Start(exec.Command("/nonexistent/program"))
	assert.Error(t, err)
}
