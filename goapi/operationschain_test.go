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

// A track is replaced when its turn has come, not before.
func TestReplaceTrackHasItsTurn(t *testing.T) {
	api := loopbackAPI()
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	first, _ := audioSourceTrack(t, api)
	second, _ := audioSourceTrack(t, api)
	sender, err := a.AddTrack(first)
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	begin, done := make(chan struct{}), make(chan error, 1)
	a.Async().SetLocalDescription(offer, func(err error) {
		assert.NoError(t, err)
		<-begin
	})
	sender.ReplaceTrackAsync(second, func(err error) {
		assert.Same(t, second, sender.Track())
		done <- err
	})
	assert.Same(t, first, sender.Track(), "an operation is under way")
	close(begin)
	require.NoError(t, receive(t, done, "the end"))

	// The form that waits, between operations and in a handler of one.
	end := make(chan error, 3)
	b.Async().SetRemoteDescription(offer, func(err error) { end <- err })
	b.Async().CreateAnswer(nil, func(_ SessionDescription, err error) {
		end <- err
		end <- b.GetSenders()[0].ReplaceTrack(second)
	})
	require.NoError(t, sender.ReplaceTrack(nil))
	assert.Nil(t, sender.Track())
	for range 3 {
		require.NoError(t, receive(t, end, "the end"))
	}
	assert.Same(t, second, b.GetSenders()[0].Track())

	video, _ := videoSourceTrack(t, api)
	sender.ReplaceTrackAsync(video, func(err error) { done <- err })
	requireError(t, typeError, receive(t, done, "the refusal"))
	require.NoError(t, a.GetTransceivers()[0].Stop())
	sender.ReplaceTrackAsync(second, func(err error) { done <- err })
	requireError(t, invalidStateError, receive(t, done, "the refusal"))
	require.NoError(t, a.Close())
	requireError(t, invalidStateError, sender.ReplaceTrack(second))
	sender.ReplaceTrackAsync(second, func(err error) { done <- err })
	requireError(t, invalidStateError, receive(t, done, "the refusal"))
}
