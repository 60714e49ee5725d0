// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGatheringCompletePromise(t *testing.T) {
	pc, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	_, err = pc.CreateDataChannel("", nil)
	require.NoError(t, err)
	first, second := GatheringCompletePromise(pc), GatheringCompletePromise(pc)
	select {
	case <-first:
		require.Fail(t, "nothing is gathered yet")
	default:
	}
	require.NoError(t, pc.SetLocalDescription(SessionDescription{}))
	receiveClosed(t, first)
	receiveClosed(t, second)
	assert.Equal(t, ICEGatheringStateComplete, pc.ICEGatheringState())
	assert.Contains(t, pc.LocalDescription().SDP, "a=candidate:")
	receiveClosed(t, GatheringCompletePromise(pc))

	closed, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	never := GatheringCompletePromise(closed)
	require.NoError(t, closed.Close())
	receiveClosed(t, never)
	receiveClosed(t, GatheringCompletePromise(closed))
}

// Who asks while a second round of gathering is under way waits for its end, also where
// that of the first has yet to be told.
func TestGatheringCompletePromiseOfASecondRound(t *testing.T) {
	pc, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	first := GatheringCompletePromise(pc)
	end := pc.setGathering(ICEGatheringStateComplete)
	pc.setGathering(ICEGatheringStateGathering)
	second := GatheringCompletePromise(pc)
	pc.gathered(end)
	receiveClosed(t, first)
	select {
	case <-second:
		require.Fail(t, "the second round goes on")
	default:
	}
	pc.gathered(pc.setGathering(ICEGatheringStateComplete))
	receiveClosed(t, second)
}

// The last candidate event of each round of gathering is told at its end, and once,
// however far the state has come by then: here a handler is busy until a second round,
// that of an ICE restart, is over.
func TestEndOfCandidatesOfEachRound(t *testing.T) {
	pc, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	other, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer other.Close()
	_, err = pc.CreateDataChannel("", nil)
	require.NoError(t, err)

	entered, leave := make(chan struct{}), make(chan struct{})
	events := make(chan string, 100)
	pc.OnSignalingStateChange(func(SignalingState) {
		pc.OnSignalingStateChange(nil)
		close(entered)
		<-leave
	})
	pc.OnICEGatheringStateChange(func(s ICEGatheringState) { events <- s.String() })
	pc.OnICECandidate(func(c *ICECandidate) {
		if c == nil {
			events <- "end"
		}
	})
	// The state shows what the end of an operation has made visible.
	shows := func(s ICEGatheringState) {
		eventually(t, func() bool {
			_, err := pc.CreateOffer(nil)
			return err == nil && pc.ICEGatheringState() == s
		}, "gathering is "+s.String())
	}
	negotiate(t, pc, other)
	receiveClosed(t, entered)
	shows(ICEGatheringStateComplete)
	pc.RestartICE()
	require.NoError(t, pc.SetLocalDescription(SessionDescription{}))
	shows(ICEGatheringStateComplete)
	close(leave)
	for _, want := range []string{"gathering", "complete", "end", "gathering", "complete", "end"} {
		require.Equal(t, want, receive(t, events, want))
	}
	require.NoError(t, pc.GracefulClose())
	assert.Empty(t, events)
}
