// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package browser lets Chromium judge this library: scenarios (scenarios/*.txt) run
// in a page and in a Go program, and everything that an application can see of the
// two is compared. docs/conformance-browser.md tells how to read and write them.
package browser
