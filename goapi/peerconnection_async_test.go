// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func asyncConnection(t *testing.T) *PeerConnection {
	t.Helper()
	pc, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = pc.Close() })
	return pc
}

// The end of an operation has its place among the events: after what it changed,
// before what follows from it.
func TestAsyncOperationEndsAmongTheEvents(t *testing.T) {
	pc := asyncConnection(t)
	_, err := pc.CreateDataChannel("x", nil)
	require.NoError(t, err)
	events := make(chan string, 100)
	pc.OnSignalingStateChange(func(s SignalingState) { events <- "signaling " + s.String() })
	pc.OnICEGatheringStateChange(func(s ICEGatheringState) { events <- "gathering " + s.String() })
	pc.Async().CreateOffer(nil, func(offer SessionDescription, err error) {
		assert.NoError(t, err)
		assert.Equal(t, SDPTypeOffer, offer.Type)
		events <- "created"
	})
	// In the chain: it begins when the offer is there, and uses it.
	pc.Async().SetLocalDescription(SessionDescription{Type: SDPTypeOffer}, func(err error) {
		assert.NoError(t, err)
		events <- "set"
	})
	for _, want := range []string{"created", "signaling have-local-offer", "set", "gathering gathering"} {
		assert.Equal(t, want, receive(t, events, want))
	}
}

func TestAsyncOperationsFailAsTheOthersDo(t *testing.T) {
	pc := asyncConnection(t)
	failed := make(chan error, 10)
	pc.Async().CreateAnswer(nil, func(_ SessionDescription, err error) { failed <- err })
	pc.Async().SetRemoteDescription(SessionDescription{Type: SDPTypeOffer, SDP: "nonsense"}, func(err error) { failed <- err })
	pc.Async().AddICECandidate(ICECandidateInit{Candidate: "candidate:1"}, func(err error) { failed <- err })
	pc.Async().AddICECandidate(ICECandidateInit{}, func(err error) { failed <- err })

	var state *InvalidStateError
	require.ErrorAs(t, receive(t, failed, "createAnswer"), &state)
	var detailed *RTCError
	require.ErrorAs(t, receive(t, failed, "setRemoteDescription"), &detailed)
	assert.Equal(t, ErrorDetailSDPSyntaxError, detailed.ErrorDetail)
	var typeErr *TypeError
	require.ErrorAs(t, receive(t, failed, "a candidate without a media section"), &typeErr)
	require.ErrorAs(t, receive(t, failed, "the end of candidates without a description"), &state)
}

func TestAsyncOperationsAndClose(t *testing.T) {
	pc := asyncConnection(t)
	called := make(chan error, 10)
	reached := make(chan struct{}, 1)
	pc.Async().CreateOffer(nil, func(SessionDescription, error) {
		pc.Async().CreateOffer(nil, func(_ SessionDescription, err error) { called <- err })
		_ = pc.Close()
		reached <- struct{}{}
	})
	receive(t, reached, "the first operation")
	select {
	case err := <-called:
		t.Fatalf("an operation under way ended after Close: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	pc.Async().CreateOffer(nil, func(_ SessionDescription, err error) { called <- err })
	require.ErrorIs(t, receive(t, called, "an operation after Close"), ErrConnectionClosed)
}
