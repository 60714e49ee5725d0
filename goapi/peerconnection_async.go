// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// AsyncOperations are the operations of a PeerConnection in the form that the W3C
// gives them, with functions in place of promises. Each begins before its method
// returns, or, for those of offer and answer, when the one before it has ended:
// the W3C's chain of operations. Its end is one of the connection's events: done
// runs as the handlers do, after those of all that was raised before and before
// those of all that is raised later. The methods of PeerConnection of the same
// names do the same and wait instead.
//
// Once the connection is closed, what is under way never ends, and done is not
// called; an operation that begins then calls done with ErrConnectionClosed, on a
// goroutine of its own.
//
// https://www.w3.org/TR/webrtc/#dfn-operations-chain
type AsyncOperations struct{ pc *PeerConnection }

// Async returns the operations in the form that does not wait.
func (pc *PeerConnection) Async() AsyncOperations { return AsyncOperations{pc} }

// operationsChain holds the operations whose turn has not come, the one under way
// first.
type operationsChain struct {
	mu      sync.Mutex
	waiting []func()
	idle    func() // to run when none is left; nil for nothing
}

// whenIdle runs f when the chain is empty: now, or at its end in place of what was
// to run then.
func (c *operationsChain) whenIdle(f func()) {
	c.mu.Lock()
	busy := len(c.waiting) > 0
	if busy {
		c.idle = f
	}
	c.mu.Unlock()
	if !busy {
		f()
	}
}

// add runs begin when its turn comes.
func (c *operationsChain) add(begin func()) {
	c.mu.Lock()
	c.waiting = append(c.waiting, begin)
	first := len(c.waiting) == 1
	c.mu.Unlock()
	if first {
		begin()
	}
}

// next ends the operation under way and begins the one after it, or does what waits
// for the end of all.
func (c *operationsChain) next() {
	c.mu.Lock()
	c.waiting = c.waiting[1:]
	var begin func()
	if len(c.waiting) > 0 {
		begin = c.waiting[0]
	} else {
		begin, c.idle = c.idle, nil
	}
	c.mu.Unlock()
	if begin != nil {
		begin()
	}
}

// start begins an operation. err is that of a connection that is closed.
func (a AsyncOperations) start(begin func(p unsafe.Pointer, op uint64), operation asyncOperation) error {
	p, release, err := a.pc.use()
	if err != nil {
		return err
	}
	defer release()
	op, ok := a.pc.d.beginAsync(operation)
	if !ok {
		return ErrConnectionClosed
	}
	begin(p, op)
	return nil
}

// chained puts an operation into the chain. prepare checks it when its turn comes
// and returns how to begin it; nil stands for one that has nothing more to do.
func (a AsyncOperations) chained(prepare func() (begin func(p unsafe.Pointer, op uint64), err error), end func(completion)) {
	pc := a.pc
	if pc == nil || pc.closed.Load() {
		go end(completion{err: ErrConnectionClosed})
		return
	}
	finish := func(c completion) {
		end(c)
		pc.chain.next()
	}
	pc.chain.add(func() {
		begin, err := prepare()
		if err != nil || begin == nil {
			pc.d.post(func() { finish(completion{err: err}) })
			return
		}
		// One that finds the connection closed by now never ends.
		_ = a.start(begin, asyncOperation{pc.meetTransports, finish})
	})
}

// meetTransports makes the objects of the transports that there are by now, so that
// their states are seen from the beginning.
func (pc *PeerConnection) meetTransports() {
	for _, t := range pc.GetTransceivers() {
		t.sender.Transport()
	}
	pc.SCTP()
}

// CreateOffer is PeerConnection.CreateOffer.
func (a AsyncOperations) CreateOffer(options *OfferOptions, done func(SessionDescription, error)) {
	a.create(func() (func(unsafe.Pointer, uint64), error) {
		in := offerArgs(options)
		return func(p unsafe.Pointer, op uint64) { cgo.PeerConnectionCreateOffer(p, op, in) }, nil
	}, func(pc *PeerConnection) *string { return &pc.lastOffer }, done)
}

// CreateAnswer is PeerConnection.CreateAnswer.
func (a AsyncOperations) CreateAnswer(options *AnswerOptions, done func(SessionDescription, error)) {
	a.create(func() (func(unsafe.Pointer, uint64), error) {
		in, err := a.pc.answerArgs(options)
		return func(p unsafe.Pointer, op uint64) { cgo.PeerConnectionCreateAnswer(p, op, in) }, err
	}, func(pc *PeerConnection) *string { return &pc.lastAnswer }, done)
}

func (a AsyncOperations) create(prepare func() (func(unsafe.Pointer, uint64), error), last func(*PeerConnection) *string, done func(SessionDescription, error)) {
	a.chained(prepare, func(c completion) {
		if c.err != nil {
			done(SessionDescription{}, nativeError(c.err))
			return
		}
		done(a.pc.created(c.values, last(a.pc)))
	})
}

// SetLocalDescription is PeerConnection.SetLocalDescription.
func (a AsyncOperations) SetLocalDescription(description SessionDescription, done func(error)) {
	a.set(func() (SessionDescription, error) {
		if description == (SessionDescription{}) {
			return description, nil
		}
		return a.pc.completeLocal(description)
	}, cgo.PeerConnectionSetLocalDescription, func(err error) {
		if err == nil {
			a.pc.noteLocal()
		}
		done(err)
	})
}

// SetRemoteDescription is PeerConnection.SetRemoteDescription.
func (a AsyncOperations) SetRemoteDescription(description SessionDescription, done func(error)) {
	a.set(func() (SessionDescription, error) {
		_, err := description.Type.MarshalText()
		return description, err
	}, cgo.PeerConnectionSetRemoteDescription, done)
}

func (a AsyncOperations) set(complete func() (SessionDescription, error), native func(unsafe.Pointer, uint64, *cgo.Writer), done func(error)) {
	var sdp string
	a.chained(func() (func(unsafe.Pointer, uint64), error) {
		d, err := complete()
		sdp = d.SDP
		in := descriptionArgs(d)
		return func(p unsafe.Pointer, op uint64) { native(p, op, in) }, err
	}, func(c completion) { done(nativeSDPError(c.err, sdp)) })
}

// AddICECandidate is PeerConnection.AddICECandidate.
func (a AsyncOperations) AddICECandidate(candidate ICECandidateInit, done func(error)) {
	a.chained(func() (func(unsafe.Pointer, uint64), error) {
		in, err := a.pc.candidateArgs(candidate)
		if in == nil {
			return nil, err
		}
		return func(p unsafe.Pointer, op uint64) { cgo.PeerConnectionAddICECandidate(p, op, in) }, nil
	}, func(c completion) {
		var native *cgo.NativeError
		if errors.As(c.err, &native) {
			c.err = candidateError(c.err)
		}
		done(c.err)
	})
}
