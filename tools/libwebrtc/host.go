// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// needed are the commands that the build runs, with the Debian package of each.
// tools/setup/setup.sh libwebrtc installs them.
var needed = []struct{ command, debian string }{
	{"apt-get", "apt"},
	{llvm("bin/clang++"), "clang-19"},
	{llvm("bin/llvm-ar"), "llvm-19"},
	{llvm("bin/llvm-nm"), "llvm-19"},
	{llvm("bin/llvm-objcopy"), "llvm-19"},
	{llvm("bin/ld.lld"), "lld-19"},
	{"gn", "generate-ninja"},
	{"ninja", "ninja-build"},
	{"meson", "meson"},
	{"nasm", "nasm"},
	{"make", "make"},
	{"patch", "patch"},
	{"pkg-config", "pkg-config"},
	{"python3", "python3"},
	{"tar", "tar"},
	{"xz", "xz-utils"},
	{"g++", "g++"}, // the smoke test is compiled as a user's program is
}

// neededFiles are those besides commands.
var neededFiles = []struct{ path, debian string }{
	{"/usr/share/keyrings/debian-archive-keyring.gpg", "debian-archive-keyring"},
	{"/usr/include/alsa/asoundlib.h", "libasound2-dev"},
	{"/usr/include/openssl/ssl.h", "libssl-dev"},
	{filepath.Join("/usr/include", targets[runtime.GOARCH].triple, "libavcodec/avcodec.h"), "libavcodec-dev"},
}

// llvm names a file of the compiler that everything is built with.
func llvm(name string) string { return filepath.Join("/usr/lib/llvm-19", name) }

// What the folders take at the most, with some to spare: the downloads, the part of
// the sources that is unpacked, objects, and the prefix.
const (
	downloadBytes = 1.0e9
	sourceBytes   = 1.0e9
	outputBytes   = 1.0e9
)

// check finds out what is missing before anything takes long.
func (b *builder) check(ctx context.Context) error {
	var problems []error
	if missing := missingPackages(b.target); len(missing) > 0 {
		problems = append(problems, fmt.Errorf("these Debian packages are missing: %s\n"+
			"       install them with: tools/setup/setup.sh libwebrtc", strings.Join(missing, " ")))
	}
	free, err := freeBytes(b.work)
	if err != nil {
		return err
	}
	if need := b.neededBytes(); free < need {
		problems = append(problems, fmt.Errorf("%s has %.1f GB free, and the build needs %.1f GB more; name a folder elsewhere with -work",
			b.work, free/1e9, need/1e9))
	}
	if fields, err := os.ReadFile(filepath.Join(b.root, "go.mod")); err != nil || !strings.Contains(string(fields), "module github.com/nativertc/nativertc\n") {
		problems = append(problems, fmt.Errorf("%s is no checkout of nativertc; name it with -root", b.root))
	}
	if err := errors.Join(problems...); err != nil {
		return err
	}
	return b.findSysroot(ctx)
}

func missingPackages(t target) []string {
	var missing []string
	for _, n := range needed {
		if _, err := exec.LookPath(n.command); err != nil {
			missing = append(missing, n.debian)
		}
	}
	for _, n := range neededFiles {
		if _, err := os.Stat(n.path); err != nil {
			missing = append(missing, n.debian)
		}
	}
	if t.foreign() {
		if _, err := exec.LookPath(t.qemu); err != nil {
			missing = append(missing, "qemu-user-static")
		}
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}

// neededBytes is what is still to be written: less after an interruption.
func (b *builder) neededBytes() float64 {
	var need float64
	for _, part := range []struct {
		path  string
		bytes float64
	}{
		{filepath.Join(b.downloads(), chromium.Files[0].Name), downloadBytes},
		{b.source(), sourceBytes},
		{filepath.Join(b.output(), "obj", "libwebrtc.a"), outputBytes},
	} {
		if _, err := os.Stat(part.path); err != nil {
			need += part.bytes
		}
	}
	return need
}

func freeBytes(dir string) (float64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(dir, &stat); err != nil {
		return 0, err
	}
	return float64(stat.Bavail) * float64(stat.Bsize), nil
}
