// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package record writes received frames and sound into a file that players open,
// and single frames into pictures.
//
// The name's ending chooses the format: .mp4, .mov, .m4v (H.264 and AAC), .mkv
// (H.264 and Opus) and .webm (VP8 and Opus) are made by the ffmpeg program; .y4m
// (raw video, the sound beside it as .wav) and .wav (sound only) need nothing.
package record
