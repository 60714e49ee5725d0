// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package cli is the frame of the command-line program: subcommands on the
// standard flag package, help texts, exit codes, and a context that ends with
// Ctrl-C.
package cli
