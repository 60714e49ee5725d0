// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hw

import (
	"sync"

	"github.com/nativertc/nativertc/cgo"
)

// Event tells that the hardware behind an encoder failed or works again.
type Event struct {
	// Encoder is a number that all events of one encoder have in common. Each layer
	// of simulcast has an encoder.
	Encoder uint64
	// Restored tells that hardware encodes again; otherwise it failed.
	Restored bool
	Backend  Backend
	Device   string
	// Reason tells why it failed.
	Reason string
	// Width and Height are those of the stream.
	Width, Height int
}

// eventPump takes events to a handler, on a goroutine of its own.
type eventPump struct {
	queue   *cgo.EventQueue
	handler func(Event)
	stop    chan struct{}
}

var (
	pumpMu sync.Mutex
	pump   *eventPump // nil: nobody is told
)

// OnEvent sets the handler of the events of all hardware encoders of the process,
// nil for none. It is called on a goroutine of its own, one event after the other; no
// encoder waits for it. Events raised before the call may still reach the
// previous handler after it.
func OnEvent(handler func(Event)) {
	pumpMu.Lock()
	defer pumpMu.Unlock()
	if pump != nil {
		cgo.HardwareStopEvents()
		close(pump.stop)
		pump = nil
	}
	if handler == nil {
		return
	}
	pump = &eventPump{queue: cgo.NewEventQueue(0), handler: handler, stop: make(chan struct{})}
	go pump.run()
	cgo.HardwareStartEvents(pump.queue)
}

func (p *eventPump) run() {
	for {
		select {
		case <-p.queue.Wake():
			p.queue.Take(p.event)
		case <-p.stop:
			p.queue.Take(p.event)
			p.queue.Stop()
			p.queue.Close()
			return
		}
	}
}

func (p *eventPump) event(e *cgo.Event) {
	p.handler(Event{
		Encoder: e.Subject, Restored: e.R.Bool(), Backend: Backend(e.R.Str()), Device: e.R.Str(),
		Reason: e.R.Str(), Width: int(e.R.I32()), Height: int(e.R.I32()),
	})
}
