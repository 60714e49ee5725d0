// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testLoop is a goroutine that runs tasks one after another.
type testLoop struct {
	tasks chan func()
	end   chan struct{}
	depth atomic.Int32
}

func newTestLoop(t *testing.T) *testLoop {
	l := &testLoop{tasks: make(chan func()), end: make(chan struct{})}
	go func() {
		for {
			select {
			case f := <-l.tasks:
				l.depth.Add(1)
				f()
				l.depth.Add(-1)
			case <-l.end:
				return
			}
		}
	}()
	t.Cleanup(func() { close(l.end) })
	return l
}

// run is for other goroutines.
func (l *testLoop) run(f func()) {
	done := make(chan struct{})
	select {
	case l.tasks <- func() { defer close(done); f() }:
		<-done
	case <-l.end:
	}
}

func (l *testLoop) running() bool { return l.depth.Load() > 0 }

// loopPair makes two connections on a loop.
func loopPair(t *testing.T, l *testLoop) (a, b *PeerConnection) {
	t.Helper()
	api := loopbackAPI(func(s *SettingEngine) { s.SetEventLoop(l.run) })
	for _, pc := range []**PeerConnection{&a, &b} {
		made, err := api.NewPeerConnection(Configuration{})
		require.NoError(t, err)
		t.Cleanup(func() { _ = made.Close() })
		*pc = made
	}
	return a, b
}

// negotiateOnLoop is an offer of a's and its answer, then ended, all on the loop.
func negotiateOnLoop(t *testing.T, a, b *PeerConnection, ended func()) {
	must := func(then func()) func(error) {
		return func(err error) {
			if assert.NoError(t, err) {
				then()
			}
		}
	}
	a.Async().SetLocalDescription(SessionDescription{}, must(func() {
		b.Async().SetRemoteDescription(*a.LocalDescription(), must(func() {
			b.Async().SetLocalDescription(SessionDescription{}, must(func() {
				a.Async().SetRemoteDescription(*b.LocalDescription(), must(ended))
			}))
		}))
	}))
}

// exchangeOnLoop gives each the candidates of the other.
func exchangeOnLoop(a, b *PeerConnection) {
	for _, pair := range [][2]*PeerConnection{{a, b}, {b, a}} {
		pair[0].OnICECandidate(func(c *ICECandidate) {
			if c != nil {
				pair[1].Async().AddICECandidate(c.ToJSON(), func(error) {})
			}
		})
	}
}

// Nothing of a connection changes while the application's own code runs on the loop,
// and what a description has made of it is seen at once.
func TestEventLoopDescriptions(t *testing.T) {
	l := newTestLoop(t)
	a, b := loopPair(t, l)
	done := make(chan bool, 1)
	l.run(func() {
		_, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
		assert.NoError(t, err)
		assert.Len(t, a.GetTransceivers(), 1)
		a.OnICECandidate(func(c *ICECandidate) {
			assert.True(t, l.running())
			if c != nil {
				text, _, _ := strings.Cut(c.ToJSON().Candidate, " typ ")
				assert.Contains(t, a.LocalDescription().SDP, text)
			}
		})
		a.Async().SetLocalDescription(SessionDescription{}, func(err error) {
			assert.NoError(t, err)
			assert.True(t, l.running())
			offer := *a.LocalDescription()
			assert.NotContains(t, offer.SDP, "a=candidate", "a candidate stands there before its event")
			assert.Equal(t, ICEGatheringStateNew, a.GetTransceivers()[0].Sender().Transport().ICETransport().GatheringState())
			events := []string{}
			b.Async().SetRemoteDescription(offer, func(err error) {
				assert.NoError(t, err)
				assert.Equal(t, []string{"signalingstatechange"}, events)
				done <- true
			})
			// The operation is under way, and this is still the task that began it.
			for range 1000 {
				assert.Equal(t, SignalingStateStable, b.SignalingState())
			}
			assert.Nil(t, b.PendingRemoteDescription())
			assert.Empty(t, b.GetTransceivers())
			// One that is added meanwhile comes first.
			added, err := b.AddTransceiverFromKind(RTPCodecTypeVideo)
			assert.NoError(t, err)
			assert.Equal(t, []*RTPTransceiver{added}, b.GetTransceivers())
			b.OnSignalingStateChange(func(SignalingState) {
				assert.NotNil(t, b.PendingRemoteDescription())
				assert.Len(t, b.GetTransceivers(), 2)
				assert.Equal(t, added, b.GetTransceivers()[0])
				events = append(events, "signalingstatechange")
			})
		})
	})
	receive(t, done, "the description")
}

// The state of ICE changes in the task of its transport's, BufferedAmount between tasks,
// and a refusal is told at once.
func TestEventLoopStates(t *testing.T) {
	l := newTestLoop(t)
	a, b := loopPair(t, l)
	connected, low := make(chan bool, 1), make(chan bool, 1)
	l.run(func() {
		exchangeOnLoop(a, b)
		channel, err := a.CreateDataChannel("talk", nil)
		if !assert.NoError(t, err) {
			return
		}
		a.OnICEConnectionStateChange(func(s ICEConnectionState) {
			assert.Equal(t, s.String(), a.SCTP().Transport().ICETransport().State().String())
		})
		channel.OnBufferedAmountLow(func() {
			assert.Zero(t, channel.BufferedAmount())
			low <- true
		})
		channel.OnOpen(func() {
			connected <- true
			assert.NoError(t, channel.SendText("hello"))
			for range 1000 {
				assert.EqualValues(t, 5, channel.BufferedAmount())
			}
		})
		refused := false
		a.Async().CreateAnswer(nil, func(_ SessionDescription, err error) {
			refused = err != nil
		})
		assert.True(t, refused, "an answer without an offer is refused at once")
		negotiateOnLoop(t, a, b, func() {})
	})
	receive(t, connected, "open")
	receive(t, low, "bufferedamountlow")
	closed := make(chan bool, 1)
	l.run(func() {
		assert.Contains(t, []ICEConnectionState{ICEConnectionStateConnected, ICEConnectionStateCompleted}, a.ICEConnectionState())
		a.SCTP().OnStateChange(func(s SCTPTransportState) {
			assert.Equal(t, SCTPTransportStateClosed, s)
			closed <- true
		})
		local := a.LocalDescription()
		assert.NoError(t, a.Close())
		assert.Equal(t, local, a.LocalDescription())
	})
	receive(t, closed, "the end of the association")
}
