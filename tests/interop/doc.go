// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package interop holds the calls of the library with other implementations of
// WebRTC: pion, headless Chromium, and coturn between them. It has tests only.
package interop
