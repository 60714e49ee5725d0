// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package relay

import (
	"encoding/binary"
	"math"
	"net"
	"net/netip"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// agent is a UDP socket that plays an ICE agent.
type agent struct {
	*net.UDPConn
	t    *testing.T
	addr netip.AddrPort
}

func newAgent(t *testing.T) *agent {
	t.Helper()
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	require.NoError(t, err)
	require.NoError(t, conn.SetReadBuffer(1<<20))
	t.Cleanup(func() { conn.Close() })
	return &agent{conn, t, unmap(conn.LocalAddr().(*net.UDPAddr).AddrPort())}
}

func (a *agent) sendTo(to netip.AddrPort, b []byte) {
	a.t.Helper()
	_, err := a.WriteToUDPAddrPort(b, to)
	require.NoError(a.t, err)
}

// receive waits for one datagram, bounded.
func (a *agent) receive() ([]byte, netip.AddrPort) {
	a.t.Helper()
	require.NoError(a.t, a.SetReadDeadline(time.Now().Add(10*time.Second)))
	buf := make([]byte, 1<<16)
	n, from, err := a.ReadFromUDPAddrPort(buf)
	require.NoError(a.t, err)
	return buf[:n], unmap(from)
}

// newRelay returns a relay between two agents and their addresses on it.
func newRelay(t *testing.T, c Config) (r *Relay, a, b *agent, publicA, publicB netip.AddrPort) {
	t.Helper()
	r, err := New(c)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	a, b = newAgent(t), newAgent(t)
	publicA, err = r.Map(A, a.addr)
	require.NoError(t, err)
	publicB, err = r.Map(B, b.addr)
	require.NoError(t, err)
	return r, a, b, publicA, publicB
}

// burst sends count numbered datagrams of the size, in portions that no socket
// buffer overflows at.
func burst(t *testing.T, r *Relay, a *agent, to netip.AddrPort, count, size int) {
	t.Helper()
	before := seen(r.Stats(A))
	b, portion := make([]byte, size), max(1, min(100, 100_000/size))
	for i := range count {
		binary.BigEndian.PutUint32(b, uint32(i))
		a.sendTo(to, b)
		if i%portion == portion-1 || i == count-1 {
			require.Eventually(t, func() bool { return seen(r.Stats(A)) == before+uint64(i)+1 },
				10*time.Second, time.Millisecond)
		}
	}
}

// seen returns how many packets a direction has decided about.
func seen(s Stats) uint64 {
	return s.Forwarded + uint64(s.HeldPackets) + s.DroppedLoss + s.DroppedQueue + s.DroppedError
}

func TestForwardsBothWaysUnderOneFace(t *testing.T) {
	r, a, b, publicA, publicB := newRelay(t, Config{})
	require.True(t, publicA.Addr().IsLoopback())
	require.NotEqual(t, publicA, publicB)
	again, err := r.Map(A, a.addr)
	require.NoError(t, err)
	require.Equal(t, publicA, again)

	for _, size := range []int{0, 1, 1200, 60_000} {
		a.sendTo(publicB, make([]byte, size))
		data, from := b.receive()
		require.Len(t, data, size)
		require.Equal(t, publicA, from, "B sees A at the address that stands for A")
		b.sendTo(from, []byte("back"))
		data, from = a.receive()
		require.Equal(t, "back", string(data))
		require.Equal(t, publicB, from)
	}
	require.Equal(t, Stats{Forwarded: 4, ForwardedBytes: 61_201}, r.Stats(A))
	require.Equal(t, Stats{Forwarded: 4, ForwardedBytes: 16}, r.Stats(B))
}

func TestUnannouncedSenderIsMappedAsByANAT(t *testing.T) {
	r, _, b, publicA, publicB := newRelay(t, Config{})
	stranger := newAgent(t)
	stranger.sendTo(publicB, []byte("hello"))
	_, face := b.receive()
	require.NotEqual(t, publicA, face)
	require.NotEqual(t, stranger.addr, face)

	b.sendTo(face, []byte("you"))
	data, from := stranger.receive()
	require.Equal(t, "you", string(data))
	require.Equal(t, publicB, from)

	// One face for all destinations, and the same when it is announced later.
	b2 := newAgent(t)
	public2, err := r.Map(B, b2.addr)
	require.NoError(t, err)
	stranger.sendTo(public2, []byte("x"))
	_, from = b2.receive()
	require.Equal(t, face, from)
	announced, err := r.Map(A, stranger.addr)
	require.NoError(t, err)
	require.Equal(t, face, announced)
}

// TestAgentsOnEveryAddressOfTheMachine covers agents that bind to the address of a
// network, as ICE agents do, and reach the relay on the loopback from there.
func TestAgentsOnEveryAddressOfTheMachine(t *testing.T) {
	r, _, b, _, publicB := newRelay(t, Config{})
	addrs, err := net.InterfaceAddrs()
	require.NoError(t, err)
	tried := 0
	for _, addr := range addrs {
		network, ok := addr.(*net.IPNet)
		if !ok || network.IP.To4() == nil {
			continue
		}
		conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: network.IP})
		require.NoError(t, err, "%v", addr)
		t.Cleanup(func() { conn.Close() })
		a := &agent{conn, t, unmap(conn.LocalAddr().(*net.UDPAddr).AddrPort())}
		public, err := r.Map(A, a.addr)
		require.NoError(t, err)
		a.sendTo(publicB, []byte("there"))
		_, from := b.receive()
		require.Equal(t, public, from)
		b.sendTo(from, []byte("back"))
		data, from := a.receive()
		require.Equal(t, "back", string(data))
		require.Equal(t, publicB, from)
		tried++
	}
	require.Positive(t, tried)
}

