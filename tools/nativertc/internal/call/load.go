// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// loadHeader is the count of bytes of a message that hold its number.
const loadHeader = 8

// loadWindow is how many bytes may be under way, smallWindow where the network
// loses packets: SCTP is then so slow that what is under way would take long to
// arrive. The receiver confirms every confirmEvery bytes. The channel's own
// BufferedAmount does not serve for this, as it does not count what SCTP holds.
const (
	loadWindow   = 1 << 20
	smallWindow  = 128 << 10
	confirmEvery = 32 << 10
)

// confirmation is the text message by which the receiver tells what has arrived.
type confirmation struct {
	totals
	// Final says that it answers the sender's own totals.
	Final bool `json:"final,omitempty"`
}

// totals is what one side has seen of the load. The sender tells its own in a text
// message at the end.
type totals struct {
	Messages uint64 `json:"messages"`
	Bytes    uint64 `json:"bytes"`
	// Checksum is the CRC-32C of all bytes in order.
	Checksum uint32 `json:"checksum"`
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (t *totals) add(message []byte) {
	t.Messages++
	t.Bytes += uint64(len(message))
	t.Checksum = crc32.Update(t.Checksum, castagnoli, message)
}

// payload makes messages that do not compress and differ from each other: a number
// and a cut out of random bytes.
type payload struct {
	random []byte
	buf    []byte
	next   uint64
}

func newPayload(size int) *payload {
	p := &payload{random: make([]byte, 1<<20+size), buf: make([]byte, size)}
	var seed [32]byte
	_, _ = rand.NewChaCha8(seed).Read(p.random) // It never fails.
	return p
}

// message returns the next message, valid until the one after it.
func (p *payload) message() []byte {
	copy(p.buf, p.random[p.next*4099%(1<<20):])
	binary.BigEndian.PutUint64(p.buf, p.next)
	p.next++
	return p.buf
}

// loadSender is the sending end of the channel under load.
type loadSender struct {
	channel   *webrtc.DataChannel
	window    uint64
	open      chan struct{}
	progress  chan struct{} // a token after each confirmation
	confirmed atomic.Uint64 // bytes
	answer    chan totals
	ended     chan struct{}
	sent      totals
}

func newLoadSender(c *webrtc.DataChannel, window uint64) *loadSender {
	s := &loadSender{
		channel: c, window: window,
		open: make(chan struct{}), progress: make(chan struct{}, 1),
		answer: make(chan totals, 1), ended: make(chan struct{}),
	}
	c.OnOpen(sync.OnceFunc(func() { close(s.open) }))
	c.OnClose(sync.OnceFunc(func() { close(s.ended) }))
	c.OnMessage(func(m webrtc.DataChannelMessage) {
		var got confirmation
		if !m.IsString || json.Unmarshal(m.Data, &got) != nil {
			return
		}
		s.confirmed.Store(got.Bytes)
		select {
		case s.progress <- struct{}{}:
		default:
		}
		if got.Final {
			select {
			case s.answer <- got.totals:
			default:
			}
		}
	})
	return s
}

// run sends messages of the size for the time, or until stop is closed, at most
// rate bit/s where that is not 0. It sends one message at least.
func (s *loadSender) run(stop <-chan struct{}, length time.Duration, size int, rate int64) error {
	p := newPayload(size)
	start := time.Now()
	for {
		var over <-chan struct{}
		if s.sent.Messages > 0 {
			over = stop
		}
		select {
		case <-over:
			return nil
		case <-s.ended:
			return errors.New("the data channel closed while it was loaded")
		default:
		}
		if s.sent.Messages > 0 && time.Since(start) >= length {
			return nil
		}
		if wait := s.pause(start, rate); wait > 0 {
			s.wait(stop, min(wait, length-time.Since(start)))
			continue
		}
		m := p.message()
		if err := s.channel.Send(m); err != nil {
			return fmt.Errorf("data channel: %w", err)
		}
		s.sent.add(m)
	}
}

// pause returns how long to wait before the next message: until there is room, or
// until the rate allows it.
func (s *loadSender) pause(start time.Time, rate int64) time.Duration {
	if s.sent.Bytes-s.confirmed.Load() >= s.window {
		return time.Hour // Until there is progress.
	}
	if rate == 0 {
		return 0
	}
	return time.Duration(float64(s.sent.Bytes)*8/float64(rate)*float64(time.Second)) - time.Since(start)
}

func (s *loadSender) wait(stop <-chan struct{}, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-stop:
	case <-s.progress:
	case <-s.ended:
	case <-timer.C:
	}
}

// finish tells the receiver what was sent and returns what it has got.
func (s *loadSender) finish(ctx context.Context) (totals, error) {
	text, err := json.Marshal(s.sent)
	if err != nil {
		return totals{}, err
	}
	if err := s.channel.SendText(string(text)); err != nil {
		return totals{}, fmt.Errorf("data channel: %w", err)
	}
	select {
	case t := <-s.answer:
		return t, nil
	case <-s.ended:
		return totals{}, errors.New("the data channel closed before all had arrived")
	case <-ctx.Done():
		return totals{}, fmt.Errorf("data channel: no answer to %d messages: %w", s.sent.Messages, context.Cause(ctx))
	}
}

// loadReceiver is the other end.
type loadReceiver struct {
	mu          sync.Mutex
	got         totals
	first, last time.Time
	confirmed   uint64  // bytes told to the sender
	announced   *totals // what the sender says to have sent
	failure     error
}

// attach makes r the receiver of the channel.
func (r *loadReceiver) attach(c *webrtc.DataChannel) {
	c.OnMessage(func(m webrtc.DataChannelMessage) {
		answer := r.take(m)
		if answer == nil {
			return
		}
		if err := c.SendText(string(answer)); err != nil {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.failure = fmt.Errorf("data channel's answer: %w", err)
		}
	})
}

// take counts a message. It returns what to tell the sender, if anything.
func (r *loadReceiver) take(m webrtc.DataChannelMessage) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !m.IsString {
		r.last = time.Now()
		if r.got.Messages == 0 {
			r.first = r.last
		}
		if len(m.Data) < loadHeader || binary.BigEndian.Uint64(m.Data) != r.got.Messages {
			r.failure = fmt.Errorf("message %d of the data channel is not the one that was sent", r.got.Messages)
		}
		r.got.add(m.Data)
		if r.got.Bytes-r.confirmed < confirmEvery {
			return nil
		}
		r.confirmed = r.got.Bytes
		return r.confirm(false)
	}
	r.announced = &totals{}
	if err := json.Unmarshal(m.Data, r.announced); err != nil {
		r.failure = fmt.Errorf("last message of the data channel: %w", err)
	}
	return r.confirm(true)
}

// confirm returns the text that tells the sender what has arrived; r.mu is held.
func (r *loadReceiver) confirm(final bool) []byte {
	text, err := json.Marshal(confirmation{r.got, final})
	if err != nil {
		r.failure = err
	}
	return text
}

// result returns what has arrived.
func (r *loadReceiver) result() DataResult {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := DataResult{
		Messages: r.got.Messages, Bytes: r.got.Bytes, Checksum: fmt.Sprintf("%08x", r.got.Checksum),
		Intact: r.failure == nil && r.announced != nil && *r.announced == r.got,
	}
	if r.announced != nil {
		d.MessagesSent = r.announced.Messages
	}
	// Without a second message there is no time to divide by.
	if t := r.last.Sub(r.first); t > 0 {
		d.Seconds = t.Seconds()
		d.BytesPerSecond = float64(r.got.Bytes) / d.Seconds
	}
	return d
}
