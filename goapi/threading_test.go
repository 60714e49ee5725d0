// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// handlerSetters name every handler of a connection and of a data channel, and
// tell how to run f in it. A connected pair with a renegotiation raises each.
func handlerSetters() map[string]func(pc *PeerConnection, f func()) {
	onChannel := func(set func(*DataChannel, func())) func(*PeerConnection, func()) {
		return func(pc *PeerConnection, f func()) {
			pc.OnDataChannel(func(c *DataChannel) { set(c, f) })
		}
	}
	return map[string]func(*PeerConnection, func()){
		"negotiationneeded":        func(pc *PeerConnection, f func()) { pc.OnNegotiationNeeded(f) },
		"signalingstatechange":     func(pc *PeerConnection, f func()) { pc.OnSignalingStateChange(func(SignalingState) { f() }) },
		"iceconnectionstatechange": func(pc *PeerConnection, f func()) { pc.OnICEConnectionStateChange(func(ICEConnectionState) { f() }) },
		"connectionstatechange":    func(pc *PeerConnection, f func()) { pc.OnConnectionStateChange(func(PeerConnectionState) { f() }) },
		"icegatheringstatechange":  func(pc *PeerConnection, f func()) { pc.OnICEGatheringStateChange(func(ICEGatheringState) { f() }) },
		"icecandidate":             func(pc *PeerConnection, f func()) { pc.OnICECandidate(func(*ICECandidate) { f() }) },
		"track":                    func(pc *PeerConnection, f func()) { pc.OnTrack(func(*TrackRemote, *RTPReceiver) { f() }) },
		"datachannel":              func(pc *PeerConnection, f func()) { pc.OnDataChannel(func(*DataChannel) { f() }) },
		"datachannel open":         onChannel(func(c *DataChannel, f func()) { c.OnOpen(f) }),
		"datachannel message":      onChannel(func(c *DataChannel, f func()) { c.OnMessage(func(DataChannelMessage) { f() }) }),
		"datachannel close":        onChannel(func(c *DataChannel, f func()) { c.OnClose(f) }),
		"datachannel closing":      onChannel(func(c *DataChannel, f func()) { c.OnClosing(f) }),
		"datachannel error":        onChannel(func(c *DataChannel, f func()) { c.OnError(func(error) { f() }) }),
		"datachannel bufferedamount": onChannel(func(c *DataChannel, f func()) {
			c.OnBufferedAmountLow(f)
			c.OnOpen(func() { _ = c.Send(make([]byte, 200<<10)) })
		}),
	}
}

// stir makes a connection between a and b raise every event on b.
func stir(a, b *PeerConnection) {
	forward := func(from, to *PeerConnection, also func(*ICECandidate)) {
		from.OnICECandidate(func(c *ICECandidate) {
			if also != nil {
				also(c)
			}
			if c != nil {
				go func() { _ = to.AddICECandidate(c.ToJSON()) }()
			}
		})
	}
	forward(a, b, nil)
	_, _ = a.AddTransceiverFromKind(RTPCodecTypeAudio)
	channel, err := a.CreateDataChannel("stir", nil)
	if err != nil {
		return
	}
	channel.OnOpen(func() {
		_ = channel.SendText("hello")
		time.AfterFunc(50*time.Millisecond, func() { _ = channel.Close() })
	})
	second, err := a.CreateDataChannel("fails", nil)
	if err == nil {
		second.OnOpen(func() { time.AfterFunc(100*time.Millisecond, func() { _ = a.Close() }) })
	}
	_, _ = b.AddTransceiverFromKind(RTPCodecTypeVideo)
	offer, err := a.CreateOffer(nil)
	if err != nil || a.SetLocalDescription(offer) != nil || b.SetRemoteDescription(offer) != nil {
		return
	}
	answer, err := b.CreateAnswer(nil)
	if err != nil || b.SetLocalDescription(answer) != nil {
		return
	}
	eventuallyGathered(b)
	if d := b.LocalDescription(); d != nil {
		_ = a.SetRemoteDescription(*d)
	}
}

// eventuallyGathered waits for all candidates, so that the description has them.
func eventuallyGathered(pc *PeerConnection) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if pc.ICEGatheringState() == ICEGatheringStateComplete || pc.SignalingState() == SignalingStateClosed {
			return
		}
	}
}