func TestIPv6(t *testing.T) {
	conn, err := net.ListenUDP("udp6", &net.UDPAddr{IP: net.IPv6loopback})
	if err != nil {
		t.Skipf("this machine has no IPv6: %v", err)
	}
	defer conn.Close()
	r, _, _, _, _ := newRelay(t, Config{})
	public, err := r.Map(B, conn.LocalAddr().(*net.UDPAddr).AddrPort())
	require.NoError(t, err)
	require.Equal(t, netip.IPv6Loopback(), public.Addr())
}

func TestLossRate(t *testing.T) {
	const count = 5000
	for _, loss := range []float64{0, 0.05, 0.5, 1} {
		r, a, b, _, publicB := newRelay(t, Config{FromA: Impairment{Loss: loss}, Seed: 7})
		go drain(b)
		burst(t, r, a, publicB, count, 100)
		s := r.Stats(A)
		// Five standard deviations of the binomial distribution; the seed is fixed.
		margin := 5 * math.Sqrt(count*loss*(1-loss))
		require.InDelta(t, count*loss, float64(s.DroppedLoss), margin, "loss %v", loss)
		require.Equal(t, uint64(count), s.Forwarded+s.DroppedLoss)
		require.Equal(t, Stats{}, r.Stats(B), "the other direction is untouched")
	}
}

func drain(a *agent) {
	buf := make([]byte, 1<<16)
	for {
		if _, _, err := a.ReadFromUDPAddrPort(buf); err != nil {
			return
		}
	}
}

func TestSeedDecidesWhichPacketsAreLost(t *testing.T) {
	pattern := func(seed uint64, i Impairment) (kept []bool) {
		l := newLink(i, seed, 0)
		for range 500 {
			_, ok := l.schedule(time.Unix(0, 0), 10)
			kept = append(kept, ok)
		}
		return kept
	}
	lossy := Impairment{Loss: 0.3}
	require.Equal(t, pattern(1, lossy), pattern(1, lossy))
	require.NotEqual(t, pattern(1, lossy), pattern(2, lossy))
	require.Equal(t, pattern(1, lossy), pattern(1, Impairment{Loss: 0.3, Jitter: time.Second, Delay: time.Second}),
		"delays do not change who is lost")
}

func TestDelayHoldsEveryPacketAndKeepsTheOrder(t *testing.T) {
	const delay, count = 60 * time.Millisecond, 200
	r, a, b, _, publicB := newRelay(t, Config{FromA: Impairment{Delay: delay, Jitter: 20 * time.Millisecond}, Seed: 3})
	start := time.Now()
	burst(t, r, a, publicB, count, 50)
	for i := range count {
		data, _ := b.receive()
		require.Equal(t, uint32(i), binary.BigEndian.Uint32(data))
		if i == 0 {
			require.GreaterOrEqual(t, time.Since(start), delay)
		}
	}
	s := r.Stats(A)
	require.Equal(t, uint64(count), s.Delayed)
	require.Equal(t, uint64(count*50), s.DelayedBytes)
	require.Zero(t, s.HeldPackets)
	require.Zero(t, s.HeldBytes)
}

