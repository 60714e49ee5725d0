// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// headerFolders are those of libwebrtc whose headers belong to the prefix, and where they
// go in its include.
var headerFolders = map[string]string{
	"api": "api", "audio": "audio", "call": "call", "common_audio": "common_audio", "common_video": "common_video",
	"logging": "logging", "media": "media", "modules": "modules", "net": "net", "p2p": "p2p", "pc": "pc",
	"rtc_base": "rtc_base", "stats": "stats", "system_wrappers": "system_wrappers", "video": "video",
	"third_party/abseil-cpp/absl": "absl",
}

// definitions are what programs that use the headers must define besides the usual.
var definitions = []string{"RTC_ENABLE_H265"}

// pack makes the prefix, in a folder of its own until the smoke test has passed.
func (b *builder) pack(ctx context.Context) error {
	linked, err := b.linked(ctx)
	if err != nil {
		return err
	}
	to := b.staging()
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(to, "lib"), 0o755); err != nil {
		return err
	}
	archive := filepath.Join(to, "lib", "libwebrtc.a")
	from := append([]string{filepath.Join(b.output(), "obj", "libwebrtc.a")}, b.archives()...)
	if err := makeArchive(ctx, b.targetDir(), archive, from...); err != nil {
		return err
	}
	for folder, name := range headerFolders {
		if err := copyHeaders(filepath.Join(b.source(), folder), filepath.Join(to, "include", name)); err != nil {
			return err
		}
	}
	texts, err := b.copyLicences(filepath.Join(to, "LICENSES"), linked)
	if err != nil {
		return err
	}
	sum, err := checksum(archive)
	if err != nil {
		return err
	}
	tools, err := installedTools(ctx)
	if err != nil {
		return err
	}
	document, err := sbom(b.target, sum, linked, tools, time.Now(), texts)
	if err != nil {
		return err
	}
	for name, text := range map[string]string{
		"lib/symbol-prefix": symbolPrefix,
		"lib/definitions":   strings.Join(definitions, "\n"),
		"args.gn":           b.arguments(),
		"sbom.spdx.json":    string(document),
	} {
		if err := os.WriteFile(filepath.Join(to, name), []byte(strings.TrimSpace(text)+"\n"), 0o644); err != nil {
			return err
		}
	}
	b.say("      %d works in the archive, besides libwebrtc's own", len(linked)-1+len(libraries))
	return command{args: []string{filepath.Join(b.root, "third_party/libwebrtc/pkgconfig.sh"), to}}.run(ctx)
}

// copyHeaders copies the headers of a folder and those below it.
func copyHeaders(from, to string) error {
	copied := 0
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !(strings.HasSuffix(path, ".h") || strings.HasSuffix(path, ".inc")) {
			return err
		}
		inside, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		copied++
		return copyFile(path, filepath.Join(to, inside))
	})
	if err == nil && copied == 0 {
		err = fmt.Errorf("%s has no headers", from)
	}
	return err
}

func copyFile(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o644)
}

// copyLicences copies the texts of all that is in the archive, and returns those of
// licences that have no name in SPDX.
func (b *builder) copyLicences(to string, linked []component) (map[string]string, error) {
	unnamed := map[string]string{}
	for _, c := range linked {
		for _, name := range c.texts {
			from := filepath.Join(b.source(), c.folder, name)
			if err := copyFile(from, filepath.Join(to, c.name, name)); err != nil {
				return nil, err
			}
			if strings.HasPrefix(c.spdx, "LicenseRef-") {
				text, err := os.ReadFile(from)
				if err != nil {
					return nil, err
				}
				unnamed[c.spdx] = string(text)
			}
		}
	}
	for _, l := range libraries {
		if err := copyFile(filepath.Join(b.librarySource(l), l.text), filepath.Join(to, l.source.Name, l.text)); err != nil {
			return nil, err
		}
	}
	return unnamed, nil
}

func checksum(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// install puts the prefix in the place of an older one and tells how to use it.
func (b *builder) install(context.Context) error {
	if err := os.MkdirAll(filepath.Dir(b.prefix), 0o755); err != nil {
		return err
	}
	old := b.prefix + ".old"
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(b.prefix, old); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := os.Rename(b.staging(), b.prefix); err != nil {
		return err
	}
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	b.say("libwebrtc %s is in %s. To use it:", chromiumVersion, b.prefix)
	fmt.Printf("\n    export PKG_CONFIG_PATH=%s\n    go build -tags m150 ./...\n\n", filepath.Join(b.prefix, "lib", "pkgconfig"))
	b.say("sources and objects stay in %s for the next build; remove it to have the space", b.work)
	return nil
}
