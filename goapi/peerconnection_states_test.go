// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// addLater adds a candidate as soon as there is a remote description for it.
func addLater(to *PeerConnection, c ICECandidateInit, stop <-chan struct{}) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if to.RemoteDescription() != nil {
			_ = to.AddICECandidate(c)
			return
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-stop:
			return
		}
	}
}

// history keeps the states that a handler saw, and what the attribute said then.
type history[S comparable] struct {
	mu   sync.Mutex
	seen []S
}

func (h *history[S]) add(s S) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seen = append(h.seen, s)
}

func (h *history[S]) all() []S {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.seen)
}

// await waits until the last state seen is one of wanted, and returns all since
// the last call.
func (h *history[S]) await(t *testing.T, wanted ...S) []S {
	t.Helper()
	var seen []S
	for deadline := time.Now().Add(3 * patience); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		h.mu.Lock()
		if n := len(h.seen); n > 0 && slices.Contains(wanted, h.seen[n-1]) {
			seen, h.seen = h.seen, nil
		}
		h.mu.Unlock()
		if seen != nil {
			return seen
		}
	}
	require.Fail(t, "the state did not come", "%v, seen %v", wanted, h.all())
	return nil
}

// TestStatesFromNewToFailedAndBack cuts a connection until it has failed, mends it
// by an ICE restart, and closes it: every state of ICE and of the connection.
func TestStatesFromNewToFailedAndBack(t *testing.T) {
	a, b, w := newWiredPair(t, func(s *SettingEngine) { s.SetICETimeouts(time.Second, 2*time.Second, 500*time.Millisecond) })
	var ice history[ICEConnectionState]
	var connection history[PeerConnectionState]
	var transport history[ICETransportState]
	a.OnICEConnectionStateChange(func(s ICEConnectionState) { ice.add(s) })
	a.OnConnectionStateChange(func(s PeerConnectionState) { connection.add(s) })
	assert.Equal(t, ICEConnectionStateNew, a.ICEConnectionState())
	assert.Equal(t, PeerConnectionStateNew, a.ConnectionState())

	channel, err := a.CreateDataChannel("data", nil)
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(offer))
	assert.Equal(t, ICEConnectionStateNew, a.ICEConnectionState(), "nobody to talk to")
	lower := a.SCTP().Transport().Transport()
	assert.Equal(t, ICETransportStateNew, lower.State())
	lower.OnStateChange(func(s ICETransportState) { transport.add(s) })
	require.NoError(t, b.SetRemoteDescription(offer))
	answer, err := b.CreateAnswer(nil)
	require.NoError(t, err)
	require.NoError(t, b.SetLocalDescription(answer))
	require.NoError(t, a.SetRemoteDescription(answer))

	seen := ice.await(t, ICEConnectionStateConnected, ICEConnectionStateCompleted)
	assert.Equal(t, ICEConnectionStateChecking, seen[0])
	assert.Equal(t, PeerConnectionStateConnecting, connection.await(t, PeerConnectionStateConnected)[0])
	assert.Equal(t, ICETransportStateChecking, transport.await(t, ICETransportStateConnected, ICETransportStateCompleted)[0])
	eventually(t, func() bool { return channel.ReadyState() == DataChannelStateOpen }, "open")

	w.cut(true)
	assert.Contains(t, ice.await(t, ICEConnectionStateFailed), ICEConnectionStateDisconnected)
	assert.Contains(t, connection.await(t, PeerConnectionStateFailed), PeerConnectionStateDisconnected)
	assert.Contains(t, transport.await(t, ICETransportStateFailed), ICETransportStateDisconnected)
	assert.Equal(t, DataChannelStateOpen, channel.ReadyState(), "ICE may be restarted")

	w.cut(false)
	negotiateWithoutCandidates(t, a, b, &OfferOptions{ICERestart: true})
	// libwebrtc does not check again, as the W3C has it, but is disconnected until
	// it is connected: so it is in browsers.
	assert.Contains(t, ice.await(t, ICEConnectionStateConnected, ICEConnectionStateCompleted), ICEConnectionStateDisconnected)
	assert.Contains(t, connection.await(t, PeerConnectionStateConnected), PeerConnectionStateDisconnected)
	assert.Contains(t, transport.await(t, ICETransportStateConnected, ICETransportStateCompleted), ICETransportStateDisconnected)
	assert.Equal(t, DataChannelStateOpen, channel.ReadyState())

	require.NoError(t, a.GracefulClose())
	assert.Equal(t, ICEConnectionStateClosed, a.ICEConnectionState())
	assert.Equal(t, PeerConnectionStateClosed, a.ConnectionState())
	assert.Equal(t, ICETransportStateClosed, lower.State())
	assert.NotContains(t, ice.all(), ICEConnectionStateClosed, "Close raises no event")
	assert.NotContains(t, connection.all(), PeerConnectionStateClosed)
}