func TestCloseFromEveryHandler(t *testing.T) {
	for name, set := range handlerSetters() {
		t.Run(name, func(t *testing.T) {
			api := loopbackAPI()
			a, err := api.NewPeerConnection(Configuration{})
			require.NoError(t, err)
			b, err := api.NewPeerConnection(Configuration{})
			require.NoError(t, err)
			defer func() { _ = a.GracefulClose() }()
			ran := make(chan struct{}, 1)
			set(b, func() {
				_ = b.Close()
				_ = b.Close()
				select {
				case ran <- struct{}{}:
				default:
				}
			})
			stir(a, b)
			receive(t, ran, name)
			require.NoError(t, b.GracefulClose())
			require.Equal(t, SignalingStateClosed, b.SignalingState())
		})
	}
}

// callEverything calls each method of a connection that a handler might call.
// What they return is none of its business: only that they return.
func callEverything(pc *PeerConnection) {
	_, _ = pc.CreateOffer(nil)
	_, _ = pc.CreateAnswer(nil)
	_ = pc.LocalDescription()
	_ = pc.RemoteDescription()
	_, _ = pc.GetStats()
	_ = pc.GetConfiguration()
	_ = pc.SetConfiguration(pc.GetConfiguration())
	_ = pc.CanTrickleICECandidates()
	_ = pc.AddICECandidate(ICECandidateInit{})
	_ = pc.GetTransceivers()
	_ = pc.GetSenders()
	_ = pc.GetReceivers()
	_ = pc.SetBitrate(BitrateSettings{Max: 1_000_000})
	if c, err := pc.CreateDataChannel("from a handler", nil); err == nil {
		_ = c.Send([]byte("x"))
		_ = c.ID()
		_ = c.Close()
	}
	for _, tr := range pc.GetTransceivers() {
		_ = tr.Mid()
		_ = tr.Direction()
		_, _ = tr.Sender().GetStats()
	}
}

func TestCallsFromEveryHandler(t *testing.T) {
	for name, set := range handlerSetters() {
		t.Run(name, func(t *testing.T) {
			a, b := newPair(t)
			ran := make(chan struct{}, 1)
			var once sync.Once
			set(b, func() {
				once.Do(func() {
					callEverything(b)
					callEverything(a)
					ran <- struct{}{}
				})
			})
			stir(a, b)
			receive(t, ran, name)
		})
	}
}

func TestCloseDuringEveryOperation(t *testing.T) {
	operations := map[string]func(a, b *PeerConnection) error{
		"createOffer":         func(a, _ *PeerConnection) error { _, err := a.CreateOffer(nil); return err },
		"createAnswer":        func(_, b *PeerConnection) error { _, err := b.CreateAnswer(nil); return err },
		"setLocalDescription": func(a, _ *PeerConnection) error { return a.SetLocalDescription(SessionDescription{}) },
		"setRemoteDescription": func(a, b *PeerConnection) error {
			return b.SetRemoteDescription(SessionDescription{Type: SDPTypeOffer, SDP: simpleOffer(a)})
		},
		"addIceCandidate":   func(_, b *PeerConnection) error { return b.AddICECandidate(someCandidate()) },
		"getStats":          func(a, _ *PeerConnection) error { _, err := a.GetStats(); return err },
		"createDataChannel": func(a, _ *PeerConnection) error { _, err := a.CreateDataChannel("x", nil); return err },
		"addTransceiver":    func(a, _ *PeerConnection) error { _, err := a.AddTransceiverFromKind(RTPCodecTypeVideo); return err },
		"setConfiguration":  func(a, _ *PeerConnection) error { return a.SetConfiguration(a.GetConfiguration()) },
		"restartIce":        func(a, _ *PeerConnection) error { a.RestartICE(); return nil },
	}
	for name, operate := range operations {
		t.Run(name, func(t *testing.T) {
			api := loopbackAPI()
			for i := range 15 {
				a, err := api.NewPeerConnection(Configuration{})
				require.NoError(t, err)
				b, err := api.NewPeerConnection(Configuration{})
				require.NoError(t, err)
				_, err = a.CreateDataChannel("d", nil)
				require.NoError(t, err)
				offer := simpleOffer(a)
				require.NoError(t, b.SetRemoteDescription(SessionDescription{Type: SDPTypeOffer, SDP: offer}))
				var wg sync.WaitGroup
				errs := make(chan error, 3)
				for range 3 {
					wg.Add(1)
					go func() {
						defer wg.Done()
						errs <- operate(a, b)
					}()
				}
				time.Sleep(time.Duration(i) * 50 * time.Microsecond)
				require.NoError(t, a.Close())
				require.NoError(t, b.Close())
				wg.Wait()
				close(errs)
				for err := range errs {
					var named Error
					require.True(t, err == nil || errors.As(err, &named), "%v", err)
				}
				require.ErrorIs(t, closedError0(operate(a, b), name), ErrConnectionClosed)
			}
		})
	}
}

