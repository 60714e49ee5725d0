// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "github.com/nativertc/nativertc/cgo"

// earlyMessageLimit bounds what is kept, in bytes, of messages that come before
// the application has set a handler.
const earlyMessageLimit = 1 << 20

// decodeMessage copies the message out of the record.
func (c *DataChannel) decodeMessage(r *cgo.Reader) task {
	m := DataChannelMessage{IsString: !r.Bool()}
	m.Data = c.pc.arena.copy(r.Bytes())
	return task{channel: c, message: m}
}

// messageCost is what a message counts against the receive limit, as the bridge
// counts it.
func messageCost(m DataChannelMessage) int { return len(m.Data) + 1 }

// deliver gives a message to the views and the handler, on the connection's
// goroutine.
func (c *DataChannel) deliver(m DataChannelMessage) {
	defer c.pc.queue.Consumed(messageCost(m))
	if c.pc.closed.Load() {
		return
	}
	c.mu.Lock()
	f := c.handlers.message
	for conn := range c.conns {
		conn.push(m)
	}
	behind := f != nil && len(c.early) > 0
	if behind || f == nil && len(c.conns) == 0 && c.earlySum+messageCost(m) <= earlyMessageLimit {
		c.early = append(c.early, m)
		c.earlySum += messageCost(m)
	}
	c.mu.Unlock()
	switch {
	case behind:
		c.deliverEarly()
	case f != nil:
		f(m)
	}
}

// deliverEarly gives the handler what waits for one, on the connection's goroutine.
func (c *DataChannel) deliverEarly() {
	for {
		c.mu.Lock()
		f := c.handlers.message
		if f == nil || len(c.early) == 0 || c.pc.closed.Load() {
			c.mu.Unlock()
			return
		}
		m := c.early[0]
		c.early[0], c.early = DataChannelMessage{}, c.early[1:]
		c.earlySum -= messageCost(m)
		c.mu.Unlock()
		f(m)
	}
}

// OnMessage sets the handler of message. Messages that came before the first
// handler was set are kept, up to 1 MiB, and given to it first.
//
// https://www.w3.org/TR/webrtc/#event-datachannel-message
func (c *DataChannel) OnMessage(f func(DataChannelMessage)) {
	c.mu.Lock()
	c.handlers.message = f
	waiting := f != nil && len(c.early) > 0
	c.mu.Unlock()
	if waiting {
		// Whatever comes first, this or the next message, gives them to the handler.
		c.pc.d.postFirst(c.deliverEarly)
	}
}