// TestScheduleTimes checks the arithmetic against a clock that stands still.
func TestScheduleTimes(t *testing.T) {
	start := time.Unix(1000, 0)
	t.Run("delay and jitter", func(t *testing.T) {
		l := newLink(Impairment{Delay: 50 * time.Millisecond, Jitter: 20 * time.Millisecond}, 1, 0)
		sum, last := time.Duration(0), time.Time{}
		for i := range 1000 {
			now := start.Add(time.Duration(i) * 100 * time.Millisecond) // So far apart that order costs nothing.
			due, ok := l.schedule(now, 100)
			require.True(t, ok)
			require.GreaterOrEqual(t, due.Sub(now), 50*time.Millisecond)
			require.LessOrEqual(t, due.Sub(now), 70*time.Millisecond)
			require.False(t, due.Before(last))
			sum, last = sum+due.Sub(now), due
		}
		require.InDelta(t, 60, float64(sum.Milliseconds())/1000, 1)
	})
	t.Run("rate and queue", func(t *testing.T) {
		l := newLink(Impairment{Rate: 800_000, Queue: 10_000}, 1, 0) // 100,000 bytes per second
		for i := range 10 {
			due, ok := l.schedule(start, 1000)
			require.True(t, ok)
			require.Equal(t, time.Duration(i+1)*10*time.Millisecond, due.Sub(start))
		}
		_, ok := l.schedule(start, 1000)
		require.False(t, ok, "the queue is full")
		require.Equal(t, uint64(1), l.stats.DroppedQueue)
		due, ok := l.schedule(start.Add(50*time.Millisecond), 1000)
		require.True(t, ok, "half of it has gone")
		require.Equal(t, 110*time.Millisecond, due.Sub(start))
		due, ok = l.schedule(start.Add(time.Second), 1000)
		require.True(t, ok)
		require.Equal(t, 1010*time.Millisecond, due.Sub(start), "an idle link saves nothing up")
	})
	t.Run("reorder", func(t *testing.T) {
		l := newLink(Impairment{Reorder: 0.2}, 5, 0)
		back := 0
		for range 1000 {
			due, ok := l.schedule(start, 10)
			require.True(t, ok)
			if due.Equal(start.Add(reorderFor)) {
				back++
			} else {
				require.Equal(t, start, due)
			}
		}
		require.InDelta(t, 200, back, 65)
		require.Equal(t, uint64(back), l.stats.Reordered)
	})
}

func TestReorderingChangesTheOrderAndLosesNothing(t *testing.T) {
	const count = 500
	r, a, b, _, publicB := newRelay(t, Config{FromA: Impairment{Reorder: 0.1, ReorderBy: 30 * time.Millisecond}, Seed: 9})
	burst(t, r, a, publicB, count, 20)
	got, inverted, last := map[uint32]bool{}, 0, uint32(0)
	for range count {
		data, _ := b.receive()
		n := binary.BigEndian.Uint32(data)
		require.False(t, got[n], "twice")
		got[n] = true
		if n < last {
			inverted++
		}
		last = n
	}
	require.Positive(t, inverted)
	require.Equal(t, uint64(count), r.Stats(A).Forwarded)
}

func TestRateLimitTakesItsTime(t *testing.T) {
	const count, size = 50, 1000
	i := Impairment{Rate: 2_000_000, Queue: 1 << 20}
	r, a, b, _, publicB := newRelay(t, Config{FromA: i})
	start := time.Now()
	burst(t, r, a, publicB, count, size)
	for range count {
		b.receive()
	}
	// Not faster than the limit; how much slower is the machine's affair.
	require.GreaterOrEqual(t, time.Since(start), count*size*8*time.Second/2_000_000*98/100)
	require.Zero(t, r.Stats(A).DroppedQueue)
}

func TestHeldIsBounded(t *testing.T) {
	r, a, _, _, publicB := newRelay(t, Config{FromA: Impairment{Delay: time.Minute}})
	burst(t, r, a, publicB, 400, 60_000)
	s := r.Stats(A)
	require.LessOrEqual(t, s.HeldBytes, maxHeldBytes)
	require.Positive(t, s.DroppedQueue)
	require.Equal(t, uint64(400), s.DroppedQueue+uint64(s.HeldPackets))
}

