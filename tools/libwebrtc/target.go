// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"maps"
	"slices"
	"strings"
)

// A target is an architecture to build for, under the names that the tools have for it.
type target struct {
	arch     string // Go's
	debian   string // Debian's, dpkg --print-architecture
	gn       string // GN's cpu
	triple   string // Debian's and the compiler's
	openh264 string // of OpenH264's Makefile
	qemu     string // the user-mode emulator of its programs
}

var targets = map[string]target{
	"amd64": {arch: "amd64", debian: "amd64", gn: "x64", triple: "x86_64-linux-gnu", openh264: "x86_64", qemu: "qemu-x86_64-static"},
	"arm64": {arch: "arm64", debian: "arm64", gn: "arm64", triple: "aarch64-linux-gnu", openh264: "arm64", qemu: "qemu-aarch64-static"},
}

func architectures() string {
	return strings.Join(slices.Sorted(maps.Keys(targets)), ", ")
}
