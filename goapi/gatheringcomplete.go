// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// GatheringCompletePromise returns a channel that is closed when all candidates
// are gathered, so that LocalDescription has them, and also when the connection is
// closed. Call it before SetLocalDescription: gathering that was complete before
// closes the channel at once. It leaves the handlers of pc alone.
//
// Beyond the W3C: it is pion's function of this name.
func GatheringCompletePromise(pc *PeerConnection) <-chan struct{} {
	done := make(chan struct{})
	pc.mu.Lock()
	defer pc.mu.Unlock()
	if pc.closed.Load() || pc.ICEGatheringState() == ICEGatheringStateComplete {
		close(done)
		return done
	}
	pc.gatherers = append(pc.gatherers, done)
	return done
}

// gathered ends all waiting for the end of gathering.
func (pc *PeerConnection) gathered() {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	for _, done := range pc.gatherers {
		close(done)
	}
	pc.gatherers = nil
}
