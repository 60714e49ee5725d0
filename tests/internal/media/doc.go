// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package media makes and judges the pictures and sounds that the tests send.
//
// Every picture carries its own number ([Draw], [Frame.Number]), so that a
// receiver can tell which picture it got, recompute the original and measure
// what the way did to it ([Inspect]). Every sound is a pure tone, judged by
// [ToneShare].
//
// Encoding and decoding are done by the ffmpeg program, which shares no code
// path with the library under test at run time.
package media
