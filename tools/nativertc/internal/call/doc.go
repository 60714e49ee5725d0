// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package call makes a complete call between two peers in this process, over real
// ICE, DTLS, SRTP and SCTP on the loopback interface, and measures what arrives:
// video frame by frame, by the number that each carries in its picture, sound by
// its level, and messages by their checksum.
package call
