// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
)

const modulePath = "github.com/nativertc/nativertc"

// builder builds the programs.
type builder struct {
	root     string // of the module
	tags     string
	cache    string
	pion     bool
	progress io.Writer
}

func newBuilder(ctx context.Context, o Options) (*builder, error) {
	tags := buildTags()
	if o.Tags != nil {
		tags = *o.Tags
	}
	dir := o.Root
	if dir == "" {
		dir = "."
	}
	c := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Path}}\n{{.Dir}}")
	c.Dir = dir
	out, err := output(c)
	path, root, _ := strings.Cut(out, "\n")
	if err != nil || path != modulePath {
		return nil, fmt.Errorf("bench: the programs are built from the sources of %s, and %s is not within them", modulePath, dir)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	cache = filepath.Join(cache, "nativertc", "bench")
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	return &builder{root: root, tags: tags, cache: cache, pion: !o.WithoutPion, progress: o.Progress}, nil
}

// buildTags returns the build tags of the running program.
func buildTags() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "-tags" {
			return s.Value
		}
	}
	return ""
}

func (b *builder) m150() bool {
	for tag := range strings.FieldsFuncSeq(b.tags, func(r rune) bool { return r == ',' || r == ' ' }) {
		if tag == "m150" {
			return true
		}
	}
	return false
}

// revision names the libwebrtc revision that is measured.
func (b *builder) revision(ctx context.Context) string {
	if b.m150() {
		version, err := output(exec.CommandContext(ctx, "pkg-config", "--modversion", "libwebrtc"))
		if err != nil {
			return "m150"
		}
		return "m150 (libwebrtc " + version + ")"
	}
	version, err := output(exec.CommandContext(ctx, "dpkg-query", "-W", "-f", "${Version}", "libtgowt-dev"))
	if err != nil {
		return "debian"
	}
	return "debian (libtgowt-dev " + version + ")"
}

// build returns the programs, ready to run.
func (b *builder) build(ctx context.Context) ([]program, error) {
	name := "debian"
	if b.m150() {
		name = "m150"
	}
	oursPath := filepath.Join(b.cache, "ours-"+name)
	if err := b.goBuild(ctx, b.root, oursPath, "./tools/bench/ours", "-tags", b.tags); err != nil {
		return nil, err
	}
	nativePath, err := b.buildNative(ctx)
	if err != nil {
		return nil, err
	}
	programs := []program{{ours, oursPath}, {native, nativePath}}
	if b.pion {
		path := filepath.Join(b.cache, "pion")
		if err := b.goBuild(ctx, filepath.Join(b.root, "tools", "bench", "pion"), path, "."); err != nil {
			return nil, err
		}
		programs = append(programs, program{pion, path})
	}
	return programs, nil
}

func (b *builder) goBuild(ctx context.Context, dir, out, what string, flags ...string) error {
	fmt.Fprintf(b.progress, "building %s\n", filepath.Base(out))
	c := exec.CommandContext(ctx, "go", append(append([]string{"build", "-o", out}, flags...), what)...)
	c.Dir = dir
	if _, err := output(c); err != nil {
		return fmt.Errorf("bench: building %s: %w", filepath.Base(out), err)
	}
	return nil
}