func TestSetChangesARunningRelay(t *testing.T) {
	r, a, b, _, publicB := newRelay(t, Config{})
	go drain(b)
	burst(t, r, a, publicB, 10, 10)
	require.NoError(t, r.Set(A, Impairment{Loss: 1}))
	burst(t, r, a, publicB, 10, 10)
	require.NoError(t, r.Set(A, Impairment{}))
	burst(t, r, a, publicB, 10, 10)
	s := r.Stats(A)
	require.Equal(t, uint64(20), s.Forwarded)
	require.Equal(t, uint64(10), s.DroppedLoss)
	require.ErrorIs(t, r.Set(B, Impairment{Loss: 2}), ErrImpairment)
}

func TestBadConfiguration(t *testing.T) {
	for _, i := range []Impairment{
		{Loss: -0.1}, {Loss: 1.1}, {Loss: math.NaN()}, {Reorder: 2}, {Reorder: math.NaN()},
		{Delay: -1}, {Delay: time.Hour}, {Jitter: -1}, {ReorderBy: -1}, {Rate: -5}, {Rate: 10}, {Queue: -1},
	} {
		_, err := New(Config{FromA: i})
		require.ErrorIs(t, err, ErrImpairment, "%+v", i)
		_, err = New(Config{FromB: i})
		require.ErrorIs(t, err, ErrImpairment, "%+v", i)
	}
	r, _, _, _, _ := newRelay(t, Config{})
	for _, bad := range []string{"0.0.0.0:5", "127.0.0.1:0", "[::]:9"} {
		_, err := r.Map(A, netip.MustParseAddrPort(bad))
		require.Error(t, err, bad)
	}
	_, err := r.Map(A, netip.AddrPort{})
	require.Error(t, err)
}

func TestEndpointsAreBounded(t *testing.T) {
	r, _, _, _, publicB := newRelay(t, Config{})
	var err error
	for port := uint16(1); err == nil; port++ {
		require.LessOrEqual(t, int(port), maxEndpoints+1)
		_, err = r.Map(A, netip.AddrPortFrom(netip.MustParseAddr("127.0.0.9"), port))
	}
	require.ErrorIs(t, err, ErrTooMany)
	newAgent(t).sendTo(publicB, []byte("one more"))
	require.Eventually(t, func() bool { return r.Stats(A).DroppedError == 1 }, 10*time.Second, time.Millisecond)
}

func TestCloseLeavesNothingBehind(t *testing.T) {
	a, b := newAgent(t), newAgent(t)
	cycle := func() {
		r, err := New(Config{FromA: Impairment{Delay: time.Minute}, FromB: Impairment{Rate: 1000}})
		require.NoError(t, err)
		publicB, err := r.Map(B, b.addr)
		require.NoError(t, err)
		for range 20 {
			a.sendTo(publicB, make([]byte, 100))
		}
		require.Eventually(t, func() bool { return r.Stats(A).HeldPackets > 0 }, 10*time.Second, time.Millisecond)
		require.NoError(t, r.Close())
		require.NoError(t, r.Close())
		require.Zero(t, r.Stats(A).HeldBytes)
		_, err = r.Map(A, a.addr)
		require.ErrorIs(t, err, ErrClosed)
	}
	cycle() // The first one starts the runtime's own poller.
	goroutines, files := runtime.NumGoroutine(), openFiles(t)
	for range 20 {
		cycle()
	}
	// Not with Eventually, which has goroutines of its own.
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > goroutines && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	require.LessOrEqual(t, runtime.NumGoroutine(), goroutines)
	require.Equal(t, files, openFiles(t))
}

// openFiles counts the open descriptors; 0 where the system does not tell.
func openFiles(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

func TestCloseWhilePacketsFly(t *testing.T) {
	for range 20 {
		r, a, _, _, publicB := newRelay(t, Config{FromA: Impairment{Jitter: time.Millisecond}})
		stop := make(chan struct{})
		done := make(chan struct{})
		go func() {
			defer close(done)
			for {
				select {
				case <-stop:
					return
				default:
					_, _ = a.WriteToUDPAddrPort([]byte("x"), publicB)
				}
			}
		}()
		require.Eventually(t, func() bool { return r.Stats(A).Forwarded > 5 }, 10*time.Second, time.Millisecond)
		require.NoError(t, r.Close())
		close(stop)
		<-done
	}
}
