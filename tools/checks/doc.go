// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package checks tests the repository itself: its documentation, its sources, the
// symbols of what is built, and that another module can vendor it. It holds
// nothing but tests.
package checks
