// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package cgo is the only Go package of this module that imports "C". It turns
// the functions of package bridge's C headers into Go functions and nothing
// more: it has no policy, no goroutines and no state but reference counts.
// Applications use package webrtc in ../goapi.
//
// One Go file stands for one C header. Arguments and results that are richer
// than numbers travel as one flat message (Writer, Reader), so that every
// operation is one crossing. Crossings counts them.
package cgo
