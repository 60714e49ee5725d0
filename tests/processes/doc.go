// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package processes tests calls between this process and one that runs the
// program echo: of the same machine with the go command and with Bazel, of another
// architecture, emulated, with Bazel's target processes_arm64_test.
package processes
