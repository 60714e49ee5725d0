// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package nativepeer makes peers of the library under test for loopback calls,
// and the sending and recording of raw media by them.
package nativepeer

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/peer"
)

// api is shared by all peers of a test process, as in an application.
var api = sync.OnceValue(func() *webrtc.API {
	var settings webrtc.SettingEngine
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetInterfaceFilter(func(name string) bool { return name == "lo" })
	return webrtc.NewAPI(webrtc.WithSettingEngine(settings))
})

// Peer is a connection of the library that speaks [peer.Peer].
type Peer struct {
	*webrtc.PeerConnection

	api       *webrtc.API
	states    chan webrtc.PeerConnectionState
	gathering chan struct{} // closed when candidates are complete

	mu              sync.Mutex
	onCandidate     func(json.RawMessage)
	candidates      []webrtc.ICECandidate
	candidateErrors []webrtc.PeerConnectionICEErrorEvent
	gathered        bool
}

var _ peer.Peer = (*Peer)(nil)

// New makes a peer that uses the loopback interface only and is closed at the end
// of the test.
func New(t testing.TB, config webrtc.Configuration) *Peer {
	t.Helper()
	return NewOf(t, api(), config)
}

// NewOf is New with an API of the test's own, that decides on the interfaces.
func NewOf(t testing.TB, api *webrtc.API, config webrtc.Configuration) *Peer {
	t.Helper()
	connection, err := api.NewPeerConnection(config)
	if err != nil {
		t.Fatalf("making a connection: %v", err)
	}
	t.Cleanup(func() {
		if err := connection.GracefulClose(); err != nil {
			t.Errorf("closing the connection: %v", err)
		}
	})
	// Room for more states than a test goes through; the rest is of no interest.
	p := &Peer{
		PeerConnection: connection,
		api:            api,
		states:         make(chan webrtc.PeerConnectionState, 64),
		gathering:      make(chan struct{}),
	}
	connection.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		select {
		case p.states <- state:
		default:
		}
	})
	connection.OnICECandidate(p.candidate)
	connection.OnICECandidateError(func(event webrtc.PeerConnectionICEErrorEvent) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.candidateErrors = append(p.candidateErrors, event)
	})
	return p
}

// WaitState waits until the connection has gone through one of the given states,
// and returns it. States before it are forgotten.
func (p *Peer) WaitState(
	ctx context.Context, wanted ...webrtc.PeerConnectionState,
) (webrtc.PeerConnectionState, error) {
	for {
		select {
		case state := <-p.states:
			for _, want := range wanted {
				if state == want {
					return state, nil
				}
			}
		case <-ctx.Done():
			return 0, fmt.Errorf("waiting for %v, the state is %s: %w", wanted, p.ConnectionState(), ctx.Err())
		}
	}
}

// WaitGathered waits until the first gathering of candidates is complete, and
// returns them.
func (p *Peer) WaitGathered(ctx context.Context) ([]webrtc.ICECandidate, error) {
	select {
	case <-p.gathering:
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for candidates: %w", ctx.Err())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.candidates), nil
}

// CandidateErrors returns the errors of gathering so far.
func (p *Peer) CandidateErrors() []webrtc.PeerConnectionICEErrorEvent {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.candidateErrors)
}

func (p *Peer) candidate(candidate *webrtc.ICECandidate) {
	p.mu.Lock()
	f := p.onCandidate
	if candidate != nil {
		p.candidates = append(p.candidates, *candidate)
	} else if !p.gathered {
		p.gathered = true
		close(p.gathering)
	}
	p.mu.Unlock()
	if f == nil || candidate == nil {
		return
	}
	text, err := json.Marshal(candidate.ToJSON())
	if err != nil {
		panic(err) // a struct of strings and numbers
	}
	f(text)
}

// OnCandidate implements [peer.Peer].
func (p *Peer) OnCandidate(f func(json.RawMessage)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.onCandidate = f
}

// CreateOffer implements [peer.Peer]. It hides the connection's method.
func (p *Peer) CreateOffer(context.Context) (string, error) {
	return p.setLocal(p.PeerConnection.CreateOffer(nil))
}

// CreateAnswer implements [peer.Peer]. It hides the connection's method.
func (p *Peer) CreateAnswer(context.Context) (string, error) {
	return p.setLocal(p.PeerConnection.CreateAnswer(nil))
}

func (p *Peer) setLocal(description webrtc.SessionDescription, err error) (string, error) {
	if err != nil {
		return "", err
	}
	if err := p.SetLocalDescription(description); err != nil {
		return "", err
	}
	return description.SDP, nil
}

// SetRemote implements [peer.Peer].
func (p *Peer) SetRemote(_ context.Context, kind, sdp string) error {
	parsed, err := webrtc.ParseSDPType(kind)
	if err != nil {
		return err
	}
	return p.SetRemoteDescription(webrtc.SessionDescription{Type: parsed, SDP: sdp})
}

// AddCandidate implements [peer.Peer].
func (p *Peer) AddCandidate(_ context.Context, candidate json.RawMessage) error {
	var init webrtc.ICECandidateInit
	if err := json.Unmarshal(candidate, &init); err != nil {
		return err
	}
	return p.AddICECandidate(init)
}
