// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// version returns the version of the program and what it is made of.
func version() string {
	v := "(development)"
	// A program that Bazel built holds no such information.
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		v = info.Main.Version
	}
	return fmt.Sprintf("%s, libwebrtc %s, %s", v, webrtc.LibwebrtcRevision(), runtime.Version())
}
