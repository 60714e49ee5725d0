// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Both forms have their places in one chain: each of these operations needs what the
// one before it has done.
func TestOperationsChainOrdersBothForms(t *testing.T) {
	a, b := asyncConnection(t), asyncConnection(t)
	_, err := a.CreateDataChannel("x", nil)
	require.NoError(t, err)
	ends := make(chan string, 10)
	end := func(name string) func(error) {
		return func(err error) {
			assert.NoError(t, err, name)
			ends <- name
		}
	}
	a.Async().CreateOffer(nil, func(_ SessionDescription, err error) { end("offer")(err) })
	require.NoError(t, a.SetLocalDescription(SessionDescription{Type: SDPTypeOffer}))
	assert.Equal(t, SignalingStateHaveLocalOffer, a.SignalingState())

	b.Async().SetRemoteDescription(*a.LocalDescription(), end("remote"))
	b.Async().CreateAnswer(nil, func(_ SessionDescription, err error) { end("answer")(err) })
	require.NoError(t, b.SetLocalDescription(SessionDescription{Type: SDPTypeAnswer}))
	assert.Equal(t, SignalingStateStable, b.SignalingState())
	a.Async().SetRemoteDescription(*b.LocalDescription(), end("done"))
	require.NoError(t, a.SetLocalDescription(SessionDescription{}), "an offer in the stable state")
	assert.Equal(t, SignalingStateHaveLocalOffer, a.SignalingState())
	got := []string{}
	for range 4 {
		got = append(got, receive(t, ends, "the end of an operation"))
	}
	assert.ElementsMatch(t, []string{"offer", "remote", "answer", "done"}, got)
}

// A handler waits for a turn that comes after operations whose own handlers cannot
// run before it returns.
func TestOperationsChainTurnInAHandler(t *testing.T) {
	pc := asyncConnection(t)
	transceiver, err := pc.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	steps := make(chan string, 10)
	pc.Async().CreateOffer(nil, func(SessionDescription, error) {
		for range 2 {
			pc.Async().CreateOffer(nil, func(_ SessionDescription, err error) {
				assert.NoError(t, err)
				steps <- "asynchronous"
			})
		}
		assert.NoError(t, transceiver.Stop())
		steps <- "stopped"
		_, err := pc.CreateOffer(nil)
		assert.NoError(t, err)
		steps <- "waited"
	})
	for _, want := range []string{"stopped", "waited", "asynchronous", "asynchronous"} {
		assert.Equal(t, want, receive(t, steps, want))
	}
}

// negotiationneeded waits for the end of the chain.
func TestOperationsChainHoldsNegotiationNeededBack(t *testing.T) {
	pc := asyncConnection(t)
	events := make(chan string, 10)
	pc.OnNegotiationNeeded(func() { events <- "needed" })
	for range 3 {
		pc.Async().CreateOffer(nil, func(SessionDescription, error) { events <- "created" })
	}
	_, err := pc.CreateDataChannel("x", nil)
	require.NoError(t, err)
	for _, want := range []string{"created", "created", "created", "needed"} {
		assert.Equal(t, want, receive(t, events, want))
	}
}

// blockedIdP returns a provider whose assertions do not come before proceed is closed.
func blockedIdP() (idp *testIdP, asked chan struct{}, proceed chan struct{}) {
	asked, proceed = make(chan struct{}, 10), make(chan struct{})
	working := &testIdP{}
	return &testIdP{generate: func(ctx context.Context, contents, origin, hint string) (IdentityAssertionResult, error) {
		asked <- struct{}{}
		select {
		case <-proceed:
			return working.GenerateAssertion(ctx, contents, origin, hint)
		case <-ctx.Done():
			return IdentityAssertionResult{}, ctx.Err()
		}
	}}, asked, proceed
}

func blockedConnection(t *testing.T) (pc *PeerConnection, asked chan struct{}, proceed chan struct{}) {
	t.Helper()
	idp, asked, proceed := blockedIdP()
	api, _ := identityAPI(idp)
	pc, err := api.NewPeerConnection(Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = pc.Close() })
	require.NoError(t, pc.SetIdentityProvider(testDomain, hint("alice")))
	return pc, asked, proceed
}

// An identity provider delays the operations, and no handler.
func TestAsyncOperationsWithAnIdentityProvider(t *testing.T) {
	pc, asked, proceed := blockedConnection(t)
	needed := make(chan struct{}, 10)
	set := make(chan error, 10)
	pc.Async().CreateOffer(nil, func(d SessionDescription, err error) {
		assert.NoError(t, err)
		assert.Contains(t, d.SDP, identityPrefix)
	})
	pc.Async().SetLocalDescription(SessionDescription{Type: SDPTypeOffer}, func(err error) { set <- err })
	pc.Async().SetLocalDescription(SessionDescription{}, func(err error) { set <- err })
	receive(t, asked, "the provider is asked")
	pc.d.post(func() { needed <- struct{}{} })
	receive(t, needed, "a handler while the provider is asked")
	assert.Equal(t, SignalingStateStable, pc.SignalingState())
	assert.Empty(t, set)
	close(proceed)
	for range 2 {
		require.NoError(t, receive(t, set, "the local description"))
		require.Contains(t, pc.LocalDescription().SDP, identityPrefix)
	}
}

// Close ends what is under way and what waits for its turn, be it in a handler.
func TestOperationsChainCloseEndsTheWaiting(t *testing.T) {
	pc, asked, _ := blockedConnection(t)
	ends := make(chan error, 10)
	wait := func() {
		_, err := pc.CreateOffer(nil)
		ends <- err
	}
	go wait()
	receive(t, asked, "the provider is asked")
	go wait()
	pc.d.post(wait)
	eventually(t, func() bool {
		pc.chain.mu.Lock()
		defer pc.chain.mu.Unlock()
		return len(pc.chain.turns) == 3
	}, "the operations are in the chain")
	require.NoError(t, pc.Close())
	for range 3 {
		require.ErrorIs(t, receive(t, ends, "the end of an operation"), ErrConnectionClosed)
	}
}
