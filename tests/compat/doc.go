// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package compat shows that a program written for pion moves over by its import:
// pion/ holds a program for pion, native/ the same with the import changed, and a
// test has the two call each other. Another holds the names that both packages
// have to docs/pion.md, which lists every one that differs. It has tests only.
package compat

//go:generate sh -c "sed 's#\"github.com/pion/webrtc/v4\"#webrtc \"github.com/nativertc/nativertc/goapi\"#' pion/program.go >native/program.go"
