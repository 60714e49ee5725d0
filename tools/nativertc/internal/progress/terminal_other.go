// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build !unix

package progress

import "io"

// terminalWidth takes nothing for a terminal.
func terminalWidth(io.Writer) (width func() int, terminal bool) { return nil, false }