// TestDisconnectedMayRecover cuts a connection for a moment.
func TestDisconnectedMayRecover(t *testing.T) {
	a, b, w := newWiredPair(t, func(s *SettingEngine) { s.SetICETimeouts(time.Second, time.Minute, 500*time.Millisecond) })
	var ice history[ICEConnectionState]
	a.OnICEConnectionStateChange(func(s ICEConnectionState) { ice.add(s) })
	ours, theirs := channelPair(t, a, b, nil)
	ice.await(t, ICEConnectionStateConnected, ICEConnectionStateCompleted)
	w.cut(true)
	ice.await(t, ICEConnectionStateDisconnected)
	w.cut(false)
	ice.await(t, ICEConnectionStateConnected, ICEConnectionStateCompleted)
	received := make(chan string, 1)
	theirs.OnMessage(func(m DataChannelMessage) { received <- string(m.Data) })
	require.NoError(t, ours.SendText("still here"))
	assert.Equal(t, "still here", receive(t, received, "message"))
}

func TestICEGatheringStates(t *testing.T) {
	pc, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	assert.Equal(t, ICEGatheringStateNew, pc.ICEGatheringState())
	type event struct {
		name  string
		state ICEGatheringState
	}
	events := make(chan event, 100)
	transport := make(chan ICEGatheringState, 10)
	pc.OnICEGatheringStateChange(func(s ICEGatheringState) {
		assert.Equal(t, s, pc.ICEGatheringState())
		if s == ICEGatheringStateGathering {
			pc.SCTP().Transport().Transport().OnGatheringStateChange(func(s ICEGatheringState) { transport <- s })
		}
		events <- event{"state", s}
	})
	pc.OnICECandidateEvent(func(e PeerConnectionICEEvent) {
		if e.Candidate == nil {
			assert.Empty(t, e.URL)
			events <- event{"end", pc.ICEGatheringState()}
			return
		}
		assert.Empty(t, e.URL, "a host candidate comes from no server")
		assert.Equal(t, ICECandidateTypeHost, e.Candidate.Typ)
		attribute, _, _ := strings.Cut(e.Candidate.String(), " typ ")
		assert.Contains(t, pc.LocalDescription().SDP, attribute, "it is in the description already")
		events <- event{"candidate", pc.ICEGatheringState()}
	})
	_, err = pc.CreateDataChannel("", nil)
	require.NoError(t, err)
	require.NoError(t, pc.SetLocalDescription(SessionDescription{}))
	assert.Equal(t, event{"state", ICEGatheringStateGathering}, receive(t, events, "gathering"))
	e := receive(t, events, "candidate")
	assert.Equal(t, "candidate", e.name)
	for e.name == "candidate" {
		e = receive(t, events, "the end")
	}
	assert.Equal(t, event{"state", ICEGatheringStateComplete}, e)
	assert.Equal(t, event{"end", ICEGatheringStateComplete}, receive(t, events, "the candidate that is none"))
	assert.Equal(t, ICEGatheringStateComplete, receive(t, transport, "state of the transport"))
	assert.Equal(t, ICEGatheringStateComplete, pc.SCTP().Transport().Transport().GatheringState())
}

// TestICERolesAndComponents has an answerer that offers next. Whether the roles
// follow depends on the revision; in the end one of the two controls.
func TestICERolesAndComponents(t *testing.T) {
	a, b := newPair(t)
	channelPair(t, a, b, nil)
	ours, theirs := a.SCTP().Transport().Transport(), b.SCTP().Transport().Transport()
	assert.Equal(t, ICERoleControlling, ours.Role())
	assert.Equal(t, ICERoleControlled, theirs.Role())
	assert.Equal(t, ICEComponentRTP, ours.Component())
	negotiate(t, b, a)
	eventually(t, func() bool { return ours.Role() != theirs.Role() }, "one controls")
}

func TestSelectedCandidatePairChange(t *testing.T) {
	a, b := newPair(t)
	_, err := a.CreateDataChannel("", nil)
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(SessionDescription{}))
	ice := a.SCTP().Transport().Transport()
	pairs := make(chan *ICECandidatePair, 100)
	ice.OnSelectedCandidatePairChange(func(p *ICECandidatePair) { pairs <- p })
	require.NoError(t, b.SetRemoteDescription(*a.LocalDescription()))
	require.NoError(t, b.SetLocalDescription(SessionDescription{}))
	require.NoError(t, a.SetRemoteDescription(*b.LocalDescription()))
	pair := receive(t, pairs, "the pair")
	require.NotNil(t, pair)
	locals, err := ice.GetLocalCandidates()
	require.NoError(t, err)
	assert.True(t, slices.ContainsFunc(locals, func(c ICECandidate) bool { return c.Port == pair.Local.Port || c.Protocol == ICEProtocolTCP }),
		"%v is one of %v", pair.Local, locals)
	assert.NotEmpty(t, pair.Remote.Address)
	current, err := ice.GetSelectedCandidatePair()
	require.NoError(t, err)
	assert.NotNil(t, current)
}
