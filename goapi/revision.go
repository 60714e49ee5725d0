// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "github.com/nativertc/nativertc/cgo"

// LibwebrtcRevision returns the revision of libwebrtc that the program is built
// with: "debian", the package libtgowt-dev of Debian 12, or "m150", that of
// Chromium 150 (build tag m150). It is the same for the life of the process and
// may be called from any goroutine.
func LibwebrtcRevision() string { return cgo.Revision() }
