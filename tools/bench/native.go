// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package bench

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// nativeFlags are those that package cgo compiles and links the bridge with.
type nativeFlags struct {
	compiler      []string
	compile, link []string
}

// flags asks the go command, so that the two can never differ.
func (b *builder) flags(ctx context.Context) (f nativeFlags, err error) {
	c := exec.CommandContext(ctx, "go", "list", "-tags", b.tags, "-json=CgoCXXFLAGS,CgoCPPFLAGS,CgoLDFLAGS,CgoPkgConfig", "./cgo")
	c.Dir = b.root
	out, err := output(c)
	if err != nil {
		return f, fmt.Errorf("bench: flags of the bridge: %w", err)
	}
	var list struct{ CgoCXXFLAGS, CgoCPPFLAGS, CgoLDFLAGS, CgoPkgConfig []string }
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		return f, fmt.Errorf("bench: flags of the bridge: %w", err)
	}
	c = exec.CommandContext(ctx, "go", "env", "CXX")
	c.Dir = b.root
	compiler, err := output(c)
	if err != nil {
		return f, fmt.Errorf("bench: go env: %w", err)
	}
	f.compiler = strings.Fields(compiler)
	f.compile = append(list.CgoCPPFLAGS, list.CgoCXXFLAGS...)
	// The functions that the bridge wraps are missing where it is not linked.
	f.link = slices.DeleteFunc(list.CgoLDFLAGS, func(flag string) bool { return strings.HasPrefix(flag, "-Wl,--wrap=") })
	if len(list.CgoPkgConfig) > 0 {
		for _, part := range []struct {
			what string
			to   *[]string
		}{{"--cflags", &f.compile}, {"--libs", &f.link}} {
			out, err := output(exec.CommandContext(ctx, "pkg-config", append([]string{part.what}, list.CgoPkgConfig...)...))
			if err != nil {
				return f, fmt.Errorf("bench: %w", err)
			}
			*part.to = append(*part.to, strings.Fields(out)...)
		}
	}
	if len(f.compiler) == 0 {
		return f, errors.New("bench: no C++ compiler is configured")
	}
	return f, nil
}

// buildNative returns the path of the C++ program. Objects and program are kept,
// by a hash of all that they are made of but libwebrtc's own files.
func (b *builder) buildNative(ctx context.Context) (string, error) {
	flags, err := b.flags(ctx)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(b.root, "tools", "bench", "native")
	sources, err := filepath.Glob(filepath.Join(dir, "*.cc"))
	if err != nil || len(sources) == 0 {
		return "", fmt.Errorf("bench: no C++ sources in %s", dir)
	}
	key, err := nativeKey(ctx, dir, flags)
	if err != nil {
		return "", err
	}
	out := filepath.Join(b.cache, "native-"+key)
	path := filepath.Join(out, "native")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", fmt.Errorf("bench: %w", err)
	}
	work, err := os.MkdirTemp(out, "build-")
	if err != nil {
		return "", fmt.Errorf("bench: %w", err)
	}
	defer os.RemoveAll(work)
	objects, err := b.compile(ctx, flags, sources, work)
	if err != nil {
		return "", err
	}
	linked := filepath.Join(work, "native")
	args := slices.Concat(flags.compiler[1:], []string{"-o", linked}, objects, flags.link, []string{"-lstdc++"})
	fmt.Fprintln(b.progress, "linking native")
	if _, err := output(exec.CommandContext(ctx, flags.compiler[0], args...)); err != nil {
		return "", fmt.Errorf("bench: linking native: %w", err)
	}
	// It is whole from the moment it has its name.
	if err := os.Rename(linked, path); err != nil {
		return "", fmt.Errorf("bench: %w", err)
	}
	return path, nil
}

// compile compiles as many sources at a time as there are cores.
func (b *builder) compile(ctx context.Context, flags nativeFlags, sources []string, work string) ([]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	objects := make([]string, len(sources))
	errs := make([]error, len(sources))
	var running sync.WaitGroup
	slots := make(chan struct{}, runtime.NumCPU())
	for i, source := range sources {
		objects[i] = filepath.Join(work, filepath.Base(source)+".o")
		slots <- struct{}{}
		running.Add(1)
		go func() {
			defer running.Done()
			defer func() { <-slots }()
			if ctx.Err() != nil {
				return
			}
			args := slices.Concat(flags.compiler[1:], flags.compile, []string{"-c", source, "-o", objects[i]})
			if _, err := output(exec.CommandContext(ctx, flags.compiler[0], args...)); err != nil {
				errs[i] = fmt.Errorf("bench: compiling %s: %w", filepath.Base(source), err)
				cancel()
			}
		}()
		fmt.Fprintf(b.progress, "compiling %s\n", filepath.Base(source))
	}
	running.Wait()
	// What the first failure has ended fails as well: it is the last to be told.
	slices.SortStableFunc(errs, func(a, b error) int { return interrupted(a) - interrupted(b) })
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return objects, ctx.Err()
}

func interrupted(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == -1 {
		return 1
	}
	return 0
}

// nativeKey hashes the sources, the flags, the compiler's version and where the
// library is.
func nativeKey(ctx context.Context, dir string, flags nativeFlags) (string, error) {
	h := sha256.New()
	version, err := output(exec.CommandContext(ctx, flags.compiler[0], "--version"))
	if err != nil {
		return "", fmt.Errorf("bench: C++ compiler: %w", err)
	}
	fmt.Fprintf(h, "%s\n%q\n%q\n%q\n", version, flags.compiler, flags.compile, flags.link)
	for _, l := range flags.link {
		if folder, ok := strings.CutPrefix(l, "-L"); ok {
			if info, err := os.Stat(filepath.Join(folder, "libwebrtc.a")); err == nil {
				fmt.Fprintln(h, info.Size(), info.ModTime())
			}
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", fmt.Errorf("bench: %w", err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", fmt.Errorf("bench: %w", err)
		}
		fmt.Fprintf(h, "%s %d\n%s", e.Name(), len(text), text)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8]), nil
}
