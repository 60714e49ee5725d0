// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

// What hw/videotoolbox_compressor.cc calls; its constants are those of macOS 12.

/*
#cgo CXXFLAGS: -mmacosx-version-min=12.0
#cgo LDFLAGS: -mmacosx-version-min=12.0 -framework VideoToolbox -framework CoreMedia -framework CoreVideo -framework CoreFoundation
*/
import "C"
