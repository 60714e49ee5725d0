// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package media joins clips and recordings with the tracks of package webrtc: it
// opens what is to be sent, pushes it at its pace, and shows frames of the one in
// the terms of the other.
package media
