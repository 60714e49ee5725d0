// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "strconv"

// VideoRotation is by how many degrees clockwise a frame must be turned to be
// shown upright. Its zero value is upright.
type VideoRotation int

// The rotations that there are.
const (
	VideoRotation0   VideoRotation = 0
	VideoRotation90  VideoRotation = 90
	VideoRotation180 VideoRotation = 180
	VideoRotation270 VideoRotation = 270
)

func (r VideoRotation) validate() error {
	switch r {
	case VideoRotation0, VideoRotation90, VideoRotation180, VideoRotation270:
		return nil
	}
	return newError(typeError, "rotation "+strconv.Itoa(int(r))+" is none of 0, 90, 180 and 270", nil)
}
