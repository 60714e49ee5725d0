// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package suite has the Web Platform Tests: where they come from and how one is
// run.
package suite

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/nativertc/nativertc/internal/debsource"
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
	source := debsource.Package{Name: Package, Version: Version, Files: []debsource.File{{Name: archive, SHA256: archiveSHA256}}}
	report := func(_ string, have, size int64) { progress(fmt.Sprintf("%d of %d MB", have/1e6, size/1e6)) }
	if err := debsource.Fetch(context.Background(), work, report, source); err != nil {
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

// unpack takes the folders out of the archive.
func unpack(archive, to string) error {
	if err := os.Mkdir(to, 0o755); err != nil {
		return err
	}
	args := []string{"-xJf", archive, "-C", to, "--wildcards", "--transform", "s,^[^/]*/" + inside + ",,"}
	for _, f := range folders {
		args = append(args, "*/"+inside+f+"/*")
	}
	if out, err := exec.Command("tar", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("tar: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}
