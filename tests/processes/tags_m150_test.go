// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build m150

package processes

// buildTags are those of this test, for the program that it builds.
const buildTags = "m150"
