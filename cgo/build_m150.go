// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build m150

package cgo

// The include path, the defines and the library come from libwebrtc.pc, to be
// found through PKG_CONFIG_PATH in the prefix that holds the library.

/*
#cgo pkg-config: libwebrtc
#cgo CXXFLAGS: -DNRTC_LIBWEBRTC_M150
#cgo LDFLAGS: -lstdc++
*/
import "C"
