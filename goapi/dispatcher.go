// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"
	"time"

	"github.com/nativertc/nativertc/cgo"
)

// event is what a record of the bridge means to Go. apply updates the
// attributes that the application sees; it must be quick and must not call the
// bridge. fire runs the application's handlers. Either may be nil.
type event struct {
	apply func()
	fire  func()
}

// change and tell run the two parts of an event.
func (e event) change() {
	if e.apply != nil {
		e.apply()
	}
}

func (e event) tell() {
	if e.fire != nil {
		e.fire()
	}
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
	stamp   uint64 // that of the record it comes of, on an event loop
}

// completion is the end of an operation.
type completion struct {
	values *cgo.Reader
	err    error
}

// dispatcher is a connection's task queue (W3C WebRTC 1.0, section 4.4.1.2, "chain
// of operations" and the queued tasks). One goroutine, the pump, takes records
// from the bridge as they come. As long as nobody waits for one it runs the
// handlers too, in order: a goroutine for them would cost a wake-up of a thread
// for each message. Where somebody waits for an operation or for its turn, or
// begins to while a handler runs, which may be that somebody or wait for them, pump
// and handlers have a goroutine each. An operation whose end is a task of the queue
// needs that no more than an event does.
//
// Where the application has an event loop (SettingEngine.SetEventLoop), a task runs
// there, its change of attributes included, and the goroutine that would run it waits.
//
// Otherwise attributes change when a handler's turn comes, as in a browser, but at the
// latest when an operation that ended after the change returns.
type dispatcher struct {
	queue *cgo.EventQueue
	// decode turns a record that is no completion into a task.
	decode func(*cgo.Event) task
	loop   *eventLoop // nil for handlers on goroutines of the connection's
	stop   chan struct{}
	flow   flow // of the pump

	mu      sync.Mutex
	tasks   []task
	applied int    // how many of tasks have been applied
	stamp   uint64 // of the last record
	running bool   // a goroutine runs handlers
	inline  bool   // and it is the pump
	closed  bool
	idle    *sync.Cond
	ops     map[uint64]chan completion
	async   map[uint64]asyncOperation
	lastOp  uint64
	holders int // how many have called hold
}

