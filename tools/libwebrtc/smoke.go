// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

//go:embed smoke/*.cc smoke/*.h
var smokeSources embed.FS

// A smokeTest is a program or a library made of the sources named, with the prefix and
// by the compiler of a user.
type smokeTest struct {
	name    string
	about   string
	sources []string
	after   []string // the linker's options after the prefix's
	shared  bool
	alone   bool // without the prefix
	load    string
	run     bool
}

var smokeTests = []smokeTest{
	{name: "call", about: "two peers: ICE, DTLS, SCTP, H265, the event log", sources: []string{"main.cc", "call.cc", "h265.cc"}, run: true},
	{name: "codecs", about: "each video codec there and back", sources: []string{"codecs.cc"}, run: true},
	{
		name: "neighbours", about: "beside Debian's OpenSSL and FFmpeg", sources: []string{"neighbours.cc", "call.cc", "h265.cc"},
		after: []string{"-lssl", "-lcrypto", "-lavcodec", "-lavutil"}, run: true,
	},
	{
		name: "neighbours-static", about: "beside OpenSSL's static library", sources: []string{"neighbours.cc", "call.cc", "h265.cc"},
		after: []string{"-l:libssl.a", "-l:libcrypto.a", "-lavcodec", "-lavutil", "-ldl"}, run: true,
	},
	{
		name: "libcall.so", about: "inside a shared library", sources: []string{"call.cc", "h265.cc"}, shared: true,
		after: []string{"-Wl,-z,defs"},
	},
	{
		name: "load", about: "that library in a program with OpenSSL and FFmpeg", sources: []string{"load.cc"}, alone: true,
		after: []string{"-lcrypto", "-lavcodec", "-ldl"}, load: "libcall.so", run: true,
	},
	{
		name: "libwhole.so", about: "all objects are position-independent", shared: true,
		after: []string{"-Wl,--whole-archive", "-lwebrtc", "-Wl,--no-whole-archive"},
	},
}

// smoke compiles and runs programs that use the prefix.
func (b *builder) smoke(ctx context.Context) error {
	dir := filepath.Join(b.targetDir(), "smoke")
	if err := errors.Join(os.RemoveAll(dir), os.CopyFS(dir, smokeSources)); err != nil {
		return err
	}
	for _, t := range smokeTests {
		b.say("      %s: %s", t.name, t.about)
		if err := b.smokeTest(ctx, dir, t); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	if b.target.foreign() {
		return nil
	}
	b.say("      nativertc: the bridge over the prefix, and what its program finds")
	return b.smokeNativertc(ctx, dir)
}

// smokeNativertc builds the program of this checkout over the prefix: the bridge names
// functions that no header of the prefix declares.
func (b *builder) smokeNativertc(ctx context.Context, dir string) error {
	program := filepath.Join(dir, "nativertc")
	err := command{
		dir: b.root, log: b.log("smoke"),
		env:  []string{"PKG_CONFIG_PATH=" + filepath.Join(b.staging(), "lib", "pkgconfig")},
		args: []string{"go", "build", "-tags", "m150", "-o", program, "./tools/nativertc"},
	}.run(ctx)
	if err == nil {
		err = command{log: b.log("smoke"), args: []string{program, "probe"}}.run(ctx)
	}
	if err != nil {
		return fmt.Errorf("nativertc: %w", err)
	}
	return nil
}

func (b *builder) smokeTest(ctx context.Context, dir string, t smokeTest) error {
	args := append(b.userCompiler(), "-std=c++20", "-O1", "-w", "-o", t.name)
	if t.shared {
		// With -z text the linker takes no code that is not position-independent.
		args = append(args, "-shared", "-fPIC", "-fvisibility=hidden", "-Wl,-z,text")
	}
	if !t.alone {
		flags, err := b.pkgConfig(ctx)
		if err != nil {
			return err
		}
		t.after = append(flags, t.after...)
	}
	for _, s := range t.sources {
		args = append(args, filepath.Join("smoke", s))
	}
	err := command{dir: dir, log: b.log("smoke"), args: append(args, t.after...)}.run(ctx)
	if err == nil && t.shared {
		err = checkExports(ctx, filepath.Join(dir, t.name))
	}
	if err != nil || !t.run {
		return err
	}
	program := []string{filepath.Join(dir, t.name)}
	if t.load != "" {
		program = append(program, filepath.Join(dir, t.load))
	}
	if b.target.foreign() {
		program = append([]string{b.target.qemu, "-L", b.sysroot}, program...)
	}
	out, err := command{dir: dir, log: b.log("smoke"), args: program}.output(ctx)
	for line := range strings.Lines(out) {
		b.say("        %s", strings.TrimSpace(line))
	}
	return err
}

// checkExports makes sure that a shared library keeps libwebrtc's symbols to itself.
func checkExports(ctx context.Context, library string) error {
	symbols, err := definedSymbols(ctx, library, "--dynamic")
	if err != nil {
		return err
	}
	for _, s := range symbols {
		if err := checkExported(s, "SmokeCall"); err != nil {
			return err
		}
	}
	return nil
}

// userCompiler is g++, as users have it; for another architecture, the compiler that
// libwebrtc was built with.
func (b *builder) userCompiler() []string {
	if b.target.foreign() {
		return b.compiler("clang++")
	}
	return []string{"g++"}
}

// pkgConfig returns the flags of the prefix that is being made. It wraps one function for
// the bridge, which the smoke test has not.
func (b *builder) pkgConfig(ctx context.Context) ([]string, error) {
	c := command{
		env:  []string{"PKG_CONFIG_PATH=" + filepath.Join(b.staging(), "lib", "pkgconfig")},
		args: []string{"pkg-config", "--cflags", "--libs", "libwebrtc"},
	}
	out, err := c.output(ctx)
	if err != nil {
		return nil, err
	}
	var flags []string
	for _, f := range strings.Fields(out) {
		if !strings.HasPrefix(f, "-Wl,--wrap=") {
			flags = append(flags, f)
		}
	}
	return flags, nil
}
