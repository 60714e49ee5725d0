// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package suite has the Web Platform Tests: where they come from and how one is
// run.
package suite

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The tests are those in Debian's source package of Firefox, a fixed version of
// which has fixed contents.
const (
	Package = "firefox-esr"
	Version = "140.12.0esr-1~deb12u1"

	archive       = "firefox-esr_140.12.0esr.orig.tar.xz"
	archiveSHA256 = "5c72347381233dcc97cbd02c0324116258769d8b9b0f869fd0c6f1d59519ce2a"

	inside = "testing/web-platform/tests/"
)

// folders are those that the tests need.
var folders = []string{"webrtc", "webrtc-*", "mediacapture-streams", "resources", "interfaces", "common"}

// sources are where the package may be: it moves from the one to the other.
var sources = []string{
	"http://deb.debian.org/debian bookworm main",
	"http://deb.debian.org/debian-security bookworm-security main",
}

// Fetch returns the folder of the tests, which it fetches once into the user's
// cache: NATIVERTC_WPT, if set, names another. progress is told what takes long.
func Fetch(progress func(string)) (string, error) {
	if dir := os.Getenv("NATIVERTC_WPT"); dir != "" {
		return dir, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	base := filepath.Join(cache, "nativertc")
	dir := filepath.Join(base, "wpt-"+strings.TrimSuffix(Version, "-1~deb12u1"))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(base, 0o755); err != nil {
		return "", err
	}
	work, err := os.MkdirTemp(base, "wpt-fetch-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	progress("fetching the source package " + Package + " " + Version + " (680 MB), once")
	if err := download(work); err != nil {
		return "", err
	}
	progress("unpacking the tests")
	tree := filepath.Join(work, "tests")
	if err := unpack(filepath.Join(work, archive), tree); err != nil {
		return "", err
	}
	if err := os.Rename(tree, dir); err != nil {
		if _, there := os.Stat(dir); there == nil {
			return dir, nil // another process was faster
		}
		return "", err
	}
	return dir, nil
}

// download fetches the archive with apt, from lists of its own: apt checks the
// archive's signature and the lists', and the archive is the one that this version
// was written for.
func download(work string) error {
	for _, sub := range []string{"lists/partial", "cache/archives/partial"} {
		if err := os.MkdirAll(filepath.Join(work, sub), 0o755); err != nil {
			return err
		}
	}
	var list strings.Builder
	for _, s := range sources {
		fmt.Fprintf(&list, "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s\n", s)
	}
	config := fmt.Sprintf("Dir::Etc::sourcelist %q;\nDir::Etc::sourceparts \"-\";\nDir::State::lists %q;\nDir::Cache %q;\nAPT::Sandbox::User \"root\";\n",
		filepath.Join(work, "sources.list"), filepath.Join(work, "lists"), filepath.Join(work, "cache"))
	files := map[string]string{"sources.list": list.String(), "apt.conf": config}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(work, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	if _, err := run(work, "apt-get", "update"); err != nil {
		return err
	}
	uris, err := run(work, "apt-get", "source", "--print-uris", Package+"="+Version)
	if err != nil {
		return fmt.Errorf("the archive has no %s %s any more: %w", Package, Version, err)
	}
	for line := range strings.Lines(uris) {
		// 'URI' NAME SIZE SHA256:SUM
		part := strings.Fields(line)
		if len(part) != 4 || part[1] != archive {
			continue
		}
		if part[3] != "SHA256:"+archiveSHA256 {
			return fmt.Errorf("%s is another than this version was written for: %s", archive, part[3])
		}
		_, err := run(work, "/usr/lib/apt/apt-helper", "download-file", strings.Trim(part[0], "'"), archive, part[3])
		return err
	}
	return fmt.Errorf("%s %s has no %s", Package, Version, archive)
}

// unpack takes the folders out of the archive.
func unpack(archive, to string) error {
	if err := os.Mkdir(to, 0o755); err != nil {
		return err
	}
	args := []string{"-xJf", archive, "-C", to, "--wildcards", "--transform", "s,^[^/]*/" + inside + ",,"}
	for _, f := range folders {
		args = append(args, "*/"+inside+f+"/*")
	}
	_, err := run(filepath.Dir(archive), "tar", args...)
	return err
}

func run(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "APT_CONFIG="+filepath.Join(dir, "apt.conf"), "LC_ALL=C")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w: %s", filepath.Base(name), err, strings.TrimSpace(errs.String()))
	}
	return out.String(), nil
}
