// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func ptr[T any](v T) *T { return &v }

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// loopbackAPI makes an API whose connections work on a machine without a
// network.
func loopbackAPI(options ...func(*SettingEngine)) *API {
	var s SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	for _, o := range options {
		o(&s)
	}
	return NewAPI(WithSettingEngine(s))
}

// newPair makes two connections that give each other their candidates, and
// closes them at the end of the test.
func newPair(t testing.TB, options ...func(*SettingEngine)) (a, b *PeerConnection) {
	t.Helper()
	api := loopbackAPI(options...)
	return newPairOf(t, api, api, Configuration{}, Configuration{})
}

func newPairOf(t testing.TB, apiA, apiB *API, configA, configB Configuration) (a, b *PeerConnection) {
	t.Helper()
	a, err := apiA.NewPeerConnection(configA)
	require.NoError(t, err)
	t.Cleanup(func() { _ = a.GracefulClose() })
	b, err = apiB.NewPeerConnection(configB)
	require.NoError(t, err)
	t.Cleanup(func() { _ = b.GracefulClose() })
	exchangeCandidates(a, b)
	exchangeCandidates(b, a)
	return a, b
}

// exchangeCandidates hands from's candidates to to, once that has a remote
// description to add them to.
func exchangeCandidates(from, to *PeerConnection) {
	from.OnICECandidate(func(c *ICECandidate) {
		if c == nil {
			return
		}
		init := c.ToJSON()
		go func() {
			for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
				if to.RemoteDescription() != nil {
					_ = to.AddICECandidate(init)
					return
				}
			}
		}()
	})
}

// negotiate makes one round of offer and answer.
func negotiate(t testing.TB, offerer, answerer *PeerConnection) {
	t.Helper()
	offer, err := offerer.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, offerer.SetLocalDescription(offer))
	require.NoError(t, answerer.SetRemoteDescription(offer))
	answer, err := answerer.CreateAnswer(nil)
	require.NoError(t, err)
	require.NoError(t, answerer.SetLocalDescription(answer))
	require.NoError(t, offerer.SetRemoteDescription(answer))
}

// eventually waits for ok.
func eventually(t testing.TB, ok func() bool, message string) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	require.Fail(t, "did not happen: "+message)
}

// receive waits for a value.
func receive[T any](t testing.TB, ch <-chan T, message string) T {
	t.Helper()
	select {
	case v, ok := <-ch:
		require.True(t, ok, message)
		return v
	case <-time.After(patience):
		require.Fail(t, "did not come: "+message)
		panic("unreachable")
	}
}

// channelPair returns the two ends of an open channel between connected peers.
func channelPair(t testing.TB, a, b *PeerConnection, options *DataChannelInit) (ours, theirs *DataChannel) {
	t.Helper()
	arrived := make(chan *DataChannel, 1)
	b.OnDataChannel(func(c *DataChannel) { arrived <- c })
	ours, err := a.CreateDataChannel("data", options)
	require.NoError(t, err)
	if a.RemoteDescription() == nil {
		negotiate(t, a, b)
	}
	theirs = receive(t, arrived, "the other end of the channel")
	b.OnDataChannel(nil)
	eventually(t, func() bool {
		return ours.ReadyState() == DataChannelStateOpen && theirs.ReadyState() == DataChannelStateOpen
	}, "open channels")
	return ours, theirs
}
