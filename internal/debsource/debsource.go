// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package debsource fetches files of Debian's source packages.
//
// apt does it, from lists of its own in a temporary folder, so that neither the
// sources that this machine has set up nor what is installed matter, and nothing of
// them is changed. apt verifies the archive's signature and its lists'; each file must
// besides be the very one that the caller was written for.
package debsource

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A Package is one version of a source package, with those of its files that are
// wanted.
type Package struct {
	Name, Version string
	Files         []File
}

// A File is one of a source package: SHA256 is its checksum in hexadecimal digits.
type File struct {
	Name, SHA256 string
}

const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"

// sources are where a package of Debian 12 may be: it moves from the one to the other.
var sources = []string{
	"http://deb.debian.org/debian bookworm main",
	"http://deb.debian.org/debian-security bookworm-security main",
}

// A Report is called every few seconds while a file is fetched, with the number of its
// bytes that are here and of all.
type Report func(name string, have, size int64)

const reportInterval = 5 * time.Second

// Fetch puts the packages' files into the folder dir. Those that are there already,
// whole, are not fetched again; if that is all, no network is needed. What there is of
// a file when ctx ends stays for the next call: apt asks for the rest alone, and a server
// that cannot give that sends the file anew. report may be nil.
func Fetch(ctx context.Context, dir string, report Report, packages ...Package) error {
	var missing []Package
	for _, p := range packages {
		wanted := Package{Name: p.Name, Version: p.Version}
		for _, f := range p.Files {
			switch err := Verify(filepath.Join(dir, f.Name), f.SHA256); {
			case errors.Is(err, os.ErrNotExist), errors.Is(err, ErrChecksum):
				wanted.Files = append(wanted.Files, f)
			case err != nil:
				return err
			}
		}
		if len(wanted.Files) > 0 {
			missing = append(missing, wanted)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	apt, err := newApt(ctx, dir)
	if err != nil {
		return err
	}
	defer apt.remove()
	for _, p := range missing {
		if err := apt.fetch(ctx, dir, report, p); err != nil {
			return fmt.Errorf("source package %s %s: %w", p.Name, p.Version, err)
		}
	}
	return nil
}

// ErrChecksum is what Verify returns for a file that is another than the wanted one.
var ErrChecksum = errors.New("wrong checksum")

// Verify reads a file and compares its SHA-256.
func Verify(path, want string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return err
	}
	if have := hex.EncodeToString(hash.Sum(nil)); have != want {
		return fmt.Errorf("%s: %w: SHA-256 is %s, wanted %s", path, ErrChecksum, have, want)
	}
	return nil
}

// apt is a configuration of apt with folders of its own.
type apt struct {
	dir string
}

func newApt(ctx context.Context, in string) (*apt, error) {
	if _, err := os.Stat(keyring); err != nil {
		return nil, fmt.Errorf("without the package debian-archive-keyring nothing can be verified: %w", err)
	}
	dir, err := os.MkdirTemp(in, "apt-")
	if err != nil {
		return nil, err
	}
	a := &apt{dir}
	if err := a.configure(ctx); err != nil {
		a.remove()
		return nil, err
	}
	return a, nil
}

func (a *apt) remove() { os.RemoveAll(a.dir) }

func (a *apt) configure(ctx context.Context) error {
	for _, sub := range []string{"lists/partial", "cache/archives/partial"} {
		if err := os.MkdirAll(filepath.Join(a.dir, sub), 0o755); err != nil {
			return err
		}
	}
	var list strings.Builder
	for _, s := range sources {
		fmt.Fprintf(&list, "deb-src [signed-by=%s] %s\n", keyring, s)
	}
	config := fmt.Sprintf("Dir::Etc::sourcelist %q;\nDir::Etc::sourceparts \"-\";\nDir::State::lists %q;\nDir::Cache %q;\nAPT::Sandbox::User \"root\";\n",
		filepath.Join(a.dir, "sources.list"), filepath.Join(a.dir, "lists"), filepath.Join(a.dir, "cache"))
	for name, text := range map[string]string{"sources.list": list.String(), "apt.conf": config} {
		if err := os.WriteFile(filepath.Join(a.dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	_, err := a.run(ctx, "apt-get", "update")
	return err
}

func (a *apt) fetch(ctx context.Context, dir string, report Report, p Package) error {
	listing, err := a.run(ctx, "apt-get", "source", "--print-uris", p.Name+"="+p.Version)
	if err != nil {
		return fmt.Errorf("the archive does not have it any more: %w", err)
	}
	listed := parseURIs(listing)
	for _, f := range p.Files {
		found, ok := listed[f.Name]
		if !ok {
			return fmt.Errorf("it has no file %s", f.Name)
		}
		if found.sum != "SHA256:"+f.SHA256 {
			return fmt.Errorf("its %s is another than this was written for: %s", f.Name, found.sum)
		}
		// Under its name it is whole.
		part := filepath.Join(dir, f.Name+".part")
		stop := watch(part, f.Name, found.size, report, reportInterval)
		_, err := a.run(ctx, "/usr/lib/apt/apt-helper", "download-file", found.uri, part, found.sum)
		stop()
		if err != nil {
			return err
		}
		if err := Verify(part, f.SHA256); err != nil {
			return err
		}
		if err := os.Rename(part, filepath.Join(dir, f.Name)); err != nil {
			return err
		}
	}
	return nil
}

// watch reports on a file that grows, until stop is called.
func watch(path, name string, size int64, report Report, interval time.Duration) (stop func()) {
	if report == nil {
		return func() {}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(interval)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				if info, err := os.Stat(path); err == nil {
					report(name, info.Size(), size)
				}
			}
		}
	}()
	return func() {
		close(done)
		<-ended
	}
}

type location struct {
	uri, sum string
	size     int64
}

// parseURIs reads what apt-get prints for --print-uris: lines of
//
//	'URI' NAME SIZE SHA256:SUM
//
// among others.
func parseURIs(listing string) map[string]location {
	found := map[string]location{}
	for line := range strings.Lines(listing) {
		part := strings.Fields(line)
		if len(part) != 4 || !strings.HasPrefix(part[0], "'") {
			continue
		}
		if size, err := strconv.ParseInt(part[2], 10, 64); err == nil {
			found[part[1]] = location{strings.Trim(part[0], "'"), part[3], size}
		}
	}
	return found
}

func (a *apt) run(ctx context.Context, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	// It ends its own helpers, and leaves a part that it can go on with.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	cmd.Dir = a.dir
	cmd.Env = append(os.Environ(), "APT_CONFIG="+filepath.Join(a.dir, "apt.conf"), "LC_ALL=C")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); ctx.Err() != nil {
		return "", ctx.Err()
	} else if err != nil {
		return "", fmt.Errorf("%s: %w: %s", filepath.Base(name), err, strings.TrimSpace(errs.String()))
	}
	return out.String(), nil
}
