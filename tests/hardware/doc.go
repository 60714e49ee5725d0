// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package hardware tests encoding on hardware without hardware: over the test
// doubles of package doubles, which the real encoder code drives through the
// real libva. Calls are real; ffmpeg and libwebrtc's decoder judge the streams.
package hardware
