// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package multicastdns

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nativertc/nativertc/tests/internal/browser"
)

// callLimit bounds a test: many times what it takes, for a machine that is busy.
const callLimit = 2 * time.Minute

// inside tells the process in the namespace, by its environment, the interface to use.
const inside = "NATIVERTC_TEST_MULTICAST_INTERFACE"

// interfaceName is the interface of all peers.
var interfaceName string

func TestMain(m *testing.M) {
	status, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "multicastdns:", err)
		status = 1
	}
	os.Exit(status)
}

func run(m *testing.M) (status int, err error) {
	interfaceName = os.Getenv(inside)
	if interfaceName == "" {
		status, err := runInNamespace()
		if !errors.Is(err, syscall.EPERM) && !errors.Is(err, syscall.ENOSPC) {
			return status, err
		}
		fmt.Println("no network namespace:", err)
		if interfaceName, err = ownInterface(); err != nil {
			return 0, err
		}
	} else if err := makeNetwork(); err != nil {
		return 0, err
	}
	browser.HideAddresses()
	return browser.Run(m), nil
}

// runInNamespace runs this program once more, in a network namespace of its own.
func runInNamespace() (status int, err error) {
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Env = append(os.Environ(), inside+"=nrtc0")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET, Pdeathsig: syscall.SIGKILL}
	if os.Geteuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	// The death signal comes when the starting thread ends, not the process.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err = cmd.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return max(exit.ExitCode(), 1), nil
	}
	return 0, err
}

// makeNetwork makes the interfaces of the namespace: loopback, and one that holds up
// because the other end of its cable does. The browser looks at the one that leads to
// the rest of the world, which is not there.
func makeNetwork() error {
	for _, line := range []string{
		"link set lo up",
		"link add " + interfaceName + " type veth peer name nrtc1",
		"addr add 10.77.0.1/24 dev " + interfaceName,
		"link set " + interfaceName + " up",
		"link set nrtc1 up",
		"route add default via 10.77.0.2",
	} {
		if output, err := exec.Command("ip", strings.Fields(line)...).CombinedOutput(); err != nil {
			return fmt.Errorf("ip %s: %w: %s", line, err, output)
		}
	}
	return nil
}

// ownInterface finds an interface that takes multicast over IPv4.
func ownInterface() (string, error) {
	interfaces, err := net.Interfaces()
	if err != nil {
		return "", err
	}
	const wanted = net.FlagUp | net.FlagRunning | net.FlagMulticast
	for _, i := range interfaces {
		if i.Flags&(wanted|net.FlagLoopback) != wanted {
			continue
		}
		addresses, err := i.Addrs()
		if err != nil {
			return "", err
		}
		for _, a := range addresses {
			if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil {
				return i.Name, nil
			}
		}
	}
	return "", errors.New("no interface for multicast either")
}

func limit(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), callLimit)
	t.Cleanup(cancel)
	return ctx
}