// closedError0 lets the operations that a closed connection does not refuse pass.
func closedError0(err error, name string) error {
	if (name == "restartIce" || name == "getStats") && err == nil {
		return ErrConnectionClosed
	}
	return err
}

func simpleOffer(pc *PeerConnection) string {
	offer, err := pc.CreateOffer(nil)
	if err != nil {
		return ""
	}
	return offer.SDP
}

func someCandidate() ICECandidateInit {
	return ICECandidateInit{
		Candidate: "candidate:1 1 udp 2113937151 127.0.0.1 9 typ host",
		SDPMid:    ptr("0"), SDPMLineIndex: ptr(uint16(0)),
	}
}

func TestManyGoroutinesOnOneConnection(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range 10 {
				callEverything(a)
				_ = ours.SendText(fmt.Sprint(i, j))
				_ = theirs.BufferedAmount()
			}
		}()
	}
	wg.Wait()
	require.Equal(t, DataChannelStateOpen, ours.ReadyState())
}

// An event's attributes are to be seen in its handler, and an operation's effect
// when it returns.
func TestStateIsConsistentWithEvents(t *testing.T) {
	a, b := newPair(t)
	seen := make(chan [2]SignalingState, 16)
	a.OnSignalingStateChange(func(s SignalingState) { seen <- [2]SignalingState{s, a.SignalingState()} })
	_, err := a.CreateDataChannel("d", nil)
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(SessionDescription{}))
	require.Equal(t, SignalingStateHaveLocalOffer, a.SignalingState())
	first := receive(t, seen, "have-local-offer")
	require.Equal(t, [2]SignalingState{SignalingStateHaveLocalOffer, SignalingStateHaveLocalOffer}, first)
	require.NoError(t, b.SetRemoteDescription(*a.LocalDescription()))
	require.Equal(t, SignalingStateHaveRemoteOffer, b.SignalingState())
	require.NoError(t, b.SetLocalDescription(SessionDescription{}))
	require.Equal(t, SignalingStateStable, b.SignalingState())
	require.NoError(t, a.SetRemoteDescription(*b.LocalDescription()))
	require.Equal(t, SignalingStateStable, a.SignalingState())
	require.Equal(t, SignalingStateStable, receive(t, seen, "stable")[0])
}

// A handler that waits for an operation must not wait for ever.
func TestOperationInsideHandlerCompletes(t *testing.T) {
	a, b := newPair(t)
	done := make(chan error, 1)
	b.OnSignalingStateChange(func(s SignalingState) {
		if s != SignalingStateHaveRemoteOffer {
			return
		}
		answer, err := b.CreateAnswer(nil)
		if err == nil {
			err = b.SetLocalDescription(answer)
		}
		if err == nil {
			finished := make(chan error)
			go func() { finished <- a.SetRemoteDescription(answer) }()
			err = <-finished
		}
		done <- err
	})
	_, err := a.CreateDataChannel("d", nil)
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(offer))
	require.NoError(t, b.SetRemoteDescription(offer))
	require.NoError(t, receive(t, done, "answer from a handler"))
}

// A slow handler delays its own connection and no other.
func TestSlowHandlerDelaysOnlyItsConnection(t *testing.T) {
	slowA, slowB := newPair(t)
	release := make(chan struct{})
	defer close(release)
	slowB.OnDataChannel(func(*DataChannel) { <-release })
	_, err := slowA.CreateDataChannel("slow", nil)
	require.NoError(t, err)
	negotiate(t, slowA, slowB)

	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	got := make(chan struct{}, 1)
	theirs.OnMessage(func(DataChannelMessage) { got <- struct{}{} })
	require.NoError(t, ours.SendText("quick"))
	receive(t, got, "message beside a slow connection")
}
