// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package signaling

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// Message is what two peers tell each other: one of its members. Its JSON is that
// of the examples of the specification, so that the other peer may be a page.
type Message struct {
	Description *webrtc.SessionDescription `json:"desc,omitempty"`
	Candidate   *webrtc.ICECandidateInit   `json:"candidate,omitempty"`
	Start       bool                       `json:"start,omitempty"` // the media
}

// Channel is one end of a way to the other peer. It carries JSON, as a WebSocket
// would. Any goroutine may send while one receives.
type Channel struct {
	in   <-chan []byte
	out  chan<- []byte
	end  func()
	over <-chan struct{}

	order sync.Mutex // of a description and its candidates
}

// ErrClosed is what Send returns after Close of either end.
var ErrClosed = errors.New("the signaling channel is closed")

// Pipe makes a channel between two peers of one process.
func Pipe() (a, b *Channel) {
	const room = 256 // messages; more than a call has
	there, back, over := make(chan []byte, room), make(chan []byte, room), make(chan struct{})
	end := sync.OnceFunc(func() { close(over) })
	return &Channel{in: back, out: there, end: end, over: over}, &Channel{in: there, out: back, end: end, over: over}
}

// Send sends a message.
func (c *Channel) Send(m Message) error {
	c.order.Lock()
	defer c.order.Unlock()
	return c.send(m)
}

func (c *Channel) send(m Message) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	select {
	case <-c.over:
		return ErrClosed
	case c.out <- text:
		return nil
	}
}

// receive waits for the next message. It is io.EOF after Close of either end.
func (c *Channel) receive() (m Message, err error) {
	select {
	case <-c.over:
		return m, io.EOF
	case text := <-c.in:
		return m, json.Unmarshal(text, &m)
	}
}

// Close ends the channel, for the other peer too. The error is always nil.
func (c *Channel) Close() error {
	c.end()
	return nil
}

// Trickle sends pc's candidates as they are gathered. It takes pc's handler of
// icecandidate.
func (c *Channel) Trickle(pc *webrtc.PeerConnection) {
	pc.OnICECandidate(func(candidate *webrtc.ICECandidate) {
		if candidate != nil {
			init := candidate.ToJSON()
			_ = c.Send(Message{Candidate: &init}) // An error means that the call is over.
		}
	})
}

// OfferWhenNeeded sends an offer whenever something wants to be negotiated. It
// takes pc's handler of negotiationneeded.
func (c *Channel) OfferWhenNeeded(pc *webrtc.PeerConnection, failed func(error)) {
	pc.OnNegotiationNeeded(func() {
		if err := c.SendLocal(pc, webrtc.SessionDescription{}); err != nil {
			failed(err)
		}
	})
}

// SendLocal applies a description of pc's own and sends it, before its candidates.
// The zero description stands for the offer or answer that is due.
func (c *Channel) SendLocal(pc *webrtc.PeerConnection, description webrtc.SessionDescription) error {
	c.order.Lock()
	defer c.order.Unlock()
	if err := pc.SetLocalDescription(description); err != nil {
		return err
	}
	local := pc.LocalDescription()
	if local == nil {
		return errors.New("the connection was closed")
	}
	return c.send(Message{Description: local})
}

// Run gives pc what comes from the other peer, until the channel or ctx ends. An
// offer is applied, and answer has to answer it; nil does so at once. start is
// called when the other peer starts, and may be nil.
func (c *Channel) Run(ctx context.Context, pc *webrtc.PeerConnection, answer func() error, start func() error) error {
	stop := context.AfterFunc(ctx, func() { _ = c.Close() })
	defer stop()
	for {
		m, err := c.receive()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == io.EOF {
			return nil
		}
		switch {
		case err != nil:
		case m.Candidate != nil:
			err = pc.AddICECandidate(*m.Candidate)
		case m.Start && start != nil:
			err = start()
		case m.Description != nil:
			err = pc.SetRemoteDescription(*m.Description)
			if err == nil && m.Description.Type == webrtc.SDPTypeOffer {
				if answer != nil {
					err = answer()
				} else {
					err = c.SendLocal(pc, webrtc.SessionDescription{})
				}
			}
		}
		if err != nil {
			return err
		}
	}
}
