// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/nativertc/nativertc/internal/debsource"
)

// A library is one that libwebrtc links and that is not among Chromium's sources.
// Debian's own static archives do not serve: Opus's is not position-independent.
type library struct {
	source debsource.Package
	spdx   string // its licence
	text   string // the file with it
	build  func(*builder, context.Context, string) error
}

var libraries = []library{
	{source: opus, spdx: "BSD-3-Clause", text: "COPYING", build: (*builder).buildOpus},
	{source: dav1d, spdx: "BSD-2-Clause", text: "COPYING", build: (*builder).buildDav1d},
	{source: openh264, spdx: "BSD-2-Clause", text: "LICENSE", build: (*builder).buildOpenH264},
}

// Everything is compiled for use in a shared library, and is exported by none.
const libraryFlags = "-O2 -fPIC -fvisibility=hidden -ffunction-sections -fdata-sections -DNDEBUG"

func (b *builder) libraryInputs() []string {
	inputs := []string{libraryFlags, b.target.triple}
	if b.sysroot != "" {
		inputs = append(inputs, b.sysroot)
	}
	for _, l := range libraries {
		for _, f := range l.source.Files {
			inputs = append(inputs, f.SHA256)
		}
	}
	return inputs
}

// libraries builds them all into one folder, where pkg-config finds them.
func (b *builder) libraries(ctx context.Context) error {
	if err := os.RemoveAll(b.libraryDir()); err != nil {
		return err
	}
	for _, l := range libraries {
		b.say("      %s %s", l.source.Name, l.source.Version)
		dir := b.librarySource(l)
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
		if err := unpack(ctx, filepath.Join(b.downloads(), l.source.Files[0].Name), dir); err != nil {
			return err
		}
		if err := unpack(ctx, filepath.Join(b.downloads(), l.source.Files[1].Name), filepath.Join(dir, "debian")); err != nil {
			return err
		}
		if _, err := applySeries(ctx, dir, filepath.Join(dir, "debian", "patches")); err != nil {
			return fmt.Errorf("%s: %w", l.source.Name, err)
		}
		if err := l.build(b, ctx, dir); err != nil {
			return fmt.Errorf("%s: %w", l.source.Name, err)
		}
	}
	return nil
}

func (b *builder) librarySource(l library) string {
	return filepath.Join(b.targetDir(), "source-"+l.source.Name)
}

// archives are those of the libraries.
func (b *builder) archives() []string {
	var found []string
	for _, l := range libraries {
		found = append(found, filepath.Join(b.libraryDir(), "lib", "lib"+l.source.Name+".a"))
	}
	return found
}

func (b *builder) buildOpus(ctx context.Context, dir string) error {
	configure := []string{
		"./configure", "--prefix=" + b.libraryDir(), "--libdir=" + filepath.Join(b.libraryDir(), "lib"),
		"--disable-shared", "--enable-static", "--with-pic", "--disable-doc", "--disable-extra-programs",
		"--host=" + b.target.triple,
		"CC=" + strings.Join(b.compiler("clang"), " "), "AR=" + llvm("bin/llvm-ar"), "RANLIB=" + llvm("bin/llvm-ranlib"),
		"NM=" + llvm("bin/llvm-nm"), "CFLAGS=" + libraryFlags,
	}
	return b.inTurn(ctx, dir, configure, []string{"make", b.jobsFlag()}, []string{"make", "install"})
}

func (b *builder) buildDav1d(ctx context.Context, dir string) error {
	machine, err := b.mesonMachine(dir)
	if err != nil {
		return err
	}
	setup := []string{
		"meson", "setup", "out", "--prefix=" + b.libraryDir(), "--libdir=lib", "--buildtype=release", "--default-library=static",
		"-Db_staticpic=true", "-Denable_tools=false", "-Denable_tests=false",
	}
	return b.inTurn(ctx, dir, append(setup, machine...), []string{"ninja", "-C", "out", b.jobsFlag(), "install"})
}

// mesonMachine writes the description of compiler and target that meson wants, and
// returns the option that names it.
func (b *builder) mesonMachine(dir string) ([]string, error) {
	quoted := func(words []string) string { return "['" + strings.Join(words, "', '") + "']" }
	cpu, _, _ := strings.Cut(b.target.triple, "-")
	text := fmt.Sprintf("[binaries]\nc = %s\nar = '%s'\nstrip = '%s'\n", quoted(b.compiler("clang")), llvm("bin/llvm-ar"), llvm("bin/llvm-strip"))
	option := "--native-file"
	if b.target.foreign() {
		option = "--cross-file"
		text += fmt.Sprintf("[host_machine]\nsystem = 'linux'\ncpu_family = '%s'\ncpu = '%s'\nendian = 'little'\n", cpu, cpu)
	}
	path := filepath.Join(dir, "machine.ini")
	return []string{option, path}, os.WriteFile(path, []byte(text), 0o644)
}

// buildOpenH264 needs flags for C++ too, in which libwebrtc has no exceptions but RTTI.
func (b *builder) buildOpenH264(ctx context.Context, dir string) error {
	cc := strings.Join(b.compiler("clang"), " ")
	return b.inTurn(ctx, dir, []string{
		"make", b.jobsFlag(), "OS=linux", "ARCH=" + b.target.openh264, "BUILDTYPE=Release",
		"CC=" + cc, "CXX=" + strings.Join(b.compiler("clang++"), " "), "CCAS=" + cc, "AR=" + llvm("bin/llvm-ar"),
		"PREFIX=" + b.libraryDir(), "LIBDIR_NAME=lib", "CFLAGS_OPT=" + libraryFlags,
		"libopenh264.a", "install-static",
	})
}

// inTurn runs commands in a folder until one fails. What they print goes into a log.
func (b *builder) inTurn(ctx context.Context, dir string, commands ...[]string) error {
	for _, args := range commands {
		err := command{dir: dir, log: filepath.Join(dir, "build.log"), args: args}.run(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) jobsFlag() string { return fmt.Sprintf("-j%d", b.jobs) }
