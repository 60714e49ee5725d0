// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package peer

import (
	"context"
	"fmt"
)

// Kind is that of a track: "audio" or "video".
type Kind interface {
	comparable
	fmt.Stringer
}

// NextTrack waits for a remote track of the given kind; others are dropped.
func NextTrack[K Kind, T interface{ Kind() K }](ctx context.Context, tracks <-chan T, kind K) (T, error) {
	for {
		select {
		case track := <-tracks:
			if track.Kind() == kind {
				return track, nil
			}
		case <-ctx.Done():
			var none T
			return none, fmt.Errorf("waiting for a remote %s track: %w", kind, ctx.Err())
		}
	}
}

// AudioAndVideo waits for one remote track of each kind, in any order.
func AudioAndVideo[K Kind, T interface{ Kind() K }](ctx context.Context, tracks <-chan T) (audio, video T, err error) {
	for hasAudio, hasVideo := false, false; !hasAudio || !hasVideo; {
		select {
		case track := <-tracks:
			if track.Kind().String() == "audio" {
				audio, hasAudio = track, true
			} else {
				video, hasVideo = track, true
			}
		case <-ctx.Done():
			return audio, video, fmt.Errorf("waiting for remote tracks, audio %t, video %t: %w", hasAudio, hasVideo, ctx.Err())
		}
	}
	return audio, video, nil
}
