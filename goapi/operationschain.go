// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "sync"

// operationsChain orders the operations of offer and answer: they run one after the
// other as they were asked for, those that somebody waits for and those that nobody
// does. libwebrtc has such a chain too, but the bridge checks before it, so the state
// that it has checked must last until the operation's turn.
//
// No lock is held while an operation runs. Whoever waits for a turn can do so in a
// handler: an operation that libwebrtc has ended, and whose own handler could only
// run after that one, gives up its turn.
//
// https://www.w3.org/TR/webrtc/#dfn-operations-chain
type operationsChain struct {
	d      *dispatcher
	native chan struct{} // holds a value while libwebrtc carries out an operation
	over   chan struct{} // closed with the connection

	mu      sync.Mutex
	turns   []*turn // the one that has come first
	waiting int     // how many of the others somebody waits for
	closed  bool
	idle    func() // to run when no turn is left; nil for nothing
}

// turn is a place in the chain.
type turn struct {
	come   func() // runs when it has come
	waited bool   // somebody waits for that

	// settle does what is left of an operation that libwebrtc has ended. It is nil
	// before that, and for one that somebody waits for.
	settle func()
}

func newOperationsChain(d *dispatcher) *operationsChain {
	return &operationsChain{d: d, native: make(chan struct{}, 1), over: make(chan struct{})}
}

// add takes a place. It returns false after close.
func (c *operationsChain) add(t *turn) bool {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return false
	}
	c.turns = append(c.turns, t)
	first := c.turns[0]
	if t.waited && first != t {
		c.waiting++
	}
	hurry := t.waited && first.settle != nil
	c.mu.Unlock()
	switch {
	case first == t:
		t.come()
	case hurry:
		c.hurry(first)
	}
	return true
}

// enter waits for a turn, which is over with leave.
func (c *operationsChain) enter() (*turn, error) {
	come := make(chan struct{})
	t := &turn{waited: true, come: func() { close(come) }}
	c.d.hold()
	if c.add(t) {
		select {
		case <-come:
			return t, nil
		case <-c.over:
		}
	}
	c.d.release()
	return nil, ErrConnectionClosed
}

// leave ends a turn, unless it has been, and lets the next one come. Where none is
// left, what was to wait for that becomes a task.
func (c *operationsChain) leave(t *turn) {
	if t.waited {
		c.d.release()
	}
	c.mu.Lock()
	if len(c.turns) == 0 || c.turns[0] != t {
		c.mu.Unlock()
		return
	}
	c.turns = c.turns[1:]
	var come, idle func()
	if len(c.turns) > 0 {
		next := c.turns[0]
		come = next.come
		if next.waited {
			c.waiting--
		}
	} else {
		c.turns = nil
		idle, c.idle = c.idle, nil
	}
	c.mu.Unlock()
	if come != nil {
		come()
	}
	if idle != nil {
		c.d.post(func() { c.idleAgain(idle) })
	}
}

// ended tells that libwebrtc has ended the operation whose turn it is and that nobody
// waits for. Its turn ends with its handler, or before that if somebody waits for one
// of the turns after it: the handler may have to wait for them.
func (c *operationsChain) ended(t *turn, settle func()) {
	c.mu.Lock()
	t.settle = settle
	hurry := c.waiting > 0
	c.mu.Unlock()
	if hurry {
		go c.hurry(t) // the caller may hold d.mu
	}
}

// hurry ends a turn before its handler has run.
func (c *operationsChain) hurry(t *turn) {
	c.d.catchUp()
	t.settle()
	c.leave(t)
}

// seize waits until libwebrtc carries out nothing that the bridge checks for, until
// yield.
func (c *operationsChain) seize() error {
	select {
	case c.native <- struct{}{}:
		return nil
	case <-c.over:
		return ErrConnectionClosed
	}
}

func (c *operationsChain) yield() { <-c.native }

// between runs f, which has no place in the chain, but must not come amid one of its
// operations.
func (c *operationsChain) between(f func() error) error {
	c.d.hold()
	defer c.d.release()
	if err := c.seize(); err != nil {
		return err
	}
	defer c.yield()
	return f()
}

// whenIdle runs f when the chain is empty: now, or as a task at its end in place of
// what was to run then.
func (c *operationsChain) whenIdle(f func()) {
	if c.isIdle(func() { c.idle = f }) {
		f()
	}
}

// idleAgain is whenIdle for what was to run at an earlier end. It gives way to what
// has come since.
func (c *operationsChain) idleAgain(f func()) {
	if c.isIdle(func() {
		if c.idle == nil {
			c.idle = f
		}
	}) {
		f()
	}
}

// isIdle tells whether the chain is empty, and calls busy with c.mu held if not.
func (c *operationsChain) isIdle(busy func()) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.turns) == 0 {
		return true
	}
	busy()
	return false
}

// close ends the chain: those that wait for a turn get none.
func (c *operationsChain) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	c.turns, c.waiting, c.idle = nil, 0, nil
	close(c.over)
}
