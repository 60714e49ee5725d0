// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/internal/debsource"
)

func TestComponentOf(t *testing.T) {
	for object, want := range map[string]string{
		"obj/third_party/boringssl/boringssl/ssl_lib.o":         "boringssl",
		"obj/third_party/abseil-cpp/absl/strings/strings/str.o": "abseil-cpp",
		"obj/common_audio/third_party/ooura/fft_size_128/fft.o": "ooura-fft",
		"obj/modules/audio_coding/g711/encoder.o":               "libwebrtc",
		"obj/rtc_base/checks/checks.o":                          "libwebrtc",
	} {
		c, err := componentOf(object)
		require.NoError(t, err, object)
		assert.Equal(t, want, c.name, object)
	}
	for _, object := range []string{"obj/third_party/unheard-of/thing.o", "obj/modules/third_party/unheard-of/thing.o", "obj/third_party/libvpx2/x.o", "obj/base/base/x.o"} {
		_, err := componentOf(object)
		assert.Error(t, err, object)
	}
}

func TestArchiveObjects(t *testing.T) {
	const query = "obj/libwebrtc.a:\n  input: alink\n    obj/api/a/a.o\n    obj/api/b.stamp\n    obj/third_party/c/c.o\n  outputs:\n    obj/webrtc.stamp\n    obj/other/d.o\n"
	assert.Equal(t, []string{"obj/api/a/a.o", "obj/third_party/c/c.o"}, archiveObjects(query))
}

func TestReadmeVersion(t *testing.T) {
	for readme, want := range map[string]string{
		"Name: x\nVersion: 33.0\nRevision: abc1\n":                         "33.0",
		"Version: N/A\nRevision: abc1\nCPEPrefix: cpe:/a:aom:aom:3.14.1\n": "3.14.1",
		"Version: N/A\nRevision: abc1\nCPEPrefix: cpe:/a:llvm:rt\n":        "abc1",
		"Version: 24b3bf8 (v2.8.0)\n":                                      "24b3bf8",
		"Version: DEPS\n":                                                  "",
		"":                                                                 "",
	} {
		version, _ := readmeVersion(readme)
		assert.Equal(t, want, version, readme)
	}
	_, cpe := readmeVersion("Version: 33.0\nCPEPrefix: cpe:/a:google:protobuf:33.0\n")
	assert.Equal(t, "cpe:/a:google:protobuf:33.0", cpe)
}

func TestSBOM(t *testing.T) {
	linked := []component{
		{name: "boringssl", folder: "third_party/boringssl", spdx: "Apache-2.0", version: "1", cpe: "cpe:/a:google:boringssl:1"},
		{name: "fft", folder: "modules/third_party/fft", spdx: "LicenseRef-fft"},
	}
	sum := strings.Repeat("ab", 32)
	tools := []debsource.Package{{Name: "clang-19", Version: "1:19"}}
	text, err := sbom(targets["amd64"], sum, linked, tools, time.Unix(0, 0), map[string]string{"LicenseRef-fft": "do what you want"})
	require.NoError(t, err)
	var d spdxDocument
	require.NoError(t, json.Unmarshal(text, &d))

	// Each element has one name, and each relationship is between two of them.
	names := map[string]bool{d.SPDXID: true}
	for _, p := range d.Packages {
		assert.False(t, names[p.SPDXID], p.SPDXID)
		names[p.SPDXID] = true
		assert.NotEmpty(t, p.LicenseDeclared, p.SPDXID)
		assert.NotEmpty(t, p.DownloadLocation, p.SPDXID)
	}
	kinds := map[string]int{}
	for _, r := range d.Relationships {
		assert.True(t, names[r.From], r.From)
		assert.True(t, names[r.To], r.To)
		kinds[r.Type]++
	}
	files := 0
	for _, p := range sourcePackages() {
		files += len(p.Files)
	}
	assert.Equal(t, map[string]int{"DESCRIBES": 1, "CONTAINS": 5, "GENERATED_FROM": files + 5, "BUILD_TOOL_OF": 1}, kinds)
	refs := map[string]string{}
	for _, p := range d.Packages {
		for _, r := range p.ExternalRefs {
			refs[p.SPDXID] = r.Locator
		}
	}
	assert.Equal(t, "cpe:/a:google:boringssl:1", refs["SPDXRef-part-boringssl"])
	assert.Equal(t, "pkg:deb/debian/opus@1.3.1-3?arch=source&distro=bookworm", refs["SPDXRef-source-opus"])
	assert.Equal(t, sum, d.Packages[0].Checksums[0].Value)
	assert.Equal(t, []spdxLicence{{"LicenseRef-fft", "do what you want"}}, d.Licences)
	assert.Equal(t, "1970-01-01T00:00:00Z", d.CreationInfo.Created)
}
