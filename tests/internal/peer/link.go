// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package peer

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
)

// A Link is the signaling between two peers. Candidates trickle by themselves,
// those of a peer whose description is still on its way wait for it.
type Link struct {
	a, b     Peer
	toA, toB *pipe

	// One negotiation at a time.
	negotiation sync.Mutex
}

// Connect makes the link of a and b for the length of a test. Make it after both
// peers, so that it ends before they do. A candidate that a peer refuses fails
// the test.
func Connect(t testing.TB, a, b Peer) *Link {
	t.Helper()
	l := &Link{a: a, b: b, toA: newPipe(t, a), toB: newPipe(t, b)}
	a.OnCandidate(l.toB.push)
	b.OnCandidate(l.toA.push)
	t.Cleanup(l.Close)
	return l
}

// Negotiate exchanges an offer of the given peer and the other's answer.
func (l *Link) Negotiate(ctx context.Context, offerer Peer) error {
	l.negotiation.Lock()
	defer l.negotiation.Unlock()
	answerer, toOfferer, toAnswerer := l.b, l.toA, l.toB
	if offerer == l.b {
		answerer, toOfferer, toAnswerer = l.a, l.toB, l.toA
	}
	// Candidates must not overtake the description that they belong to.
	toOfferer.hold()
	toAnswerer.hold()
	offer, err := offerer.CreateOffer(ctx)
	if err != nil {
		return fmt.Errorf("creating the offer: %w", err)
	}
	if err := answerer.SetRemote(ctx, "offer", offer); err != nil {
		return fmt.Errorf("setting the remote offer: %w\n%s", err, offer)
	}
	toAnswerer.release()
	answer, err := answerer.CreateAnswer(ctx)
	if err != nil {
		return fmt.Errorf("creating the answer: %w", err)
	}
	if err := offerer.SetRemote(ctx, "answer", answer); err != nil {
		return fmt.Errorf("setting the remote answer: %w\n%s", err, answer)
	}
	toOfferer.release()
	return nil
}

// Close stops the delivery of candidates, waits for one that is being delivered,
// and may be called more than once. Call it before closing a peer by hand.
func (l *Link) Close() {
	l.toA.close()
	l.toB.close()
}

// A pipe delivers candidates to one peer, in order, from a goroutine of its own:
// a peer's candidate callback never waits for the other peer.
type pipe struct {
	cancel context.CancelFunc
	done   chan struct{}

	mu     sync.Mutex
	wake   *sync.Cond
	held   bool
	closed bool
	queue  []json.RawMessage
}

func newPipe(t testing.TB, to Peer) *pipe {
	ctx, cancel := context.WithCancel(context.Background())
	p := &pipe{cancel: cancel, done: make(chan struct{}), held: true}
	p.wake = sync.NewCond(&p.mu)
	go func() {
		defer close(p.done)
		for {
			candidate, ok := p.next()
			if !ok {
				return
			}
			if err := to.AddCandidate(ctx, candidate); err != nil && ctx.Err() == nil {
				t.Errorf("adding candidate %s: %v", candidate, err)
			}
		}
	}()
	return p
}

func (p *pipe) push(candidate json.RawMessage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queue = append(p.queue, candidate)
	p.wake.Signal()
}

func (p *pipe) next() (json.RawMessage, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.closed && (p.held || len(p.queue) == 0) {
		p.wake.Wait()
	}
	if p.closed {
		return nil, false
	}
	candidate := p.queue[0]
	p.queue = p.queue[1:]
	return candidate, true
}

func (p *pipe) hold() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held = true
}

func (p *pipe) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held = false
	p.wake.Signal()
}

func (p *pipe) close() {
	p.mu.Lock()
	p.closed = true
	p.wake.Signal()
	p.mu.Unlock()
	p.cancel()
	<-p.done
}
