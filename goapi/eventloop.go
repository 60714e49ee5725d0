// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"
	"weak"

	"github.com/nativertc/nativertc/cgo"
)

// eventLoop is the application's (SettingEngine.SetEventLoop), shared by the connections
// of an engine, whose tasks run in the order in which libwebrtc raised what they tell.
type eventLoop struct {
	runTask func(task func())

	mu      sync.Mutex
	members map[*dispatcher]struct{}

	// What BufferedAmount is: the amounts that are not 0, as of the beginning of the last
	// task, with what has been sent since.
	//
	// https://www.w3.org/TR/webrtc/#dom-datachannel-bufferedamount
	unsent map[weak.Pointer[DataChannel]]uint64
}

// newEventLoop returns nil for nil.
func newEventLoop(run func(task func())) *eventLoop {
	if run == nil {
		return nil
	}
	return &eventLoop{runTask: run, members: map[*dispatcher]struct{}{}, unsent: map[weak.Pointer[DataChannel]]uint64{}}
}

func (l *eventLoop) join(d *dispatcher) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.members[d] = struct{}{}
}

func (l *eventLoop) part(d *dispatcher) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.members, d)
}

// run has f run as a task.
func (l *eventLoop) run(f func()) {
	l.runTask(func() {
		l.lookAtUnsent()
		f()
	})
}

// step has one task run, d's first unless that of another connection is older.
func (l *eventLoop) step(d *dispatcher) {
	l.run(func() { l.oldest(d).turn() })
}

func (l *eventLoop) oldest(d *dispatcher) *dispatcher {
	l.mu.Lock()
	members := make([]*dispatcher, 0, len(l.members))
	for m := range l.members {
		members = append(members, m)
	}
	l.mu.Unlock()
	oldest := d
	stamp, waits := d.first()
	for _, m := range members {
		if s, ok := m.first(); ok && (!waits || s < stamp) {
			oldest, stamp, waits = m, s, true
		}
	}
	return oldest
}

// first takes what waits in the bridge and returns the stamp of the first task, if there
// is one.
func (d *dispatcher) first() (stamp uint64, waits bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed && len(d.tasks) == 0 {
		return 0, false
	}
	d.drain()
	if len(d.tasks) == 0 {
		return 0, false
	}
	return d.tasks[0].stamp, true
}

// sent is for a message that was sent; also where there is no loop.
func (l *eventLoop) sent(c *DataChannel, size int) {
	if l == nil || size == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.unsent[weak.Make(c)] += uint64(size)
}

func (l *eventLoop) unsentBy(c *DataChannel) uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.unsent[weak.Make(c)]
}

// lookAtUnsent is for the beginning of a task. A channel that is closed keeps its amount.
func (l *eventLoop) lookAtUnsent() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for w := range l.unsent {
		c := w.Value()
		if c == nil {
			delete(l.unsent, w)
			continue
		}
		if c.ref.Acquire() == nil {
			continue
		}
		l.unsent[w] = cgo.LoadCounter(c.buffered)
		c.ref.Release()
		if l.unsent[w] == 0 {
			delete(l.unsent, w)
		}
	}
}
