// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// Peer is the service. Its methods are those of the tests' interface peer.Peer, in
// the form that net/rpc wants.
type Peer struct {
	connection *webrtc.PeerConnection
	pictures   *webrtc.VideoSource
	candidates chan json.RawMessage
}

func newPeer() (*Peer, error) {
	var settings webrtc.SettingEngine
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetInterfaceFilter(func(name string) bool { return name == "lo" })
	api := webrtc.NewAPI(webrtc.WithSettingEngine(settings))
	connection, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, err
	}
	source, err := api.NewVideoSource(webrtc.VideoSourceInit{})
	if err != nil {
		return nil, err
	}
	// Room for more candidates than the loopback interface has.
	p := &Peer{connection, source, make(chan json.RawMessage, 64)}
	track, err := source.NewTrack("", "echo")
	if err != nil {
		return nil, err
	}
	if _, err := connection.AddTrack(track); err != nil {
		return nil, err
	}
	connection.OnICECandidate(func(c *webrtc.ICECandidate) {
		if c == nil {
			return
		}
		text, err := json.Marshal(c.ToJSON())
		check(err)
		p.candidates <- text
	})
	connection.OnDataChannel(func(c *webrtc.DataChannel) {
		c.OnMessage(func(m webrtc.DataChannelMessage) { check(c.Send(m.Data)) })
	})
	connection.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		sink, err := webrtc.NewVideoSink(track, webrtc.VideoSinkInit{})
		check(err)
		go p.echo(sink)
	})
	return p, nil
}

// echo pushes the pictures of a sink into the track that is sent.
func (p *Peer) echo(sink *webrtc.VideoSink) {
	for {
		frame, err := sink.ReadFrame(context.Background())
		check(err)
		check(p.pictures.PushFrame(frame))
		frame.Release()
	}
}

// check ends the program on an error where nobody waits for an answer.
func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "echo:", err)
		os.Exit(1)
	}
}

// Architecture tells what the program runs on, or believes to.
func (*Peer) Architecture(_ struct{}, answer *string) error {
	*answer = runtime.GOARCH
	return nil
}

// CreateOffer makes an offer and sets it as the local description.
func (p *Peer) CreateOffer(_ struct{}, sdp *string) error {
	offer, err := p.connection.CreateOffer(nil)
	if err != nil {
		return err
	}
	*sdp = offer.SDP
	return p.connection.SetLocalDescription(offer)
}

// CreateAnswer makes an answer and sets it as the local description.
func (p *Peer) CreateAnswer(_ struct{}, sdp *string) error {
	answer, err := p.connection.CreateAnswer(nil)
	if err != nil {
		return err
	}
	*sdp = answer.SDP
	return p.connection.SetLocalDescription(answer)
}

// SetRemote sets the remote description, given as its kind and its SDP.
func (p *Peer) SetRemote(description [2]string, _ *struct{}) error {
	kind, err := webrtc.ParseSDPType(description[0])
	if err != nil {
		return err
	}
	return p.connection.SetRemoteDescription(webrtc.SessionDescription{Type: kind, SDP: description[1]})
}

// AddCandidate adds a candidate of the other side.
func (p *Peer) AddCandidate(candidate json.RawMessage, _ *struct{}) error {
	var init webrtc.ICECandidateInit
	if err := json.Unmarshal(candidate, &init); err != nil {
		return err
	}
	return p.connection.AddICECandidate(init)
}

// NextCandidate waits for a local candidate.
func (p *Peer) NextCandidate(_ struct{}, candidate *json.RawMessage) error {
	*candidate = <-p.candidates
	return nil
}
