// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package bridge is the C ABI over libwebrtc's PeerConnectionInterface: C
// headers and C++ bodies. It holds no Go code. It is a Go package, imported by
// package cgo, only so that "go mod vendor" copies this folder; the bodies are
// compiled through package cgo (see its bridge.cc) or by Bazel.
//
// README.md states the rules that every function here keeps.
package bridge
