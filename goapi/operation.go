// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

// nativeBegin begins an operation of libwebrtc's.
type nativeBegin func(p unsafe.Pointer, op uint64)

// operation is one of those that the chain orders, for both of its forms: the one
// that waits and that of AsyncOperations.
type operation struct {
	// check looks at the arguments alone. It may be nil.
	check func() error

	// prepare runs when the turn has come: it checks the state and returns what to
	// ask of libwebrtc, nil for nothing.
	prepare func() (nativeBegin, error)

	// after takes note of what libwebrtc has done, and says how the operation ends.
	after func(completion) error

	// apply does what takes no operation of libwebrtc's, where prepare returns nil,
	// and says how that ends. It may be nil.
	apply func() error

	// prepareWaits and afterWaits tell whether the two may have to wait for an
	// identity provider. nil is for never.
	prepareWaits, afterWaits func() bool
}

// applied ends an operation that libwebrtc has no part in, or none left after err.
func (o operation) applied(err error) error {
	if err != nil || o.apply == nil {
		return err
	}
	return o.apply()
}

// perform waits for the turn of an operation, and for its end.
func (pc *PeerConnection) perform(o operation) error {
	if o.check != nil {
		if err := o.check(); err != nil {
			return err
		}
	}
	if pc == nil || pc.closed.Load() {
		return ErrConnectionClosed
	}
	t, err := pc.chain.enter()
	if err != nil {
		return err
	}
	defer pc.chain.leave(t)
	return pc.carryOut(o)
}

// carryOut waits for the end of an operation whose turn has come.
func (pc *PeerConnection) carryOut(o operation) error {
	begin, err := o.prepare()
	if err != nil || begin == nil {
		return o.applied(err)
	}
	var c completion
	if c.err = pc.chain.seize(); c.err == nil {
		c.values, c.err = pc.operate(begin)
		pc.chain.yield()
	}
	return o.after(c)
}

// perform has an operation carried out when its turn comes, and calls done as one of
// the events.
func (a AsyncOperations) perform(o operation, done func(error)) {
	pc := a.pc
	t := &turn{}
	var begun atomic.Bool
	t.come = func() {
		if o.prepareWaits != nil && o.prepareWaits() {
			go a.carryOut(t, o, done, false)
		} else {
			a.carryOut(t, o, done, !begun.Load() && pc.onLoop())
		}
	}
	defer begun.Store(true)
	switch {
	case pc == nil:
		go done(ErrConnectionClosed)
	case pc.closed.Load() || !pc.chain.add(t):
		pc.d.detached(func() { done(ErrConnectionClosed) })
	}
}

// carryOut begins an operation whose turn has come. One that finds the connection
// closed by now never ends. atOnce is for one that begins while it is asked for, on an
// event loop: that it is refused is told there and then.
func (a AsyncOperations) carryOut(t *turn, o operation, done func(error), atOnce bool) {
	pc := a.pc
	var begin nativeBegin
	var err error
	if o.check != nil {
		err = o.check()
	}
	if err == nil {
		begin, err = o.prepare()
	}
	if err != nil && atOnce {
		pc.chain.leave(t)
		done(err)
		return
	}
	if err != nil || begin == nil {
		pc.d.post(a.end(t, func() error { return o.applied(err) }, done))
		return
	}
	if pc.chain.seize() != nil {
		return
	}
	a.start(begin, func(c completion) (fire func(), then []event) {
		use, then := pc.meet()
		pc.chain.yield()
		if o.afterWaits == nil || !o.afterWaits() {
			end := a.end(t, func() error { return o.after(c) }, done)
			return func() { use(); end() }, then
		}
		go func() {
			err := o.after(c)
			pc.d.post(a.end(t, func() error { return err }, done))
		}()
		return use, then
	})
}

// start asks libwebrtc, if the connection is not closed.
func (a AsyncOperations) start(begin nativeBegin, ended asyncOperation) {
	p, release, err := a.pc.use()
	if err != nil {
		return
	}
	defer release()
	if op, ok := a.pc.d.beginAsync(ended); ok {
		begin(p, op)
	}
}

// end returns the task with which an operation ends that libwebrtc has ended. result
// may run before it.
func (a AsyncOperations) end(t *turn, result func() error, done func(error)) (fire func()) {
	once := sync.OnceValue(result)
	a.pc.chain.ended(t, func() { _ = once() })
	return func() {
		err := once()
		if a.pc.onLoop() {
			// As the W3C has it: what done asks for comes after what waits already, and an
			// empty chain is empty.
			a.pc.chain.leave(t)
		} else {
			defer a.pc.chain.leave(t)
		}
		done(err)
	}
}
