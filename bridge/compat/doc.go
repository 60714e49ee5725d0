// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package compat holds everything in which the supported revisions of
// libwebrtc differ. The rest of the bridge reads as if written for the newest.
// Like its parent it is C++ only, and a Go package only for "go mod vendor".
package compat