func newDispatcher(queue *cgo.EventQueue, decode func(*cgo.Event) task, loop *eventLoop) *dispatcher {
	d := &dispatcher{
		queue:  queue,
		decode: decode,
		loop:   loop,
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
	// The pump before may have been patient.
	d.queue.SetPatient(false)
	for still := d.work(); still; {
		select {
		case <-d.queue.Wake():
			still = d.work()
			if still && d.flow.fast() {
				still = d.poll()
			}
		case <-d.stop:
			return
		}
	}
}

// poll is pump for as long as messages pour in: it looks for them by the clock, so
// that neither libwebrtc's network thread nor Go's threads are busy with wake-ups.
func (d *dispatcher) poll() (still bool) {
	d.queue.SetPatient(true)
	clock := time.NewTicker(pollInterval)
	defer clock.Stop()
	for d.flow.fast() {
		select {
		case <-d.queue.Wake():
		case <-clock.C:
		case <-d.stop:
			return false
		}
		if !d.work() {
			return false
		}
	}
	d.queue.SetPatient(false)
	return d.work()
}

// work takes what waits and has its handlers run. It returns false if another
// goroutine has become the pump.
func (d *dispatcher) work() bool {
	d.mu.Lock()
	d.flow.look(time.Now())
	d.drain()
	if d.running || len(d.tasks) == 0 {
		d.mu.Unlock()
		return true
	}
	d.running = true
	if len(d.ops) > 0 || d.holders > 0 {
		d.mu.Unlock()
		go d.run()
		return true
	}
	d.inline = true
	d.mu.Unlock()
	return d.run()
}

// drain takes what waits in the bridge. d.mu is held: a record must not be
// overtaken by a later one.
func (d *dispatcher) drain() {
	d.queue.Take(func(e *cgo.Event) {
		d.stamp = e.Stamp
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
	if t.channel != nil {
		d.flow.bytes += len(t.message.Data)
	}
	t.stamp = d.stamp
	d.tasks = append(d.tasks, t)
}

// spawn has what waits run on a goroutine of its own, if none runs it. d.mu is
// held.
func (d *dispatcher) spawn() {
	if !d.running && len(d.tasks) > 0 {
		d.running = true
		go d.run()
	}
}

// complete hands the operation its result, once everything that came before it
// can be seen.
func (d *dispatcher) complete(e *cgo.Event) {
	op := e.R.U64()
	if ended, ok := d.async[op]; ok {
		delete(d.async, op)
		values := cgo.NewReader(e.R.Clone())
		fire, then := ended(completion{values, cgo.ReadResult(values)})
		d.append(task{event: event{fire: fire}})
		for _, e := range then {
			d.append(task{event: e})
		}
		return
	}
	ch, ok := d.ops[op]
	if !ok {
		return
	}
	delete(d.ops, op)
	if d.loop == nil {
		d.apply()
	}
	// The record is gone after this call.
	values := cgo.NewReader(e.R.Clone())
	ch <- completion{values, cgo.ReadResult(values)}
}

// apply changes the attributes as all says that waits for its handler's turn. d.mu
// is held.
func (d *dispatcher) apply() {
	for ; d.applied < len(d.tasks); d.applied++ {
		if apply := d.tasks[d.applied].apply; apply != nil {
			apply()
		}
	}
}

// catchUp is apply for those who do not hold d.mu.
func (d *dispatcher) catchUp() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.apply()
}

// run runs handlers until there is nothing left. A handler may end its goroutine
// by runtime.Goexit, as the FailNow of a test does: the others then run on a new
// one. One that panics ends the process. It returns whether the goroutine, if it
// came as the pump, still is.
func (d *dispatcher) run() (pump bool) {
	finished := false
	defer func() {
		if !finished {
			d.mu.Lock()
			d.splitPump()
			d.mu.Unlock()
			go d.run()
		}
	}()
	d.mu.Lock()
	for len(d.tasks) > 0 {
		d.mu.Unlock()
		if d.loop != nil {
			d.loop.step(d)
		} else {
			d.turn()
		}
		d.mu.Lock()
	}
	pump, d.inline, d.running = d.inline, false, false
	d.idle.Broadcast()
	d.mu.Unlock()
	finished = true
	return pump
}

// turn runs the first task that has something to tell, after the changes that stand
// before it and have not.
func (d *dispatcher) turn() {
	for told := false; !told; {
		d.mu.Lock()
		if len(d.tasks) == 0 {
			d.mu.Unlock()
			return
		}
		t := d.tasks[0]
		d.tasks[0] = task{}
		d.tasks = d.tasks[1:]
		if d.applied > 0 {
			d.applied--
		} else if t.apply != nil {
			t.apply()
		}
		d.mu.Unlock()
		told = t.channel != nil || t.fire != nil
		if t.channel != nil {
			t.channel.deliver(t.message)
		} else if t.fire != nil {
			t.fire()
		}
	}
}

// detached runs f apart from the tasks, which have ended.
func (d *dispatcher) detached(f func()) {
	if d.loop != nil {
		go d.loop.run(f)
	} else {
		go f()
	}
}

// post queues a task of Go's own behind the events that have come.
func (d *dispatcher) post(fire func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.append(task{event: event{fire: fire}})
	d.spawn()
}

// splitPump starts another pump if the present one is busy with handlers. d.mu is
// held.
func (d *dispatcher) splitPump() {
	if d.inline {
		d.inline = false
		go d.pump()
	}
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
	d.spawn()
}

// begin registers an operation. ok is false after close.
func (d *dispatcher) begin() (op uint64, done chan completion, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return 0, nil, false
	}
	d.splitPump()
	d.lastOp++
	done = make(chan completion, 1)
	d.ops[d.lastOp] = done
	return d.lastOp, done, true
}

// hold tells that somebody will wait for what the pump brings, until release.
func (d *dispatcher) hold() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.splitPump()
	d.holders++
}

func (d *dispatcher) release() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.holders--
}

// asyncOperation is called at the end of an operation that nobody waits for, in its
// place among the records and with d.mu held. It returns the task that takes this
// place, or nil, and the events that follow.
type asyncOperation func(completion) (fire func(), then []event)

// beginAsync registers an operation. ok is false after close.
func (d *dispatcher) beginAsync(ended asyncOperation) (op uint64, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return 0, false
	}
	d.lastOp++
	d.async[d.lastOp] = ended
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
		d.spawn()
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
