// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"net"
	"sync"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// listener is a net.Listener whose connections are the data channels that the
// other peer makes.
type listener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

// newListener takes pc's handler of datachannel.
func newListener(pc *webrtc.PeerConnection) *listener {
	l := &listener{conns: make(chan net.Conn, 16), closed: make(chan struct{})}
	pc.OnDataChannel(func(c *webrtc.DataChannel) {
		select {
		case l.conns <- c.NetConn():
		default:
			_ = c.Close() // As a TCP listener does whose backlog is full.
		}
	})
	return l
}

// Accept implements net.Listener.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener. Connections that were accepted stay open.
func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr implements net.Listener.
func (l *listener) Addr() net.Addr { return address{} }

type address struct{}

func (address) Network() string { return "webrtc-datachannel" }
func (address) String() string  { return "peer" }

// dial makes a data channel and returns it when it is open.
func dial(ctx context.Context, pc *webrtc.PeerConnection) (net.Conn, error) {
	channel, err := pc.CreateDataChannel("http", nil)
	if err != nil {
		return nil, err
	}
	open, closed := make(chan struct{}), make(chan struct{})
	channel.OnOpen(func() { close(open) })
	channel.OnClose(func() { close(closed) })
	select {
	case <-open:
		return channel.NetConn(), nil
	case <-closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		_ = channel.Close()
		return nil, ctx.Err()
	}
}
