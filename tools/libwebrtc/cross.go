// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// foreign tells whether the target is another architecture than this machine's.
func (t target) foreign() bool { return t.arch != runtime.GOARCH }

// sysrootPackages are what libwebrtc and the smoke test are compiled against.
var sysrootPackages = []string{"libc6-dev", "libstdc++-12-dev", "linux-libc-dev", "libasound2-dev", "libssl-dev", "libavcodec-dev"}

// findSysroot assembles the headers and libraries of a foreign architecture, if the
// target is one, and keeps the folder for what is compiled.
func (b *builder) findSysroot(ctx context.Context) error {
	if !b.target.foreign() || b.sysroot != "" {
		return nil
	}
	b.say("      headers and libraries of %s", b.target.debian)
	args := append([]string{filepath.Join(b.root, "tools/platforms/sysroot.sh"), b.target.debian}, sysrootPackages...)
	out, err := command{args: args}.output(ctx)
	if err != nil {
		return fmt.Errorf("sysroot: %w", err)
	}
	b.sysroot = strings.TrimSpace(out)
	return nil
}

// compiler is the command by which clang or clang++ compiles for the target.
func (b *builder) compiler(name string) []string {
	words := []string{llvm("bin/" + name)}
	if b.target.foreign() {
		// The linker is named also where nothing is linked, which is no mistake.
		words = append(words, "--target="+b.target.triple, "--sysroot="+b.sysroot,
			"--start-no-unused-arguments", "-fuse-ld=lld", "--end-no-unused-arguments")
	}
	return words
}
