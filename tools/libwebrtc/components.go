// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A component is a work in the archive.
type component struct {
	name    string
	folder  string   // in the sources, and of its objects
	spdx    string   // its licences, as an SPDX expression
	texts   []string // the files with them, in the folder
	version string   // "": as its README.chromium has it
	cpe     string   // by which lists of vulnerabilities know it, if its README.chromium says
}

// components are the works of Chromium's sources that may be linked, the inner ones of a
// folder before the outer. One that is not here fails the build: somebody has to look at
// its licence first.
var components = []component{
	{name: "abseil-cpp", folder: "third_party/abseil-cpp", spdx: "Apache-2.0", texts: []string{"LICENSE"}},
	{name: "boringssl", folder: "third_party/boringssl", spdx: "Apache-2.0 AND BSD-3-Clause AND ISC", texts: []string{"src/LICENSE", "src/third_party/fiat/LICENSE"}},
	{name: "compiler-rt", folder: "third_party/compiler-rt", spdx: "Apache-2.0 WITH LLVM-exception", texts: []string{"src/LICENSE.TXT"}},
	{name: "ffmpeg", folder: "third_party/ffmpeg", spdx: "LGPL-2.1-or-later AND BSD-2-Clause AND BSD-3-Clause AND ISC AND MIT", texts: []string{"COPYING.LGPLv2.1", "LICENSE.md", "CREDITS.chromium"}},
	{name: "libaom", folder: "third_party/libaom", spdx: "BSD-2-Clause AND BSD-3-Clause AND ISC AND MIT", texts: []string{
		"source/libaom/LICENSE", "source/libaom/PATENTS", "source/libaom/third_party/fastfeat/LICENSE",
		"source/libaom/third_party/vector/LICENSE", "source/libaom/third_party/x86inc/LICENSE",
	}},
	{name: "libsrtp", folder: "third_party/libsrtp", spdx: "BSD-3-Clause", texts: []string{"LICENSE"}},
	{name: "libvpx", folder: "third_party/libvpx", spdx: "BSD-3-Clause AND ISC", texts: []string{
		"source/libvpx/LICENSE", "source/libvpx/PATENTS", "source/libvpx/third_party/x86inc/LICENSE",
	}},
	{name: "libyuv", folder: "third_party/libyuv", spdx: "BSD-3-Clause", texts: []string{"LICENSE", "PATENTS"}},
	{name: "pffft", folder: "third_party/pffft", spdx: "LicenseRef-pffft", texts: []string{"LICENSE"}},
	{name: "protobuf", folder: "third_party/protobuf", spdx: "BSD-3-Clause AND MIT", texts: []string{"LICENSE", "third_party/utf8_range/LICENSE"}},
	{name: "rnnoise", folder: "third_party/rnnoise", spdx: "BSD-3-Clause", texts: []string{"COPYING"}},
	{name: "ooura-fft", folder: "common_audio/third_party/ooura", spdx: "LicenseRef-takuya-ooura", texts: []string{"LICENSE"}},
	{name: "spl-sqrt-floor", folder: "common_audio/third_party/spl_sqrt_floor", spdx: "LicenseRef-spl-sqrt-floor", texts: []string{"LICENSE"}},
	{name: "fft", folder: "modules/third_party/fft", spdx: "LicenseRef-fft", texts: []string{"LICENSE"}},
	{name: "g711", folder: "modules/third_party/g711", spdx: "LicenseRef-Public-Domain-SpanDSP", texts: []string{"LICENSE"}},
	{name: "g722", folder: "modules/third_party/g722", spdx: "LicenseRef-Public-Domain-SpanDSP", texts: []string{"LICENSE"}},
	{name: "libwebrtc", folder: ".", spdx: "BSD-3-Clause", texts: []string{"LICENSE", "PATENTS", "AUTHORS"}, version: chromiumVersion},
}

// componentOf finds whose object a file "obj/..." is.
func componentOf(object string) (component, error) {
	folder := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(object)), "obj/") + "/"
	for _, c := range components {
		if strings.HasPrefix(folder, c.folder+"/") {
			return c, nil
		}
	}
	top, _, _ := strings.Cut(folder, "/")
	if _, ours := headerFolders[top]; (!ours && top != "test") || strings.Contains(folder, "third_party/") {
		return component{}, fmt.Errorf("%s is of a work whose licence nobody looked at", object)
	}
	return components[len(components)-1], nil
}

// linked returns the components of the archive that ninja makes.
func (b *builder) linked(ctx context.Context) ([]component, error) {
	out, err := command{dir: b.source(), args: []string{"ninja", "-C", b.outputName(), "-t", "query", "obj/libwebrtc.a"}}.output(ctx)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, object := range archiveObjects(out) {
		c, err := componentOf(object)
		if err != nil {
			return nil, err
		}
		seen[c.name] = true
	}
	var found []component
	for _, c := range components {
		if !seen[c.name] {
			continue
		}
		if c.version == "" {
			if c.version, c.cpe, err = identify(filepath.Join(b.source(), c.folder)); err != nil {
				return nil, err
			}
		}
		found = append(found, c)
	}
	return found, nil
}

// archiveObjects reads ninja's answer about a target: of its inputs, the objects.
func archiveObjects(query string) []string {
	inputs, _, _ := strings.Cut(query, "\n  outputs:")
	var found []string
	for _, word := range strings.Fields(inputs) {
		if strings.HasPrefix(word, "obj/") && strings.HasSuffix(word, ".o") {
			found = append(found, word)
		}
	}
	return found
}

// identify finds the version of the work in a folder, and its CPE where it has one.
// FFmpeg's version is in a file of its own.
func identify(folder string) (version, cpe string, err error) {
	readme, err := os.ReadFile(filepath.Join(folder, "README.chromium"))
	if err != nil && !os.IsNotExist(err) {
		return "", "", err
	}
	version, cpe = readmeVersion(string(readme))
	if version != "" {
		return version, cpe, nil
	}
	release, err := os.ReadFile(filepath.Join(folder, "RELEASE"))
	if err != nil && !os.IsNotExist(err) {
		return "", "", err
	}
	return strings.TrimSpace(string(release)), cpe, nil
}

// readmeVersion finds the CPE and the version in a README.chromium: that of the work, or
// else of its repository; "" where it says none.
func readmeVersion(readme string) (version, cpe string) {
	fields := map[string]string{}
	for line := range strings.Lines(readme) {
		if name, value, ok := strings.Cut(line, ":"); ok && fields[name] == "" {
			fields[name] = strings.TrimSpace(value)
		}
	}
	cpe = fields["CPEPrefix"]
	parts := strings.Split(cpe, ":")
	for _, version := range []string{fields["Version"], parts[len(parts)-1], fields["Revision"]} {
		version, _, _ = strings.Cut(version, " ")
		if version != "" && strings.ContainsAny(version, "0123456789") && !slices.Contains([]string{"N/A", "DEPS"}, version) {
			return version, cpe
		}
	}
	return "", cpe
}
