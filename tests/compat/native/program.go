// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package compat is a program written for pion. Everything that it uses is used as
// pion's programs commonly do: it is compiled against pion, and with nothing but
// the import changed against the library.
package compat

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// Peer is one side of a call.
type Peer struct {
	connection *webrtc.PeerConnection

	mu     sync.Mutex
	states []string

	// Connected is closed when the connection stands, Messages has what comes.
	Connected chan struct{}
	Messages  chan string
	Failures  chan error
}

// New makes a peer. The offerer makes the data channel. stun are the URLs of STUN
// servers to use.
func New(offerer bool, stun ...string) (*Peer, error) {
	var servers []webrtc.ICEServer
	for _, url := range stun {
		servers = append(servers, webrtc.ICEServer{URLs: []string{url}})
	}
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4, webrtc.NetworkTypeUDP6})
	settings.SetInterfaceFilter(func(name string) bool { return name == "lo" })
	settings.SetIPFilter(func(ip net.IP) bool { return ip.IsLoopback() })
	settings.SetICETimeouts(5*time.Second, 25*time.Second, 2*time.Second)
	if err := settings.SetEphemeralUDPPortRange(20000, 60000); err != nil {
		return nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	certificate, err := webrtc.GenerateCertificate(key)
	if err != nil {
		return nil, err
	}
	if !certificate.Expires().After(time.Now()) {
		return nil, errors.New("the certificate has expired")
	}
	if prints, err := certificate.GetFingerprints(); err != nil || prints[0].Algorithm != "sha-256" {
		return nil, errors.Join(err, errors.New("no fingerprint"))
	}

	api := webrtc.NewAPI(webrtc.WithSettingEngine(settings))
	connection, err := api.NewPeerConnection(webrtc.Configuration{
		ICEServers:         servers,
		ICETransportPolicy: webrtc.ICETransportPolicyAll,
		BundlePolicy:       webrtc.BundlePolicyMaxBundle,
		RTCPMuxPolicy:      webrtc.RTCPMuxPolicyRequire,
		Certificates:       []webrtc.Certificate{*certificate},
	})
	if err != nil {
		return nil, err
	}
	p := &Peer{connection: connection, Connected: make(chan struct{}), Messages: make(chan string, 10), Failures: make(chan error, 10)}
	connection.OnConnectionStateChange(p.connectionState)
	connection.OnICEConnectionStateChange(func(s webrtc.ICEConnectionState) { p.note("ice " + s.String()) })
	connection.OnSignalingStateChange(func(s webrtc.SignalingState) { p.note("signaling " + s.String()) })
	connection.OnDataChannel(p.setUp)
	connection.OnNegotiationNeeded(func() { p.note("negotiationneeded") })
	connection.OnTrack(func(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
		p.note("track " + track.Kind().String() + " " + receiver.Track().ID())
	})
	if offerer {
		if err := p.prepare(); err != nil {
			return nil, errors.Join(err, connection.Close())
		}
	}
	return p, nil
}

// prepare adds what is to be offered.
func (p *Peer) prepare() error {
	ordered, retransmits := true, uint16(5)
	channel, err := p.connection.CreateDataChannel("chat", &webrtc.DataChannelInit{Ordered: &ordered, MaxRetransmits: &retransmits})
	if err != nil {
		return err
	}
	p.setUp(channel)
	transceiver, err := p.connection.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverInit{
		Direction: webrtc.RTPTransceiverDirectionRecvonly,
	})
	if err != nil {
		return err
	}
	if transceiver.Kind() != webrtc.RTPCodecTypeVideo || transceiver.Direction() != webrtc.RTPTransceiverDirectionRecvonly {
		return fmt.Errorf("a transceiver of %v, %v", transceiver.Kind(), transceiver.Direction())
	}
	if len(p.connection.GetTransceivers()) != 1 || len(p.connection.GetReceivers()) != 1 {
		return errors.New("the transceiver is not there")
	}
	for _, sender := range p.connection.GetSenders() {
		if sender.Track() != nil || len(sender.GetParameters().Codecs) < 0 {
			return errors.New("the sender has a track")
		}
	}
	return nil
}

