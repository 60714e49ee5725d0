// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tools/nativertc/internal/relay"
)

// connectTimeout bounds how long ICE and DTLS may take.
const connectTimeout = 30 * time.Second

// errFailed says that ICE or DTLS gave up.
var errFailed = errors.New("the connection between the peers failed")

// newAPI returns an API whose connections use the loopback interface only, so that
// a call works without a network and shows nothing on one.
func newAPI(bitrate webrtc.BitrateSettings, encoders hw.Encoders) *webrtc.API {
	var s webrtc.SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	s.SetIPFilter(net.IP.IsLoopback)
	s.SetICETCP(false)
	s.SetBitrate(bitrate)
	s.SetVideoEncoders(encoders)
	return webrtc.NewAPI(webrtc.WithSettingEngine(s))
}

// pair is two connections and what signaling there is between them.
type pair struct {
	caller, callee *webrtc.PeerConnection
	relay          *relay.Relay // nil: packets go straight

	toCallee, toCaller trickle

	mu     sync.Mutex
	states [2]webrtc.PeerConnectionState
	err    error
	change chan struct{} // closed and replaced by every change
}

// newPair makes two connections. Where the impairment is not nil, a relay stands
// between them.
func newPair(api *webrtc.API, impairment *relay.Impairment) (*pair, error) {
	p := &pair{change: make(chan struct{})}
	var err error
	if impairment != nil {
		if p.relay, err = relay.New(relay.Config{FromA: *impairment, FromB: *impairment, Seed: 1}); err != nil {
			return nil, err
		}
	}
	if p.caller, err = api.NewPeerConnection(webrtc.Configuration{}); err == nil {
		p.callee, err = api.NewPeerConnection(webrtc.Configuration{})
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	p.toCallee = trickle{to: p.callee, side: relay.A, relay: p.relay, failed: p.fail}
	p.toCaller = trickle{to: p.caller, side: relay.B, relay: p.relay, failed: p.fail}
	p.caller.OnICECandidate(p.toCallee.add)
	p.callee.OnICECandidate(p.toCaller.add)
	for i, pc := range []*webrtc.PeerConnection{p.caller, p.callee} {
		pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.states[i] = s
			if s == webrtc.PeerConnectionStateFailed && p.err == nil {
				p.err = errFailed
			}
			p.changed()
		})
	}
	return p, nil
}

// negotiate makes one round of offer and answer. Between the two, once the callee
// has what the offer asks for, prepare may add to the answer.
func (p *pair) negotiate(prepare func() error) error {
	offer, err := p.caller.CreateOffer(nil)
	if err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	if err := p.caller.SetLocalDescription(offer); err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	if err := p.toCallee.describe(offer); err != nil {
		return fmt.Errorf("offer at the other peer: %w", err)
	}
	if err := prepare(); err != nil {
		return err
	}
	answer, err := p.callee.CreateAnswer(nil)
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	if err := p.callee.SetLocalDescription(answer); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	if err := p.toCaller.describe(answer); err != nil {
		return fmt.Errorf("answer at the other peer: %w", err)
	}
	return nil
}

// connected waits until both sides are connected.
func (p *pair) connected(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, connectTimeout,
		fmt.Errorf("the peers are not connected after %v", connectTimeout))
	defer cancel()
	for {
		p.mu.Lock()
		states, err, change := p.states, p.err, p.change
		p.mu.Unlock()
		if err != nil {
			return err
		}
		if states[0] == webrtc.PeerConnectionStateConnected && states[1] == webrtc.PeerConnectionStateConnected {
			return nil
		}
		select {
		case <-change:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// failure returns a channel that is closed by the next change, and the error that
// the pair has come to.
func (p *pair) failure() (<-chan struct{}, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.change, p.err
}

func (p *pair) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = err
	}
	p.changed()
}

// changed wakes those who wait; p.mu is held.
func (p *pair) changed() {
	close(p.change)
	p.change = make(chan struct{})
}

// Close closes both connections, waits for their handlers and closes the relay.
func (p *pair) Close() error {
	var err error
	for _, pc := range []*webrtc.PeerConnection{p.caller, p.callee} {
		if pc != nil {
			err = errors.Join(err, pc.GracefulClose())
		}
	}
	if p.relay != nil {
		err = errors.Join(err, p.relay.Close())
	}
	return err
}

// trickle carries the candidates and descriptions of one side to the other. What
// candidates come before the description wait for it.
type trickle struct {
	to     *webrtc.PeerConnection
	side   relay.Side // the side they come from
	relay  *relay.Relay
	failed func(error)

	mu      sync.Mutex
	ready   bool
	waiting []webrtc.ICECandidateInit
}

// add is the handler of the sending side's icecandidate event.
func (t *trickle) add(c *webrtc.ICECandidate) {
	if c == nil {
		return
	}
	init := c.ToJSON()
	if t.relay != nil {
		rewritten, ok, err := t.relay.RewriteCandidate(t.side, init.Candidate)
		if err != nil {
			t.failed(err)
		}
		if !ok {
			return
		}
		init.Candidate = rewritten
	}
	t.mu.Lock()
	if !t.ready {
		t.waiting = append(t.waiting, init)
		t.mu.Unlock()
		return
	}
	t.mu.Unlock()
	t.pass(init)
}

// describe applies a description at the other side, then the candidates that wait.
func (t *trickle) describe(d webrtc.SessionDescription) error {
	if t.relay != nil {
		var err error
		if d.SDP, err = t.relay.RewriteSDP(t.side, d.SDP); err != nil {
			return err
		}
	}
	if err := t.to.SetRemoteDescription(d); err != nil {
		return err
	}
	t.mu.Lock()
	waiting := t.waiting
	t.ready, t.waiting = true, nil
	t.mu.Unlock()
	for _, c := range waiting {
		t.pass(c)
	}
	return nil
}

func (t *trickle) pass(c webrtc.ICECandidateInit) {
	if err := t.to.AddICECandidate(c); err != nil && !errors.Is(err, webrtc.ErrConnectionClosed) {
		t.failed(fmt.Errorf("candidate at the other peer: %w", err))
	}
}
