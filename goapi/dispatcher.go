// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"

	"github.com/nativertc/nativertc/cgo"
)

// event is what a record of the bridge means to Go. apply updates the
// attributes that the application sees; it must be quick and must not call the
// bridge. fire runs the application's handlers. Either may be nil.
type event struct {
	apply func()
	fire  func()
}

// subject is an object that events can be about. decode copies what it needs out
// of r, which is valid only during the call.
type subject interface {
	decode(kind cgo.EventKind, r *cgo.Reader) event
}

// task is an event on its way. Messages, the one kind that comes in great
// numbers, have fields of their own so that they cost no closure.
type task struct {
	event
	channel *DataChannel
	message DataChannelMessage
}

// completion is the end of an operation.
type completion struct {
	values *cgo.Reader
	err    error
}

// dispatcher is a connection's task queue (W3C WebRTC 1.0, section 4.4.1.2, "chain
// of operations" and the queued tasks). One goroutine, the pump, takes records
// from the bridge as they come; another, alive while there is something to run,
// runs the handlers in order. They are two so that an operation that a handler
// waits for can end while the handler runs.
//
// Attributes change when a handler's turn comes, as in a browser, but at the
// latest when an operation that ended after the change returns.
type dispatcher struct {
	queue *cgo.EventQueue
	// decode turns a record that is no completion into a task.
	decode func(*cgo.Event) task
	stop   chan struct{}

	mu      sync.Mutex
	tasks   []task
	applied int // how many of tasks have been applied
	running bool
	closed  bool
	idle    *sync.Cond
	ops     map[uint64]chan completion
	async   map[uint64]asyncOperation
	lastOp  uint64
}

func newDispatcher(queue *cgo.EventQueue, decode func(*cgo.Event) task) *dispatcher {
	d := &dispatcher{
		queue:  queue,
		decode: decode,
		stop:   make(chan struct{}),
		ops:    map[uint64]chan completion{},
		async:  map[uint64]asyncOperation{},
	}
	d.idle = sync.NewCond(&d.mu)
	return d
}

// start begins to take events.
func (d *dispatcher) start() { go d.pump() }

func (d *dispatcher) pump() {
	for {
		select {
		case <-d.queue.Wake():
			d.mu.Lock()
			d.drain()
			d.mu.Unlock()
		case <-d.stop:
			return
		}
	}
}

// drain takes what waits in the bridge. d.mu is held: a record must not be
// overtaken by a later one.
func (d *dispatcher) drain() {
	d.queue.Take(func(e *cgo.Event) {
		if e.Kind == cgo.EventCompletion {
			d.complete(e)
			return
		}
		d.append(d.decode(e))
	})
}

func (d *dispatcher) append(t task) {
	if d.closed || t.apply == nil && t.fire == nil && t.channel == nil {
		return
	}
	d.tasks = append(d.tasks, t)
	if !d.running {
		d.running = true
		go d.run()
	}
}

// complete hands the operation its result, once everything that came before it
// can be seen.
func (d *dispatcher) complete(e *cgo.Event) {
	op := e.R.U64()
	if a, ok := d.async[op]; ok {
		delete(d.async, op)
		values := cgo.NewReader(e.R.Clone())
		c := completion{values, cgo.ReadResult(values)}
		if a.ended != nil {
			a.ended()
		}
		d.append(task{event: event{fire: func() { a.done(c) }}})
		return
	}
	ch, ok := d.ops[op]
	if !ok {
		return
	}
	delete(d.ops, op)
	for ; d.applied < len(d.tasks); d.applied++ {
		if apply := d.tasks[d.applied].apply; apply != nil {
			apply()
		}
	}
	// The record is gone after this call.
	values := cgo.NewReader(e.R.Clone())
	ch <- completion{values, cgo.ReadResult(values)}
}

// run runs handlers until there is nothing left. A handler may end its goroutine
// by runtime.Goexit, as the FailNow of a test does: the others then run on a new
// one. One that panics ends the process.
func (d *dispatcher) run() {
	finished := false
	defer func() {
		if !finished {
			go d.run()
		}
	}()
	d.mu.Lock()
	for len(d.tasks) > 0 {
		t := d.tasks[0]
		d.tasks[0] = task{}
		d.tasks = d.tasks[1:]
		if d.applied > 0 {
			d.applied--
		} else if t.apply != nil {
			t.apply()
		}
		d.mu.Unlock()
		if t.channel != nil {
			t.channel.deliver(t.message)
		} else if t.fire != nil {
			t.fire()
		}
		d.mu.Lock()
	}
	d.running = false
	d.idle.Broadcast()
	d.mu.Unlock()
	finished = true
}

// post queues a task of Go's own behind the events that have come.
func (d *dispatcher) post(fire func()) { d.postEvent(event{fire: fire}) }

// postEvent is post for a task that changes attributes too.
func (d *dispatcher) postEvent(e event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.append(task{event: e})
}

// postFirst queues a task of Go's own before the events that have come.
func (d *dispatcher) postFirst(fire func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return
	}
	d.tasks = append([]task{{event: event{fire: fire}}}, d.tasks...)
	if d.applied > 0 {
		d.applied++
	}
	if !d.running {
		d.running = true
		go d.run()
	}
}

// begin registers an operation. ok is false after close.
func (d *dispatcher) begin() (op uint64, done chan completion, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return 0, nil, false
	}
	d.lastOp++
	done = make(chan completion, 1)
	d.ops[d.lastOp] = done
	return d.lastOp, done, true
}

// asyncOperation is an operation whose end is a task among the events: done. ended,
// which may be nil, runs on the pump as soon as libwebrtc has ended it.
type asyncOperation struct {
	ended func()
	done  func(completion)
}

// beginAsync registers an operation. ok is false after close.
func (d *dispatcher) beginAsync(a asyncOperation) (op uint64, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return 0, false
	}
	d.lastOp++
	d.async[d.lastOp] = a
	return d.lastOp, true
}

// close ends the queue: the operations under way fail with err, what has not run
// is dropped, and last, if not nil, is the only thing that still runs. It does
// not wait for a handler that is running.
func (d *dispatcher) close(err error, last func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return
	}
	for _, done := range d.ops {
		done <- completion{err: err}
	}
	d.ops, d.async = nil, nil
	for _, t := range d.tasks {
		if t.channel != nil {
			t.channel.pc.queue.Consumed(messageCost(t.message))
		}
	}
	d.tasks, d.applied = nil, 0
	if last != nil {
		d.append(task{event: event{fire: last}})
	}
	d.closed = true
	close(d.stop)
}

// wait blocks until no handler runs and none will, after close.
func (d *dispatcher) wait() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.running {
		d.idle.Wait()
	}
}
