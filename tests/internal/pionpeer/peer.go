// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package pionpeer makes peers of pion/webrtc for loopback calls, and the sending
// and recording of encoded media by them.
package pionpeer

import (
	"context"
	"encoding/json"
	"sync"
	"testing"

	"github.com/pion/ice/v4"
	"github.com/pion/webrtc/v4"

	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/peer"
)

// Peer is a pion connection that speaks [peer.Peer].
type Peer struct {
	*webrtc.PeerConnection

	states chan webrtc.PeerConnectionState

	mu          sync.Mutex
	onCandidate func(json.RawMessage)
}

var _ peer.Peer = (*Peer)(nil)

// New makes a peer that uses the loopback interface only and is closed at the end
// of the test. For video it knows the given codecs; without any, those that pion
// has by default.
func New(t testing.TB, config webrtc.Configuration, video ...media.Codec) *Peer {
	t.Helper()
	var settings webrtc.SettingEngine
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetInterfaceFilter(func(name string) bool { return name == "lo" })
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	return newPeer(t, settings, config, video)
}

// NewHidden makes a peer that uses one interface, whose address it hides behind a
// name of multicast DNS, and is closed at the end of the test.
func NewHidden(t testing.TB, interfaceName string) *Peer {
	t.Helper()
	var settings webrtc.SettingEngine
	settings.SetInterfaceFilter(func(name string) bool { return name == interfaceName })
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeQueryAndGather)
	return newPeer(t, settings, webrtc.Configuration{}, nil)
}

func newPeer(t testing.TB, settings webrtc.SettingEngine, config webrtc.Configuration, video []media.Codec) *Peer {
	t.Helper()
	engine, err := mediaEngine(video)
	if err != nil {
		t.Fatalf("registering pion's codecs: %v", err)
	}
	api := webrtc.NewAPI(webrtc.WithSettingEngine(settings), webrtc.WithMediaEngine(engine))
	connection, err := api.NewPeerConnection(config)
	if err != nil {
		t.Fatalf("making a pion connection: %v", err)
	}
	t.Cleanup(func() {
		if err := connection.Close(); err != nil {
			t.Errorf("closing the pion connection: %v", err)
		}
	})
	// Room for more states than a test goes through; the rest is of no interest.
	p := &Peer{PeerConnection: connection, states: make(chan webrtc.PeerConnectionState, 64)}
	connection.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		select {
		case p.states <- state:
		default:
		}
	})
	connection.OnICECandidate(p.candidate)
	return p
}

// WaitState waits until the connection has gone through the given state. States
// before it are forgotten.
func (p *Peer) WaitState(ctx context.Context, want webrtc.PeerConnectionState) error {
	for {
		select {
		case state := <-p.states:
			if state == want {
				return nil
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (p *Peer) candidate(candidate *webrtc.ICECandidate) {
	p.mu.Lock()
	f := p.onCandidate
	p.mu.Unlock()
	// Pion tells the end of candidates by nil, and takes it as no candidate.
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

// CreateOffer implements [peer.Peer]. It hides pion's method of the same name.
func (p *Peer) CreateOffer(context.Context) (string, error) {
	return p.setLocal(p.PeerConnection.CreateOffer(nil))
}

// CreateRestart is CreateOffer with an ICE restart.
func (p *Peer) CreateRestart() (string, error) {
	return p.setLocal(p.PeerConnection.CreateOffer(&webrtc.OfferOptions{ICERestart: true}))
}

// CreateAnswer implements [peer.Peer]. It hides pion's method of the same name.
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
	return p.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.NewSDPType(kind), SDP: sdp})
}

// AddCandidate implements [peer.Peer].
func (p *Peer) AddCandidate(_ context.Context, candidate json.RawMessage) error {
	var init webrtc.ICECandidateInit
	if err := json.Unmarshal(candidate, &init); err != nil {
		return err
	}
	return p.AddICECandidate(init)
}

// SelectedPair returns the candidate pair in use, or nil where there is none yet.
func (p *Peer) SelectedPair() (*webrtc.ICECandidatePair, error) {
	return p.SCTP().Transport().ICETransport().GetSelectedCandidatePair()
}