func (p *Peer) setUp(channel *webrtc.DataChannel) {
	channel.SetBufferedAmountLowThreshold(1 << 16)
	channel.OnBufferedAmountLow(func() { p.note("low") })
	channel.OnOpen(func() {
		if err := channel.SendText(channel.Label() + " is " + channel.ReadyState().String()); err != nil {
			p.Failures <- err
		}
		if err := channel.Send([]byte(fmt.Sprintf("%v %d %q %v", channel.Ordered(), *channel.MaxRetransmits(), channel.Protocol(), channel.Negotiated()))); err != nil {
			p.Failures <- err
		}
	})
	channel.OnMessage(func(message webrtc.DataChannelMessage) {
		if message.IsString {
			p.Messages <- "text " + string(message.Data)
		} else {
			p.Messages <- "bytes " + string(message.Data)
		}
	})
	channel.OnError(func(err error) { p.note("error") })
	channel.OnClose(func() { p.note("closed") })
}

func (p *Peer) connectionState(s webrtc.PeerConnectionState) {
	p.note("connection " + s.String())
	switch s {
	case webrtc.PeerConnectionStateConnected:
		close(p.Connected)
	case webrtc.PeerConnectionStateFailed:
		p.Failures <- errors.New("the connection failed")
	}
}

func (p *Peer) note(state string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.states = append(p.states, state)
}

// States returns what happened.
func (p *Peer) States() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.states...)
}

// Offer returns the offer as JSON, with all candidates.
func (p *Peer) Offer() (string, error) {
	offer, err := p.connection.CreateOffer(nil)
	if err != nil {
		return "", err
	}
	return p.local(offer)
}

// Answer returns the answer to an offer.
func (p *Peer) Answer(offer string) (string, error) {
	if err := p.Accept(offer); err != nil {
		return "", err
	}
	answer, err := p.connection.CreateAnswer(&webrtc.AnswerOptions{})
	if err != nil {
		return "", err
	}
	return p.local(answer)
}

func (p *Peer) local(description webrtc.SessionDescription) (string, error) {
	gathered := webrtc.GatheringCompletePromise(p.connection)
	if err := p.connection.SetLocalDescription(description); err != nil {
		return "", err
	}
	<-gathered
	if p.connection.ICEGatheringState() != webrtc.ICEGatheringStateComplete {
		return "", errors.New("candidates are missing")
	}
	text, err := json.Marshal(p.connection.LocalDescription())
	return string(text), err
}

// Accept applies the other peer's description.
func (p *Peer) Accept(text string) error {
	var description webrtc.SessionDescription
	if err := json.Unmarshal([]byte(text), &description); err != nil {
		return err
	}
	if description.Type != webrtc.SDPTypeOffer && description.Type != webrtc.SDPTypeAnswer {
		return errors.New("no description")
	}
	if err := p.connection.SetRemoteDescription(description); err != nil {
		return err
	}
	mid, index := "0", uint16(0)
	return p.connection.AddICECandidate(webrtc.ICECandidateInit{
		Candidate: "candidate:1 1 udp 1 127.0.0.1 9 typ host", SDPMid: &mid, SDPMLineIndex: &index,
	})
}

// Path returns the kinds of the candidates in use.
func (p *Peer) Path() (string, error) {
	transport := p.connection.SCTP().Transport()
	if transport.State() != webrtc.DTLSTransportStateConnected {
		return "", errors.New("DTLS is not connected")
	}
	pair, err := transport.ICETransport().GetSelectedCandidatePair()
	if err != nil || pair == nil {
		return "", errors.Join(err, errors.New("no pair"))
	}
	return pair.Local.Protocol.String() + " " + pair.Remote.Protocol.String(), nil
}

// Close ends the call.
func (p *Peer) Close() error {
	if p.connection.RemoteDescription() == nil {
		return errors.New("there was no call")
	}
	if err := p.connection.GracefulClose(); err != nil {
		return err
	}
	if p.connection.SignalingState() != webrtc.SignalingStateClosed {
		return errors.New("the connection is not closed")
	}
	return nil
}
