// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"github.com/nativertc/nativertc/cgo"
)

const (
	// mdnsPublishTime is how long a candidate waits for its name to be published.
	mdnsPublishTime = 3 * time.Second
	// mdnsResolveTime is how long a name is looked up.
	mdnsResolveTime = 10 * time.Second
)

// multicastDNS answers what the connections of one engine ask of multicast DNS, each
// question on a goroutine of its own. The questions have a queue of their own too:
// what a connection needs in order to connect must not wait for its handlers.
type multicastDNS struct {
	MulticastDNS
	queue   *cgo.EventQueue
	factory *cgo.Ref
	stop    chan struct{}

	mu     sync.Mutex
	wanted map[uint64]context.CancelFunc // by the question's number
}

func newMulticastDNS(m MulticastDNS) *multicastDNS {
	return &multicastDNS{
		MulticastDNS: m,
		queue:        cgo.NewEventQueue(0),
		stop:         make(chan struct{}),
		wanted:       map[uint64]context.CancelFunc{},
	}
}

// start begins to answer.
func (m *multicastDNS) start(factory *cgo.Ref) {
	m.factory = factory
	go func() {
		m.queue.Run(m.stop, m.take)
		m.mu.Lock()
		defer m.mu.Unlock()
		for _, cancel := range m.wanted {
			cancel()
		}
	}()
}

// close ends it, once nothing is left that asks.
func (m *multicastDNS) close() { close(m.stop) }

// abandon is close for one that was not started.
func (m *multicastDNS) abandon() {
	m.queue.Stop()
	m.queue.Close()
}

func (m *multicastDNS) take(e *cgo.Event) {
	question := e.R.U64()
	switch e.Kind {
	case cgo.EventMDNSNameWanted:
		if address, err := netip.ParseAddr(e.R.Str()); err == nil {
			go m.publish(m.begin(question), question, address)
		}
	case cgo.EventMDNSAddressWanted:
		go m.resolve(m.begin(question), question, e.R.Str())
	case cgo.EventMDNSNotWanted:
		m.end(question)
	}
}

// begin returns the context of a question, which lasts until end.
func (m *multicastDNS) begin(question uint64) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	m.mu.Lock()
	defer m.mu.Unlock()
	m.wanted[question] = cancel
	return ctx
}

func (m *multicastDNS) end(question uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if cancel, ok := m.wanted[question]; ok {
		cancel()
		delete(m.wanted, question)
	}
}

// publish lets queries for a new name be answered as long as the name is wanted. The
// candidate has its name in any case, so that its address need not be shown.
func (m *multicastDNS) publish(wanted context.Context, question uint64, address netip.Addr) {
	name := randomMDNSName()
	ctx, cancel := context.WithTimeout(wanted, mdnsPublishTime)
	defer cancel()
	// It may not heed its context.
	late := context.AfterFunc(ctx, func() { m.answer(question, name, ctx.Err()) })
	withdraw, err := m.Publish(ctx, name, address)
	if late() {
		m.answer(question, name, err)
	}
	if err != nil {
		return
	}
	<-wanted.Done()
	if withdraw != nil {
		withdraw()
	}
}

func (m *multicastDNS) resolve(wanted context.Context, question uint64, name string) {
	defer m.end(question)
	ctx, cancel := context.WithTimeout(wanted, mdnsResolveTime)
	defer cancel()
	late := context.AfterFunc(ctx, func() { m.answer(question, "", ctx.Err()) })
	address, err := m.Resolve(ctx, name)
	if !late() {
		return
	}
	address = address.Unmap().WithZone("")
	if err == nil && (!address.IsValid() || address.IsUnspecified() || address.IsMulticast()) {
		err = errors.New("no address of a host")
	}
	if err != nil {
		m.answer(question, "", fmt.Errorf("%s: %w", name, err))
		return
	}
	m.answer(question, address.String(), nil)
}

// answer answers a question, unless there is nobody any more who asks.
func (m *multicastDNS) answer(question uint64, answer string, err error) {
	p := m.factory.Acquire()
	if p == nil {
		return
	}
	defer m.factory.Release()
	var in cgo.Writer
	in.U64(question)
	in.Str(answer)
	if err != nil {
		in.Str(err.Error())
	} else {
		in.Str("")
	}
	cgo.FactoryAnswerMDNS(p, &in)
}

// randomMDNSName returns a random UUID (RFC 4122, version 4) under ".local".
func randomMDNSName() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x.local", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
