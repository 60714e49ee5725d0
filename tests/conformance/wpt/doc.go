// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package wpt runs the W3C's Web Platform Tests for WebRTC over the library.
package wpt
