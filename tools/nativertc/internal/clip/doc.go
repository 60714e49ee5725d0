// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package clip is where the program's pictures and sound come from: a generated
// clip with motion and a burnt-in frame number, or any file that ffmpeg reads.
// Video comes as I420 frames, sound as interleaved 16-bit blocks of 10 ms.
package clip
