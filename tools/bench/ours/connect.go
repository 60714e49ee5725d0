// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"errors"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tools/bench/internal/load"
)

type channel struct{ *webrtc.DataChannel }

func (c channel) OnMessage(f func([]byte)) {
	c.DataChannel.OnMessage(func(m webrtc.DataChannelMessage) { f(m.Data) })
}

func connect(api *webrtc.API) (pair load.Pair, err error) {
	a, b, closePair, err := newPeers(api)
	if err != nil {
		return pair, err
	}
	pair.Close = closePair
	defer func() {
		if err != nil {
			err = errors.Join(err, pair.Close())
		}
	}()

	opening := load.NewOpening()
	toA, toB := tricklers(opening, a, b)
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

func newPeers(api *webrtc.API) (a, b *webrtc.PeerConnection, closePair func() error, err error) {
	if a, err = api.NewPeerConnection(webrtc.Configuration{}); err != nil {
		return nil, nil, nil, err
	}
	if b, err = api.NewPeerConnection(webrtc.Configuration{}); err != nil {
		return nil, nil, nil, errors.Join(err, a.Close())
	}
	return a, b, func() error { return errors.Join(a.Close(), b.Close()) }, nil
}

type trickler = load.Trickle[webrtc.ICECandidateInit]

// tricklers hand each peer the other's candidates.
func tricklers(opening *load.Opening, a, b *webrtc.PeerConnection) (toA, toB *trickler) {
	toA = load.NewTrickle(opening, a.AddICECandidate)
	toB = load.NewTrickle(opening, b.AddICECandidate)
	a.OnICECandidate(func(c *webrtc.ICECandidate) { trickle(toB, c) })
	b.OnICECandidate(func(c *webrtc.ICECandidate) { trickle(toA, c) })
	return toA, toB
}

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
