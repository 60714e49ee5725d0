// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command pion is the benchmark's peers over pion/webrtc: WebRTC in Go alone. It
// has no video encoder, so it leaves the workload video out.
package main

import (
	"errors"

	"github.com/pion/ice/v4"
	"github.com/pion/webrtc/v4"

	"github.com/nativertc/nativertc/tools/bench/internal/load"
)

func main() {
	var settings webrtc.SettingEngine
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetInterfaceFilter(func(name string) bool { return name == "lo" })
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	api := webrtc.NewAPI(webrtc.WithSettingEngine(settings))
	load.Main(load.Stack{
		Name:    "pion",
		Connect: func() (load.Pair, error) { return connect(api) },
	})
}

type channel struct{ *webrtc.DataChannel }

func (c channel) OnMessage(f func([]byte)) {
	c.DataChannel.OnMessage(func(m webrtc.DataChannelMessage) { f(m.Data) })
}

func connect(api *webrtc.API) (pair load.Pair, err error) {
	a, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return pair, err
	}
	b, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return pair, errors.Join(err, a.Close())
	}
	pair.Close = func() error { return errors.Join(a.Close(), b.Close()) }
	defer func() {
		if err != nil {
			err = errors.Join(err, pair.Close())
		}
	}()

	opening := load.NewOpening()
	toA := load.NewTrickle(opening, a.AddICECandidate)
	toB := load.NewTrickle(opening, b.AddICECandidate)
	a.OnICECandidate(func(c *webrtc.ICECandidate) { trickle(toB, c) })
	b.OnICECandidate(func(c *webrtc.ICECandidate) { trickle(toA, c) })

	arrived := make(chan *webrtc.DataChannel, 1)
	b.OnDataChannel(func(c *webrtc.DataChannel) {
		arrived <- c
		c.OnOpen(opening.Opened)
	})
	channelA, err := a.CreateDataChannel("bench", nil)
	if err != nil {
		return pair, err
	}
	channelA.OnOpen(opening.Opened)
	if err := negotiate(a, b, toA, toB); err != nil {
		return pair, err
	}
	if err := opening.Wait(); err != nil {
		return pair, err
	}
	pair.A, pair.B = channel{channelA}, channel{<-arrived}
	return pair, nil
}

type trickler = load.Trickle[webrtc.ICECandidateInit]

func trickle(to *trickler, c *webrtc.ICECandidate) {
	if c != nil {
		to.Add(c.ToJSON())
	}
}

// negotiate makes an offer of a's and an answer of b's.
func negotiate(a, b *webrtc.PeerConnection, toA, toB *trickler) error {
	offer, err := a.CreateOffer(nil)
	if err != nil {
		return err
	}
	if err := a.SetLocalDescription(offer); err != nil {
		return err
	}
	if err := b.SetRemoteDescription(offer); err != nil {
		return err
	}
	toB.Start()
	answer, err := b.CreateAnswer(nil)
	if err != nil {
		return err
	}
	if err := b.SetLocalDescription(answer); err != nil {
		return err
	}
	if err := a.SetRemoteDescription(answer); err != nil {
		return err
	}
	toA.Start()
	return nil
}
