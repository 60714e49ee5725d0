// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package interop

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	pion "github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/nativepeer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
)

// A dataChannel is what the library's data channels and pion's have in common:
// nearly everything.
type dataChannel interface {
	Label() string
	Protocol() string
	Ordered() bool
	MaxRetransmits() *uint16
	MaxPacketLifeTime() *uint16
	Negotiated() bool
	ID() *uint16
	Send(data []byte) error
	SendText(text string) error
	Close() error
	OnOpen(f func())
	OnClose(f func())
}

// A message is one of either implementation.
type message struct {
	text bool
	data []byte
}

func (m message) String() string {
	if len(m.data) > 32 {
		return fmt.Sprintf("{text %t, %d bytes}", m.text, len(m.data))
	}
	return fmt.Sprintf("{text %t, %q}", m.text, m.data)
}

func (m message) equal(other message) bool {
	return m.text == other.text && bytes.Equal(m.data, other.data)
}

// A talk is a data channel of either implementation with its events as Go
// channels.
type talk struct {
	dataChannel
	opened, closed chan struct{}
	messages       chan message
}

// messagesHeld is above the number of messages that any test sends at once: a full
// channel would make the implementation wait.
const messagesHeld = 4096

func newTalk(c dataChannel) *talk {
	talk := &talk{
		dataChannel: c,
		opened:      make(chan struct{}), closed: make(chan struct{}), messages: make(chan message, messagesHeld),
	}
	c.OnOpen(func() { close(talk.opened) })
	c.OnClose(func() { close(talk.closed) })
	return talk
}

func nativeTalk(c *webrtc.DataChannel) *talk {
	talk := newTalk(c)
	c.OnMessage(func(m webrtc.DataChannelMessage) { talk.messages <- message{text: m.IsString, data: m.Data} })
	return talk
}

func pionTalk(c *pion.DataChannel) *talk {
	talk := newTalk(c)
	c.OnMessage(func(m pion.DataChannelMessage) {
		talk.messages <- message{text: m.IsString, data: bytes.Clone(m.Data)}
	})
	return talk
}

func (c *talk) waitOpen(ctx context.Context, t *testing.T) {
	t.Helper()
	wait(ctx, t, c.opened, "the opening of "+c.Label())
}

func (c *talk) waitClosed(ctx context.Context, t *testing.T) {
	t.Helper()
	wait(ctx, t, c.closed, "the closing of "+c.Label())
}

func wait(ctx context.Context, t *testing.T, done <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-done:
	case <-ctx.Done():
		t.Fatalf("waiting for %s: %v", what, ctx.Err())
	}
}

func (c *talk) next(ctx context.Context, t *testing.T) message {
	t.Helper()
	select {
	case m := <-c.messages:
		return m
	case <-ctx.Done():
		t.Fatalf("waiting for a message on %s: %v", c.Label(), ctx.Err())
		return message{}
	}
}

func (c *talk) send(t *testing.T, m message) {
	t.Helper()
	if m.text {
		require.NoError(t, c.SendText(string(m.data)))
	} else {
		require.NoError(t, c.Send(m.data))
	}
}

// A talker is a peer of either implementation for what concerns data channels.
type talker struct {
	create func(label string, o options) (*talk, error)
	// incoming are the channels that the other side has made.
	incoming <-chan *talk
}

// options are those of RTCDataChannelInit.
type options struct {
	ordered                           *bool
	maxRetransmits, maxPacketLifeTime *uint16
	protocol                          *string
	negotiated                        *bool
	id                                *uint16
}

func nativeTalker(p *nativepeer.Peer) talker {
	incoming := make(chan *talk, 64)
	p.OnDataChannel(func(c *webrtc.DataChannel) { incoming <- nativeTalk(c) })
	return talker{incoming: incoming, create: func(label string, o options) (*talk, error) {
		c, err := p.CreateDataChannel(label, &webrtc.DataChannelInit{
			Ordered: o.ordered, MaxRetransmits: o.maxRetransmits, MaxPacketLifeTime: o.maxPacketLifeTime,
			Protocol: o.protocol, Negotiated: o.negotiated, ID: o.id,
		})
		if err != nil {
			return nil, err
		}
		return nativeTalk(c), nil
	}}
}

func pionTalker(p *pionpeer.Peer) talker {
	incoming := make(chan *talk, 64)
	p.OnDataChannel(func(c *pion.DataChannel) { incoming <- pionTalk(c) })
	return talker{incoming: incoming, create: func(label string, o options) (*talk, error) {
		c, err := p.CreateDataChannel(label, &pion.DataChannelInit{
			Ordered: o.ordered, MaxRetransmits: o.maxRetransmits, MaxPacketLifeTime: o.maxPacketLifeTime,
			Protocol: o.protocol, Negotiated: o.negotiated, ID: o.id,
		})
		if err != nil {
			return nil, err
		}
		return pionTalk(c), nil
	}}
}
