// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// negotiationCounter counts negotiationneeded of a connection.
type negotiationCounter struct {
	t     *testing.T
	pc    *PeerConnection
	fired atomic.Int32
}

func countNegotiations(t *testing.T, pc *PeerConnection) *negotiationCounter {
	c := &negotiationCounter{t: t, pc: pc}
	pc.OnNegotiationNeeded(func() {
		assert.Equal(t, SignalingStateStable, pc.SignalingState(), "it fires in the stable state only")
		c.fired.Add(1)
	})
	return c
}

// expect waits for one event, if there is to be one, and sees that there is no
// other: an operation has gone through libwebrtc's queue and a task through that
// of the handlers since.
func (c *negotiationCounter) expect(n int32, message string) {
	c.t.Helper()
	if n > 0 {
		eventually(c.t, func() bool { return c.fired.Load() >= n }, "negotiationneeded: "+message)
	}
	for range 3 {
		_, err := c.pc.GetStats()
		require.NoError(c.t, err)
		handled := make(chan struct{})
		c.pc.d.post(func() { close(handled) })
		receiveClosed(c.t, handled)
	}
	assert.Equal(c.t, n, c.fired.Swap(0), message)
}

func receiveClosed(t *testing.T, done <-chan struct{}) {
	t.Helper()
	eventually(t, func() bool {
		select {
		case <-done:
			return true
		default:
			return false
		}
	}, "handlers have run")
}

// TestNegotiationNeededExactlyWhenTheW3CSaysSo goes through everything that sets
// the negotiation-needed flag, and what does not.
//
// https://www.w3.org/TR/webrtc/#dfn-update-the-negotiation-needed-flag
func TestNegotiationNeededExactlyWhenTheW3CSaysSo(t *testing.T) {
	api, a, b := rtpPair(t)
	needed := countNegotiations(t, a)
	theirs := countNegotiations(t, b)

	needed.expect(0, "a new connection")
	track := audioTrack(t, api)
	sender, err := a.AddTrack(track)
	require.NoError(t, err)
	needed.expect(1, "a track was added")
	_, err = a.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	needed.expect(0, "the flag is set already")
	_, err = a.CreateDataChannel("first", nil)
	require.NoError(t, err)
	needed.expect(0, "and is still")
	negotiate(t, a, b)
	needed.expect(0, "all that was needed is negotiated")
	theirs.expect(0, "the answer has all there is")

	_, err = a.CreateDataChannel("second", nil)
	require.NoError(t, err)
	needed.expect(0, "there is a section for data channels")
	require.NoError(t, sender.ReplaceTrack(audioTrack(t, api)))
	needed.expect(0, "a track was replaced")
	require.NoError(t, sender.SetParameters(sender.GetParameters()))
	needed.expect(0, "parameters do not count")
	require.NoError(t, a.SetConfiguration(a.GetConfiguration()))
	needed.expect(0, "nor does the configuration")
	transceiver := a.GetTransceivers()[0]
	require.NoError(t, transceiver.SetDirection(transceiver.Direction()))
	needed.expect(0, "the direction is the same")

	require.NoError(t, transceiver.SetDirection(RTPTransceiverDirectionInactive))
	needed.expect(1, "another direction")
	require.NoError(t, transceiver.SetDirection(RTPTransceiverDirectionSendrecv))
	needed.expect(0, "back before it was negotiated")
	require.NoError(t, a.RemoveTrack(sender))
	needed.expect(1, "a track was removed")
	negotiate(t, a, b)
	needed.expect(0, "negotiated")

	a.RestartICE()
	needed.expect(1, "ICE is to be restarted")
	negotiate(t, a, b)
	needed.expect(0, "it is restarted")

	require.NoError(t, transceiver.Stop())
	needed.expect(1, "a transceiver is stopped")
	negotiate(t, a, b)
	needed.expect(0, "it is gone")

	require.NoError(t, a.Close())
	_, err = a.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.ErrorIs(t, err, ErrConnectionClosed)
	assert.Zero(t, needed.fired.Load(), "closed")
}

// TestNegotiationNeededWaitsForTheStableState changes something in the middle of a
// negotiation.
func TestNegotiationNeededWaitsForTheStableState(t *testing.T) {
	_, a, b := rtpPair(t)
	needed := countNegotiations(t, a)
	_, err := a.CreateDataChannel("", nil)
	require.NoError(t, err)
	needed.expect(1, "the first data channel")
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(offer))
	_, err = a.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	needed.expect(0, "while an offer is out")
	require.NoError(t, b.SetRemoteDescription(offer))
	answer, err := b.CreateAnswer(nil)
	require.NoError(t, err)
	require.NoError(t, b.SetLocalDescription(answer))
	require.NoError(t, a.SetRemoteDescription(answer))
	needed.expect(1, "as soon as it is answered")

	require.NoError(t, a.SetLocalDescription(SessionDescription{}))
	require.NoError(t, a.SetLocalDescription(SessionDescription{Type: SDPTypeRollback}))
	needed.expect(1, "after a rollback it is needed as before")
}

// TestNegotiationNeededIsToldToALateHandler has the event raised while there is none.
func TestNegotiationNeededIsToldToALateHandler(t *testing.T) {
	a, b := newPair(t)
	_, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	missed := func() bool {
		a.mu.Lock()
		defer a.mu.Unlock()
		return a.handlers.negotiationMissed != nil
	}
	eventually(t, missed, "the event")
	_, err = a.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	told := make(chan int, 10)
	a.OnNegotiationNeeded(func() { told <- len(a.GetTransceivers()) })
	require.Equal(t, 2, receive(t, told, "the event"), "after all changes")

	// Once negotiated it does not hold any more.
	a.OnNegotiationNeeded(nil)
	negotiate(t, a, b)
	_, err = a.CreateDataChannel("", nil)
	require.NoError(t, err)
	eventually(t, missed, "another event")
	negotiate(t, a, b)
	a.OnNegotiationNeeded(func() { told <- 0 })
	_, err = a.GetStats() // Behind it in the queue.
	require.NoError(t, err)
	require.Empty(t, told)
}
