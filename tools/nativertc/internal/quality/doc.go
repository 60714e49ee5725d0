// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package quality measures how much of a picture arrives: the signal-to-noise
// ratio and the structural similarity of a received frame and the one that was
// sent, which a bounded store remembers.
package quality
