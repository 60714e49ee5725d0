// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

// The linker wraps the one function of OpenH264 that bridge/video_codecs.cc must
// get in front of, to keep the encoder from writing to stderr.

//go:generate go run ../tools/genbridge ..

/*
#cgo CXXFLAGS: -std=c++20 -O2 -fvisibility=hidden -fvisibility-inlines-hidden -fno-exceptions
#cgo CXXFLAGS: -Wall -Wextra -Wno-unused-parameter -Wno-deprecated-declarations -Wno-attributes -Wno-unknown-pragmas
#cgo CXXFLAGS: -I${SRCDIR}/..
#cgo CFLAGS: -I${SRCDIR}/..
#cgo LDFLAGS: -Wl,--wrap=WelsCreateSVCEncoder
*/
import "C"

import (
	// Imported for "go mod vendor", which copies only folders of packages
	// that are.
	_ "github.com/nativertc/nativertc/bridge"
	_ "github.com/nativertc/nativertc/bridge/compat"
)
