// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package relay

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
)

// Side is one of the two agents.
type Side int

// The two agents that a relay stands between.
const (
	A Side = iota
	B
)

// Other returns the opposite side.
func (s Side) Other() Side { return 1 - s }

// String returns "A" or "B".
func (s Side) String() string {
	if s == A {
		return "A"
	}
	return "B"
}

// Config says how a relay treats its packets.
type Config struct {
	// FromA impairs what A sends to B, FromB the opposite direction.
	FromA, FromB Impairment
	// Seed is where chance starts. With one seed the n-th packet of a direction is
	// lost or is not, on every run.
	Seed uint64
}

// Stats counts what one direction has done.
type Stats struct {
	// Forwarded and ForwardedBytes are what has been sent on.
	Forwarded, ForwardedBytes uint64
	// Delayed and DelayedBytes are what did not go on at once.
	Delayed, DelayedBytes uint64
	// DroppedLoss were lost by chance, DroppedQueue found a queue full, DroppedError
	// could not be sent or came from more senders than the relay keeps apart.
	DroppedLoss, DroppedQueue, DroppedError uint64
	// Reordered were held back to be overtaken.
	Reordered uint64
	// HeldPackets and HeldBytes are what waits now.
	HeldPackets, HeldBytes int
}

// maxEndpoints bounds the sockets of a relay.
const maxEndpoints = 256

// socketBuffer is the size asked for a socket's receive buffer, for bursts of
// video frames; the kernel may grant less.
const socketBuffer = 1 << 20

// Errors of Map, by errors.Is.
var (
	// ErrClosed says that the relay has been closed.
	ErrClosed = net.ErrClosed
	// ErrTooMany says that the relay has a socket for as many addresses as it
	// takes.
	ErrTooMany = errors.New("relay: too many addresses")
)

// Relay forwards datagrams between two agents. It is safe for concurrent use.
type Relay struct {
	links [2]*link // by the sending side
	wg    sync.WaitGroup

	mu        sync.Mutex
	endpoints map[endpointKey]*endpoint
	closed    bool
}

// endpoint is the socket that stands for one address of an agent.
type endpoint struct {
	endpointKey
	conn   *net.UDPConn
	public netip.AddrPort
}

// endpointKey is an agent's own address.
type endpointKey struct {
	side Side
	addr netip.AddrPort
}

// New returns a relay without sockets; Map makes them. Close must be called.
func New(c Config) (*Relay, error) {
	for side, i := range []Impairment{c.FromA, c.FromB} {
		if err := i.Check(); err != nil {
			return nil, fmt.Errorf("from %v: %w", Side(side), err)
		}
	}
	r := &Relay{
		links:     [2]*link{newLink(c.FromA, c.Seed, 0), newLink(c.FromB, c.Seed, 1)},
		endpoints: make(map[endpointKey]*endpoint),
	}
	for _, l := range r.links {
		r.wg.Add(1)
		go func() {
			defer r.wg.Done()
			l.run()
		}()
	}
	return r, nil
}

// Set changes the impairment of what the side sends, at once.
func (r *Relay) Set(from Side, i Impairment) error {
	if err := i.Check(); err != nil {
		return err
	}
	r.links[from].set(i)
	return nil
}

// Stats returns the counts of what the side sends.
func (r *Relay) Stats(from Side) Stats { return r.links[from].snapshot() }

// Map returns the loopback address that stands for an address of one side: what
// the other side sends there arrives at addr. The same addr gets the same answer
// each time.
func (r *Relay) Map(side Side, addr netip.AddrPort) (netip.AddrPort, error) {
	e, err := r.endpoint(endpointKey{side, unmap(addr)})
	if err != nil {
		return netip.AddrPort{}, err
	}
	return e.public, nil
}

// endpoint returns the endpoint of an agent's address, which it makes when
// needed.
func (r *Relay) endpoint(key endpointKey) (*endpoint, error) {
	if !key.addr.IsValid() || key.addr.Port() == 0 || key.addr.Addr().IsUnspecified() {
		return nil, fmt.Errorf("relay: %v is no address to send to", key.addr)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, ErrClosed
	}
	if e, ok := r.endpoints[key]; ok {
		return e, nil
	}
	if len(r.endpoints) >= maxEndpoints {
		return nil, ErrTooMany
	}
	loopback := net.IPv4(127, 0, 0, 1)
	if key.addr.Addr().Is6() {
		loopback = net.IPv6loopback
	}
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: loopback})
	if err != nil {
		return nil, fmt.Errorf("relay: %w", err)
	}
	_ = conn.SetReadBuffer(socketBuffer) // Without it bursts may be lost, no more.
	e := &endpoint{key, conn, unmap(conn.LocalAddr().(*net.UDPAddr).AddrPort())}
	r.endpoints[key] = e
	r.wg.Add(1)
	go r.read(e)
	return e, nil
}

// read forwards what arrives at an endpoint to the agent it stands for.
func (r *Relay) read(e *endpoint) {
	defer r.wg.Done()
	l := r.links[e.side.Other()]
	buf := make([]byte, 1<<16)
	for {
		n, from, err := e.conn.ReadFromUDPAddrPort(buf)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // Such as the report that an earlier datagram found no socket.
		}
		sender, err := r.endpoint(endpointKey{e.side.Other(), unmap(from)})
		if err != nil {
			l.refuse()
			continue
		}
		l.accept(buf[:n], sender.conn, e.addr)
	}
}

// Close ends all sockets and goroutines and drops what waits. It may be called
// more than once.
func (r *Relay) Close() error {
	r.mu.Lock()
	r.closed = true
	for _, e := range r.endpoints {
		_ = e.conn.Close() // Closing a UDP socket has nothing to lose.
	}
	r.mu.Unlock()
	for _, l := range r.links {
		l.close()
	}
	r.wg.Wait()
	return nil
}

// unmap turns an IPv4 address in IPv6's clothes into a plain one, so that one
// address is one key.
func unmap(a netip.AddrPort) netip.AddrPort { return netip.AddrPortFrom(a.Addr().Unmap(), a.Port()) }
