// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package load

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// wire is a channel's end in memory. What it sends arrives at peer, in order, on
// a goroutine of its own.
type wire struct {
	peer *wire

	mu       sync.Mutex
	queue    [][]byte
	buffered uint64
	greatest uint64
	sent     int
	low      uint64
	onLow    func()
	handle   func([]byte)
	fail     error
	wake     chan struct{}
}

func newWires(t *testing.T) (a, b *wire) {
	a, b = &wire{wake: make(chan struct{}, 1)}, &wire{wake: make(chan struct{}, 1)}
	a.peer, b.peer = b, a
	done := make(chan struct{})
	t.Cleanup(func() { close(done) })
	for _, w := range []*wire{a, b} {
		go w.run(done)
	}
	return a, b
}

func (w *wire) run(done <-chan struct{}) {
	for {
		select {
		case <-w.wake:
		case <-done:
			return
		}
		for w.deliver() {
		}
	}
}

func (w *wire) deliver() bool {
	w.mu.Lock()
	if len(w.queue) == 0 {
		w.mu.Unlock()
		return false
	}
	m := w.queue[0]
	w.queue = w.queue[1:]
	before := w.buffered
	w.buffered -= uint64(len(m))
	var onLow func()
	if before > w.low && w.buffered <= w.low {
		onLow = w.onLow
	}
	w.mu.Unlock()
	if onLow != nil {
		onLow()
	}
	w.peer.mu.Lock()
	handle := w.peer.handle
	w.peer.mu.Unlock()
	handle(m)
	return true
}

func (w *wire) Send(data []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fail != nil {
		return w.fail
	}
	w.sent++
	w.queue = append(w.queue, data)
	w.buffered += uint64(len(data))
	w.greatest = max(w.greatest, w.buffered)
	signal(w.wake)
	return nil
}

func (w *wire) BufferedAmount() uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buffered
}

func (w *wire) SetBufferedAmountLowThreshold(bytes uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.low = bytes
}

func (w *wire) OnBufferedAmountLow(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.onLow = f
}

func (w *wire) OnMessage(f func([]byte)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.handle = f
}

// stack returns a stack of one pair of wires, and the count of pairs closed.
func stack(t *testing.T) (s Stack, a, b *wire, closed *int) {
	a, b = newWires(t)
	closed = new(int)
	s = Stack{Name: "test", Connect: func() (Pair, error) {
		return Pair{A: a, B: b, Close: func() error { *closed++; return nil }}, nil
	}}
	return s, a, b, closed
}

func TestThroughput_SendsAllAndKeepsToTheHighWater(t *testing.T) {
	s, a, b, closed := stack(t)
	crossings := uint64(0)
	s.Crossings = func() uint64 { crossings += 500; return crossings }

	r, err := run(s, []string{"throughput", "100", "800", "1000", "300"})
	require.NoError(t, err)
	assert.Equal(t, 900, a.sent, "800 messages and 100 to warm up")
	assert.Zero(t, b.sent)
	assert.LessOrEqual(t, a.greatest, uint64(1000+100), "it stops sending at the high water")
	assert.Equal(t, uint64(300), a.low)
	assert.Positive(t, r["mb_per_s"])
	assert.InEpsilon(t, r["mb_per_s"]*1e4, r["messages_per_s"], 1e-6, "a message is 100 bytes")
	assert.InEpsilon(t, 500.0/800, r["crossings_per_message"], 1e-6)
	assert.Equal(t, 1, *closed)
}

func TestThroughput_TellsOfAFailedSend(t *testing.T) {
	s, a, _, closed := stack(t)
	a.fail = errors.New("no more")
	_, err := run(s, []string{"throughput", "100", "800", "1000", "300"})
	require.ErrorIs(t, err, a.fail)
	assert.Equal(t, 1, *closed)
}

