// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build m150

package hardware

// Of the two revisions only this one has a decoder of AV1, and software to fall back to.
func init() { lossy = append(lossy, "AV1") }
