// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package relay

import (
	"container/heap"
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"
	"time"
)

// maxHeldPackets and maxHeldBytes bound what one direction holds, whatever the
// impairment.
const (
	maxHeldPackets = 1 << 14
	maxHeldBytes   = 16 << 20
)

// packet is a datagram on its way.
type packet struct {
	data []byte
	from *net.UDPConn
	to   netip.AddrPort
	due  time.Time
	seq  uint64 // breaks ties of due: first come, first sent
}

// link is one direction: it decides about each packet's fate and sends those that
// stay at their time. One goroutine (run) sends all that waits.
type link struct {
	mu         sync.Mutex
	impairment Impairment
	random     *rand.Rand
	held       packetHeap
	heldBytes  int
	free       time.Time // when the bandwidth limit has sent all it accepted
	last       time.Time // the latest due time of a packet that keeps the order
	seq        uint64
	stats      Stats
	closed     bool
	wake       chan struct{}
}

func newLink(i Impairment, seed, stream uint64) *link {
	return &link{impairment: i, random: rand.New(rand.NewPCG(seed, stream)), wake: make(chan struct{}, 1)}
}

// fate is what chance decides about a packet.
type fate struct{ loss, reorder, jitter float64 }

// draw draws the same count of numbers for every packet, so that with one seed
// the n-th packet has the same fate, whatever the other settings are.
func (l *link) draw() fate {
	return fate{l.random.Float64(), l.random.Float64(), l.random.Float64()}
}

// accept takes over a datagram that has arrived. data is copied where it must
// wait.
func (l *link) accept(data []byte, from *net.UDPConn, to netip.AddrPort) {
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	due, ok := l.schedule(now, len(data))
	if !ok {
		return
	}
	if !due.After(now) && len(l.held) == 0 {
		l.send(data, from, to)
		return
	}
	if len(l.held) >= maxHeldPackets || l.heldBytes+len(data) > maxHeldBytes {
		l.stats.DroppedQueue++
		return
	}
	l.seq++
	heap.Push(&l.held, &packet{append([]byte(nil), data...), from, to, due, l.seq})
	l.heldBytes += len(data)
	l.stats.Delayed++
	l.stats.DelayedBytes += uint64(len(data))
	if l.held[0].seq == l.seq {
		l.poke()
	}
}

// schedule returns when a packet of the size leaves; false where it is dropped.
// l.mu is held.
func (l *link) schedule(now time.Time, size int) (due time.Time, ok bool) {
	i, f := l.impairment, l.draw()
	if f.loss < i.Loss {
		l.stats.DroppedLoss++
		return time.Time{}, false
	}
	due = now
	if i.Rate > 0 {
		start := now
		if l.free.After(now) {
			start = l.free
		}
		waiting := int64(float64(start.Sub(now)) / float64(time.Second) * float64(i.Rate) / 8)
		if waiting+int64(size) > int64(i.queue()) {
			l.stats.DroppedQueue++
			return time.Time{}, false
		}
		l.free = start.Add(time.Duration(float64(size) * 8 / float64(i.Rate) * float64(time.Second)))
		due = l.free
	}
	due = due.Add(i.Delay + time.Duration(f.jitter*float64(i.Jitter)))
	if due.Before(l.last) {
		due = l.last
	}
	if f.reorder < i.Reorder {
		l.stats.Reordered++
		by := i.ReorderBy
		if by == 0 {
			by = reorderFor
		}
		return due.Add(by), true // Without being last: the next ones pass.
	}
	l.last = due
	return due, true
}

// send writes the datagram; l.mu is held, which keeps the order of packets that
// do not wait. A UDP write to a local socket does not block for long.
func (l *link) send(data []byte, from *net.UDPConn, to netip.AddrPort) {
	if _, err := from.WriteToUDPAddrPort(data, to); err != nil {
		l.stats.DroppedError++
		return
	}
	l.stats.Forwarded++
	l.stats.ForwardedBytes += uint64(len(data))
}

// run sends what waits, each packet at its time, until close.
func (l *link) run() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		wait, ok := l.sendDue()
		if !ok {
			return
		}
		timer.Reset(wait)
		select {
		case <-timer.C:
		case <-l.wake:
		}
	}
}

// sendDue sends all that is due and returns the time to the next packet; false
// after close.
func (l *link) sendDue() (time.Duration, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for {
		if l.closed {
			return 0, false
		}
		if len(l.held) == 0 {
			return time.Hour, true
		}
		if wait := time.Until(l.held[0].due); wait > 0 {
			return wait, true
		}
		p := heap.Pop(&l.held).(*packet)
		l.heldBytes -= len(p.data)
		l.send(p.data, p.from, p.to)
	}
}

// set changes the impairment. What waits already keeps its time.
func (l *link) set(i Impairment) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.impairment = i
}

func (l *link) snapshot() Stats {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.stats
	s.HeldPackets, s.HeldBytes = len(l.held), l.heldBytes
	return s
}

// refuse counts a packet that came from nowhere.
func (l *link) refuse() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stats.DroppedError++
}

// close lets run end and drops what waits.
func (l *link) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed, l.held, l.heldBytes = true, nil, 0
	l.poke()
}

// poke wakes run; l.mu is held.
func (l *link) poke() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// packetHeap orders packets by due time.
type packetHeap []*packet

func (h packetHeap) Len() int { return len(h) }
func (h packetHeap) Less(i, j int) bool {
	if !h[i].due.Equal(h[j].due) {
		return h[i].due.Before(h[j].due)
	}
	return h[i].seq < h[j].seq
}
func (h packetHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *packetHeap) Push(x any)   { *h = append(*h, x.(*packet)) }
func (h *packetHeap) Pop() any {
	old := *h
	p := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	return p
}
