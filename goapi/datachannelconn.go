// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"time"

	"github.com/nativertc/nativertc/cgo"
)

var errBufferFull = errors.New("the queue of the data channel is full")

// connHighWater is how much a DataChannelConn lets queue up before a write
// waits, and connLowWater where it goes on, whatever the application's
// bufferedAmountLowThreshold is.
const (
	connHighWater = 1 << 20
	connLowWater  = 256 << 10
)

// DataChannelConn is a blocking view of a data channel: a net.Conn, and the same
// by messages. Writes wait for the queue to drain, reads for messages; both
// honour deadlines. The channel's handlers go on as before: a view takes no event
// away.
//
// Messages wait in the view until they are read. They count against the receive
// limit of the connection (SettingEngine.SetDataChannelReceiveLimit): a reader
// that falls that far behind loses the channel, since SCTP as libwebrtc offers it
// cannot be told to wait.
//
// All methods may be called from any goroutine. Blocking ones must not be called
// from a handler of the same connection.
type DataChannelConn struct {
	c *DataChannel

	mu       sync.Mutex
	messages []DataChannelMessage
	rest     []byte // of a message that Read took in part
	eof      error  // why no more messages will come
	changed  chan struct{}
	read     deadline
	write    deadline
	closed   bool
}

// NetConn returns a new blocking view of the channel. Every view sees every
// message that comes after it was made, and those that came before any handler
// or view.
func (c *DataChannel) NetConn() *DataChannelConn {
	conn := &DataChannelConn{c: c, changed: make(chan struct{})}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ReadyState() == DataChannelStateClosed {
		conn.eof = io.EOF
	}
	if c.handlers.message == nil { // which they are for otherwise
		for _, m := range c.early {
			conn.keep(m)
		}
		c.early, c.earlySum = nil, 0
	}
	c.conns[conn] = struct{}{}
	if p := c.ref.Acquire(); p != nil {
		cgo.DataChannelSetDrainMark(p, connLowWater)
		c.ref.Release()
	}
	return conn
}

// deadline is a point in time after which waiting ends.
type deadline struct {
	timer  *time.Timer
	passed bool
}

// signal wakes everything that waits. v.mu is held.
func (v *DataChannelConn) signal() {
	close(v.changed)
	v.changed = make(chan struct{})
}

// push adds a message, for which the caller has the channel's lock.
func (v *DataChannelConn) push(m DataChannelMessage) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keep(m)
	v.signal()
}

// keep counts a message against the receive limit until it is read. v.mu is held,
// or nobody else knows v yet.
func (v *DataChannelConn) keep(m DataChannelMessage) {
	v.messages = append(v.messages, m)
	v.c.pc.queue.Consumed(-messageCost(m))
}

// end tells that no message will come any more.
func (v *DataChannelConn) end(cause error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.eof == nil {
		v.eof = io.EOF
		if cause != nil {
			v.eof = cause
		}
	}
	v.signal()
}

// notifyConns wakes writers: the queue has drained, or the state has changed.
func (c *DataChannel) notifyConns() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for v := range c.conns {
		v.mu.Lock()
		v.signal()
		v.mu.Unlock()
	}
}

// wait blocks until ready, which runs under v.mu, reports true, or until ctx,
// the deadline or Close ends it. As net.Conn has it, nothing is ready after the
// deadline.
func (v *DataChannelConn) wait(ctx context.Context, d *deadline, ready func() bool) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	for {
		switch {
		case v.closed:
			return ErrClosed
		case d.passed:
			return os.ErrDeadlineExceeded
		case ready():
			return nil
		}
		changed := v.changed
		v.mu.Unlock()
		select {
		case <-changed:
			v.mu.Lock()
		case <-ctx.Done():
			v.mu.Lock()
			return ctx.Err()
		}
	}
}

// next takes the next message, or the end where there is none. v.mu is held.
func (v *DataChannelConn) next() (m DataChannelMessage, ready bool, end error) {
	if len(v.messages) == 0 {
		return m, v.eof != nil, v.eof
	}
	m = v.messages[0]
	v.messages = v.messages[1:]
	v.c.pc.queue.Consumed(messageCost(m))
	return m, true, nil
}

