// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package eventloop runs the tasks of a page, one at a time: scripts, timers and
// what other goroutines post.
package eventloop

import (
	"container/heap"
	"sync"
	"time"
)

// Loop is an event loop (HTML, section 8.1.7). Its tasks run on the goroutine that
// calls Run; Post and Call are for all others.
type Loop struct {
	// AfterTask, if not nil, runs after each task.
	AfterTask func()

	mu     sync.Mutex
	tasks  []func()
	timers timers
	live   map[int]bool
	lastID int
	wake   chan struct{}
	end    chan struct{}
	over   bool
}

// New makes a loop.
func New() *Loop {
	return &Loop{live: map[int]bool{}, wake: make(chan struct{}, 1), end: make(chan struct{})}
}

// Post queues a task.
func (l *Loop) Post(f func()) {
	l.mu.Lock()
	l.tasks = append(l.tasks, f)
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Call queues a task and waits until it has run, or the loop has ended. It must
// not be called from a task.
func (l *Loop) Call(f func()) {
	done := make(chan struct{})
	l.Post(func() {
		defer close(done)
		f()
	})
	select {
	case <-done:
	case <-l.end:
	}
}

// SetTimer queues f after d, again and again if repeat is set. Timers for the same
// time run in the order in which they were set.
func (l *Loop) SetTimer(d time.Duration, repeat bool, f func()) (id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lastID++
	id = l.lastID
	l.live[id] = true
	t := &timer{id: id, at: time.Now().Add(d), f: f}
	if repeat {
		t.every = max(d, time.Millisecond)
	}
	l.timers.push(t)
	return id
}

// ClearTimer forgets a timer.
func (l *Loop) ClearTimer(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.live, id)
}

// Stop ends Run after the present task.
func (l *Loop) Stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.over {
		l.over = true
		close(l.end)
	}
}

// Run runs tasks until Stop.
func (l *Loop) Run() {
	for {
		f, wait, over := l.next()
		switch {
		case over:
			return
		case f != nil:
			f()
			if l.AfterTask != nil {
				l.AfterTask()
			}
			continue
		}
		var alarm <-chan time.Time
		if wait >= 0 {
			alarm = time.After(wait)
		}
		select {
		case <-l.wake:
		case <-alarm:
		case <-l.end:
		}
	}
}

// next returns what to run now, or how long to wait for a timer; a negative time
// means without end.
func (l *Loop) next() (f func(), wait time.Duration, over bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return nil, 0, true
	}
	for len(l.timers.heap) > 0 && !l.live[l.timers.heap[0].id] {
		heap.Pop(&l.timers)
	}
	wait = -1
	if len(l.timers.heap) > 0 {
		t := l.timers.heap[0]
		wait = time.Until(t.at)
		// Timers and tasks take turns by their age, so that neither starves.
		if wait <= 0 && (len(l.tasks) == 0 || l.timers.turn) {
			l.timers.turn = false
			heap.Pop(&l.timers)
			if t.every > 0 {
				t.at = time.Now().Add(t.every)
				l.timers.push(t)
			} else {
				delete(l.live, t.id)
			}
			return t.f, 0, false
		}
	}
	l.timers.turn = true
	if len(l.tasks) > 0 {
		f, l.tasks = l.tasks[0], l.tasks[1:]
		return f, 0, false
	}
	return nil, wait, false
}

type timer struct {
	id    int
	at    time.Time
	seq   int
	every time.Duration
	f     func()
}

// timers is a heap by time, then age.
type timers struct {
	heap []*timer
	seq  int
	turn bool // a timer goes before a task
}

func (t *timers) push(x *timer) {
	t.seq++
	x.seq = t.seq
	heap.Push(t, x)
}

func (t *timers) Len() int { return len(t.heap) }
func (t *timers) Less(i, j int) bool {
	a, b := t.heap[i], t.heap[j]
	return a.at.Before(b.at) || a.at.Equal(b.at) && a.seq < b.seq
}
func (t *timers) Swap(i, j int) { t.heap[i], t.heap[j] = t.heap[j], t.heap[i] }
func (t *timers) Push(x any)    { t.heap = append(t.heap, x.(*timer)) }
func (t *timers) Pop() any {
	last := t.heap[len(t.heap)-1]
	t.heap = t.heap[:len(t.heap)-1]
	return last
}
