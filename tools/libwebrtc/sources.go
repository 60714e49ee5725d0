// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"strings"

	"github.com/nativertc/nativertc/internal/debsource"
)

// chromiumVersion is that of the browser whose libwebrtc is built.
const chromiumVersion = "150.0.7871.100"

// The source packages, file by file: the upstream archive, then Debian's changes. The
// libraries are those that Debian's browser of this version uses too.
var (
	chromium = debsource.Package{Name: "chromium", Version: chromiumVersion + "-1~deb12u1", Files: []debsource.File{
		{Name: "chromium_" + chromiumVersion + ".orig.tar.xz", SHA256: "2d39244586a0e28242ea082777dbfa877e9d374e62bf9f2d86a92b0a142118cd"},
		{Name: "chromium_" + chromiumVersion + "-1~deb12u1.debian.tar.xz", SHA256: "d9641a650e66d8106038ea40869b1fce681a1a4721b288fc941234f34b73f1a7"},
	}}
	opus = debsource.Package{Name: "opus", Version: "1.3.1-3", Files: []debsource.File{
		{Name: "opus_1.3.1.orig.tar.gz", SHA256: "65b58e1e25b2a114157014736a3d9dfeaad8d41be1c8179866f144a2fb44ff9d"},
		{Name: "opus_1.3.1-3.debian.tar.xz", SHA256: "f4a145f0d5b9140106396fc0b0c515b1c3abd59f2aa5fb62b36b69886aa411bc"},
	}}
	dav1d = debsource.Package{Name: "dav1d", Version: "1.0.0-2+deb12u1", Files: []debsource.File{
		{Name: "dav1d_1.0.0.orig.tar.xz", SHA256: "51737db7e4897e599684f873a4725176dd3c779e639411d7c4fce134bb5ebb82"},
		{Name: "dav1d_1.0.0-2+deb12u1.debian.tar.xz", SHA256: "ae53e2bda2a18275cc66570194fced9b9681df2b3b8e041586a26a59d69a727e"},
	}}
	openh264 = debsource.Package{Name: "openh264", Version: "2.3.1+dfsg-3+deb12u2", Files: []debsource.File{
		{Name: "openh264_2.3.1+dfsg.orig.tar.xz", SHA256: "87124d0eb5d86ea78c59bab916ecdc3d9dfa752ce6bf73a609bbb98db7d96383"},
		{Name: "openh264_2.3.1+dfsg-3+deb12u2.debian.tar.xz", SHA256: "8d749166ec936dd757eed56a3157167bee5ab95511d5726cc2d87ffca2069bb0"},
	}}
)

func sourcePackages() []debsource.Package {
	return []debsource.Package{chromium, opus, dav1d, openh264}
}

func (b *builder) fetch(ctx context.Context) error {
	report := func(name string, have, size int64) {
		b.say("      %s: %d of %d MB", name, have/1e6, size/1e6)
	}
	return debsource.Fetch(ctx, b.downloads(), report, sourcePackages()...)
}

// upstreamVersion is a package's version without Debian's part.
func upstreamVersion(p debsource.Package) string {
	version, _, _ := strings.Cut(p.Version, "-")
	version, _, _ = strings.Cut(version, "+")
	return version
}
