// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"math"
	"slices"
)

// gatherer waits for an end of gathering, by number.
type gatherer struct {
	done chan struct{}
	end  uint64
}

// everyEnd is for the end of the connection.
const everyEnd = math.MaxUint64

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
	pc.gatherers = append(pc.gatherers, gatherer{done, pc.gatheringEnds + 1})
	return done
}

// setGathering changes the state of gathering. It returns how often gathering has
// ended.
func (pc *PeerConnection) setGathering(s ICEGatheringState) (ends uint64) {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	pc.gathering.Store(int32(s))
	if s == ICEGatheringStateComplete {
		pc.gatheringEnds++
	}
	return pc.gatheringEnds
}

// gathered ends the waiting for the end of gathering of that number, and for those
// before.
func (pc *PeerConnection) gathered(end uint64) {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	pc.gatherers = slices.DeleteFunc(pc.gatherers, func(g gatherer) bool {
		if g.end <= end {
			close(g.done)
		}
		return g.end <= end
	})
}