// ReadMessage waits for a message. After the channel has closed and all messages
// were read it is io.EOF, or the error that the channel closed with.
func (v *DataChannelConn) ReadMessage(ctx context.Context) (DataChannelMessage, error) {
	var m DataChannelMessage
	var end error
	err := v.wait(ctx, &v.read, func() (ready bool) {
		m, ready, end = v.next()
		return ready
	})
	if err == nil {
		err = end
	}
	return m, err
}

// Read implements io.Reader: the messages' bytes, one after another. A message
// longer than p is read in parts.
func (v *DataChannelConn) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	var n int
	var end error
	err := v.wait(context.Background(), &v.read, func() (ready bool) {
		for len(v.rest) == 0 {
			var m DataChannelMessage
			if m, ready, end = v.next(); !ready || end != nil {
				return ready
			}
			v.rest = m.Data
		}
		n = copy(p, v.rest)
		v.rest = v.rest[n:]
		return true
	})
	if err == nil {
		err = end
	}
	return n, err
}

// WriteMessage sends a message once the channel is open and its queue is short.
func (v *DataChannelConn) WriteMessage(ctx context.Context, m DataChannelMessage) error {
	for {
		err := v.wait(ctx, &v.write, func() bool {
			switch v.c.ReadyState() {
			case DataChannelStateConnecting:
				return false
			case DataChannelStateOpen:
				return v.c.BufferedAmount() < connHighWater
			default:
				return true
			}
		})
		if err != nil {
			return err
		}
		err = v.c.send(m.Data, !m.IsString)
		if !errors.Is(err, errBufferFull) {
			return err
		}
	}
}

// Write implements io.Writer: p as binary messages of at most 16 KiB, the size
// that every peer takes (RFC 8831, section 6.6).
func (v *DataChannelConn) Write(p []byte) (int, error) {
	const most = 16 << 10
	n := 0
	for n < len(p) {
		part := p[n:min(n+most, len(p))]
		if err := v.WriteMessage(context.Background(), DataChannelMessage{Data: part}); err != nil {
			return n, err
		}
		n += len(part)
	}
	return n, nil
}

// Close closes the channel and ends what waits in this view with ErrClosed.
func (v *DataChannelConn) Close() error {
	v.c.mu.Lock()
	delete(v.c.conns, v)
	v.c.mu.Unlock()
	v.mu.Lock()
	if !v.closed {
		v.closed = true
		for _, m := range v.messages {
			v.c.pc.queue.Consumed(messageCost(m))
		}
		v.messages, v.rest = nil, nil
		for _, d := range []*deadline{&v.read, &v.write} {
			if d.timer != nil {
				d.timer.Stop()
			}
		}
		v.signal()
	}
	v.mu.Unlock()
	return v.c.Close()
}

// dataChannelAddr names an end of a data channel.
type dataChannelAddr string

func (a dataChannelAddr) Network() string { return "webrtc-datachannel" }
func (a dataChannelAddr) String() string  { return string(a) }

// LocalAddr returns an address that names the channel. A data channel has no
// network address of its own: see ICETransport.GetSelectedCandidatePair.
func (v *DataChannelConn) LocalAddr() net.Addr { return dataChannelAddr(v.c.label) }

// RemoteAddr is LocalAddr.
func (v *DataChannelConn) RemoteAddr() net.Addr { return dataChannelAddr(v.c.label) }

// SetDeadline implements net.Conn.
func (v *DataChannelConn) SetDeadline(t time.Time) error {
	return errors.Join(v.SetReadDeadline(t), v.SetWriteDeadline(t))
}

// SetReadDeadline implements net.Conn.
func (v *DataChannelConn) SetReadDeadline(t time.Time) error { return v.setDeadline(&v.read, t) }

// SetWriteDeadline implements net.Conn.
func (v *DataChannelConn) SetWriteDeadline(t time.Time) error { return v.setDeadline(&v.write, t) }

func (v *DataChannelConn) setDeadline(d *deadline, t time.Time) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return ErrClosed
	}
	if d.timer != nil {
		d.timer.Stop()
	}
	d.passed = false
	d.timer = nil
	if !t.IsZero() {
		left := time.Until(t)
		d.passed = left <= 0
		if left > 0 {
			var timer *time.Timer
			timer = time.AfterFunc(left, func() {
				v.mu.Lock()
				defer v.mu.Unlock()
				if d.timer == timer {
					d.passed = true
					v.signal()
				}
			})
			d.timer = timer
		}
	}
	v.signal()
	return nil
}

var _ net.Conn = (*DataChannelConn)(nil)
