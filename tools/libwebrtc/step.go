// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// A step is one part of the build. It is skipped where a run before finished it
// with the same inputs, which is what its stamp says.
type step struct {
	name, about string
	run         func(*builder, context.Context) error
	// inputs are all that its result depends on, besides the steps before. nil: the
	// step finds out by itself what there is to do.
	inputs func(*builder) []string
	// perTarget: it is done anew for each architecture.
	perTarget bool
}

var steps = []step{
	{name: "check", about: "packages and disk space", run: (*builder).check},
	{name: "fetch", about: "Debian's source packages, 950 MB", run: (*builder).fetch},
	{name: "tree", about: "unpack, patch and edit the sources", run: (*builder).tree, inputs: (*builder).treeInputs},
	{name: "libraries", about: "Opus, dav1d and OpenH264", run: (*builder).libraries, inputs: (*builder).libraryInputs, perTarget: true},
	{name: "generate", about: "the build files", run: (*builder).generate, inputs: (*builder).generateInputs, perTarget: true},
	{name: "compile", about: "libwebrtc; most of an hour on two cores", run: (*builder).compile},
	{name: "pack", about: "archive, headers, licences, SBOM", run: (*builder).pack},
	{name: "smoke", about: "try the result", run: (*builder).smoke},
	{name: "install", about: "put it in its place", run: (*builder).install},
}

func isStep(name string) bool {
	return slices.ContainsFunc(steps, func(s step) bool { return s.name == name })
}

func stepNames() string {
	var names []string
	for _, s := range steps {
		names = append(names, s.name)
	}
	return strings.Join(names, ", ")
}

// build runs the steps that are not done.
func (b *builder) build(ctx context.Context) error {
	if err := os.MkdirAll(b.work, 0o755); err != nil {
		return err
	}
	unlock, err := lock(filepath.Join(b.work, "lock"))
	if err != nil {
		return err
	}
	defer unlock()
	history := "" // of the steps before: one that is done again makes all after it due
	for i, s := range steps {
		b.say("[%d/%d] %s: %s", i+1, len(steps), s.name, s.about)
		began := time.Now()
		if s.inputs == nil {
			if err := s.run(b, ctx); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
		} else {
			digest := sha256.Sum256([]byte(history + "\x00" + strings.Join(s.inputs(b), "\x00")))
			history = hex.EncodeToString(digest[:])
			stamp := filepath.Join(b.work, "done-"+s.name)
			if s.perTarget {
				stamp = filepath.Join(b.targetDir(), "done-"+s.name)
			}
			if done, err := os.ReadFile(stamp); err == nil && string(done) == history {
				b.say("      done before")
			} else if err := b.stamped(ctx, s, stamp, history); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
		}
		if took := time.Since(began); took > 5*time.Second {
			b.say("      took %v", took.Round(time.Second))
		}
		if s.name == b.until {
			return nil
		}
	}
	return nil
}

// stamped runs a step that leaves a stamp, which it has only while its result is whole.
func (b *builder) stamped(ctx context.Context, s step, stamp, digest string) error {
	if err := os.Remove(stamp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(stamp), 0o755); err != nil {
		return err
	}
	if err := s.run(b, ctx); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(digest), 0o644)
}

func (b *builder) say(format string, args ...any) {
	fmt.Printf("libwebrtc: "+format+"\n", args...)
}

// outputPrefix begins the names of the folders of objects, inside that of the sources.
const outputPrefix = "out-"

// The folders in work.
func (b *builder) downloads() string  { return filepath.Join(b.work, "download") }
func (b *builder) source() string     { return filepath.Join(b.work, "src") }
func (b *builder) targetDir() string  { return filepath.Join(b.work, b.target.arch) }
func (b *builder) libraryDir() string { return filepath.Join(b.targetDir(), "libraries") }
func (b *builder) output() string     { return filepath.Join(b.source(), b.outputName()) }
func (b *builder) outputName() string { return outputPrefix + b.target.arch }

// staging is beside the prefix, which work need not share a disk with.
func (b *builder) staging() string { return b.prefix + ".new" }

// lock lets only one run at a time use the folders.
func lock(path string) (unlock func(), err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		file.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, errors.New("another run of this command is at work in " + filepath.Dir(path))
		}
		return nil, err
	}
	return func() { file.Close() }, nil
}