func TestLatency_AnswersEachPing(t *testing.T) {
	s, a, b, _ := stack(t)
	r, err := run(s, []string{"latency", "64", "80"})
	require.NoError(t, err)
	assert.Equal(t, 80+11, a.sent, "80 pings and 11 to warm up")
	assert.Equal(t, a.sent, b.sent)
	assert.Positive(t, r["p50_us"])
	assert.GreaterOrEqual(t, r["p99_us"], r["p50_us"])
	assert.NotContains(t, r, "crossings_per_message")
}

func TestConnections_ClosesEach(t *testing.T) {
	s, _, _, closed := stack(t)
	r, err := run(s, []string{"connections", "5"})
	require.NoError(t, err)
	assert.Equal(t, 6, *closed, "5 and one to warm up")
	assert.Positive(t, r["connections_per_s"])
}

func TestMemory_ReadsTheProcess(t *testing.T) {
	s, _, _, closed := stack(t)
	r, err := run(s, []string{"memory", "3"})
	require.NoError(t, err)
	assert.Equal(t, 4, *closed)
	assert.Greater(t, r["base_rss_kib"], 1000.0)
	assert.GreaterOrEqual(t, r["base_threads"], 2.0)
}

func TestVideo_PassesItsArguments(t *testing.T) {
	s, _, _, _ := stack(t)
	_, err := run(s, []string{"video", "clip", "64", "48", "30", "5", "1000"})
	require.Error(t, err, "a stack without video")
	var got VideoArguments
	s.Video = func(v VideoArguments) (Result, error) { got = v; return Result{"x": 1}, nil }
	r, err := run(s, []string{"video", "clip", "64", "48", "30", "5", "1000"})
	require.NoError(t, err)
	assert.Equal(t, Result{"x": 1}, r)
	assert.Equal(t, VideoArguments{File: "clip", Width: 64, Height: 48, FPS: 30, Time: 5 * time.Second, Bitrate: 1000}, got)
}

func TestRun_RefusesWrongArguments(t *testing.T) {
	s, a, _, _ := stack(t)
	for name, args := range map[string][]string{
		"none":      {},
		"unknown":   {"sleep"},
		"too few":   {"latency", "64"},
		"too many":  {"connections", "1", "2"},
		"no number": {"connections", "many"},
		"zero":      {"connections", "0"},
		"negative":  {"throughput", "-1", "1", "1", "1"},
	} {
		_, err := run(s, args)
		assert.Error(t, err, name)
	}
	assert.Zero(t, a.sent)
}

func TestQuantile(t *testing.T) {
	sorted := make([]time.Duration, 100)
	for i := range sorted {
		sorted[i] = time.Duration(i + 1)
	}
	for q, want := range map[float64]time.Duration{0: 1, 0.5: 50, 0.99: 99, 1: 100} {
		assert.Equal(t, want, quantile(sorted, q), "%v", q)
	}
	assert.Equal(t, time.Duration(7), quantile([]time.Duration{7}, 0.99))
}

func TestTrickle_KeepsCandidatesUntilStart(t *testing.T) {
	o := NewOpening()
	var got []int
	bad := errors.New("bad candidate")
	trickle := NewTrickle(o, func(c int) error {
		got = append(got, c)
		if c == 4 {
			return bad
		}
		return nil
	})
	trickle.Add(1)
	trickle.Add(2)
	assert.Empty(t, got)
	trickle.Start()
	trickle.Add(3)
	assert.Equal(t, []int{1, 2, 3}, got)
	trickle.Add(4)
	assert.ErrorIs(t, o.Wait(), bad)
}

func TestOpening_WaitsForBothEnds(t *testing.T) {
	o := NewOpening()
	o.Opened()
	ended := make(chan error, 1)
	go func() { ended <- o.Wait() }()
	select {
	case <-ended:
		t.Fatal("it ended with one end open")
	case <-time.After(20 * time.Millisecond):
	}
	o.Opened()
	assert.NoError(t, <-ended)
}
