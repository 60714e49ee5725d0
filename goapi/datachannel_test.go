// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/cgo"
)

func TestDataChannelMessages(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	got := make(chan DataChannelMessage, 16)
	theirs.OnMessage(func(m DataChannelMessage) { got <- m })

	large := bytes.Repeat([]byte("nativertc "), 20000)
	for _, m := range []DataChannelMessage{
		{Data: []byte("binary \x00\xff")},
		{IsString: true, Data: []byte("text ☃")},
		{Data: []byte{}},
		{IsString: true, Data: []byte{}},
		{Data: large},
	} {
		if m.IsString {
			require.NoError(t, ours.SendText(string(m.Data)))
		} else {
			require.NoError(t, ours.Send(m.Data))
		}
		have := receive(t, got, "message")
		assert.Equal(t, m.IsString, have.IsString)
		assert.True(t, bytes.Equal(m.Data, have.Data), "%d bytes", len(m.Data))
	}
	eventually(t, func() bool { return ours.BufferedAmount() == 0 }, "drained queue")
}

func TestDataChannelOptions(t *testing.T) {
	for name, options := range map[string]*DataChannelInit{
		"default":           nil,
		"unordered":         {Ordered: ptr(false)},
		"maxRetransmits":    {MaxRetransmits: ptr(uint16(3)), Protocol: ptr("p")},
		"maxPacketLifeTime": {MaxPacketLifeTime: ptr(uint16(500)), Ordered: ptr(false)},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := newPair(t)
			ours, theirs := channelPair(t, a, b, options)
			for _, c := range []*DataChannel{ours, theirs} {
				assert.Equal(t, "data", c.Label())
				assert.Equal(t, options == nil || options.Ordered == nil || *options.Ordered, c.Ordered())
				if options != nil {
					assert.Equal(t, options.MaxRetransmits, c.MaxRetransmits())
					assert.Equal(t, options.MaxPacketLifeTime, c.MaxPacketLifeTime())
					assert.Equal(t, deref(options.Protocol), c.Protocol())
				}
				assert.False(t, c.Negotiated())
				require.NotNil(t, c.ID())
			}
			assert.Equal(t, *ours.ID(), *theirs.ID())
		})
	}
}

func TestDataChannelNegotiated(t *testing.T) {
	a, b := newPair(t)
	options := &DataChannelInit{Negotiated: ptr(true), ID: ptr(uint16(7))}
	ours, err := a.CreateDataChannel("n", options)
	require.NoError(t, err)
	theirs, err := b.CreateDataChannel("n", options)
	require.NoError(t, err)
	opened, got := make(chan struct{}, 1), make(chan DataChannelMessage, 1)
	ours.OnOpen(func() { opened <- struct{}{} })
	theirs.OnMessage(func(m DataChannelMessage) { got <- m })
	negotiate(t, a, b)
	receive(t, opened, "open")
	require.NoError(t, ours.SendText("hello"))
	assert.Equal(t, "hello", string(receive(t, got, "message").Data))
	assert.Equal(t, uint16(7), *ours.ID())

	_, err = a.CreateDataChannel("taken", options)
	var operation *OperationError
	require.ErrorAs(t, err, &operation)

	// On a connection that stands, a channel may be open before its maker sees it.
	late, err := a.CreateDataChannel("late", &DataChannelInit{Negotiated: ptr(true), ID: ptr(uint16(8))})
	require.NoError(t, err)
	lateOpen := make(chan struct{}, 2)
	time.Sleep(50 * time.Millisecond)
	late.OnOpen(func() { lateOpen <- struct{}{} })
	receive(t, lateOpen, "open of a late handler")
	require.NoError(t, late.SendText("late"))
}

func TestDataChannelClosingHandshake(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	var mu sync.Mutex
	var events []string
	note := func(s string) func() {
		return func() { mu.Lock(); defer mu.Unlock(); events = append(events, s) }
	}
	done := make(chan struct{}, 2)
	ours.OnClosing(note("ours closing"))
	ours.OnClose(func() { note("ours close")(); done <- struct{}{} })
	theirs.OnClosing(note("theirs closing"))
	theirs.OnClose(func() { note("theirs close")(); done <- struct{}{} })
	theirs.OnError(func(err error) { note("error " + err.Error())() })
	require.NoError(t, ours.Close())
	require.NoError(t, ours.Close())
	receive(t, done, "close")
	receive(t, done, "close")
	mu.Lock()
	defer mu.Unlock()
	assert.Contains(t, events, "theirs closing")
	assert.NotContains(t, events, "ours closing", "Close itself tells nobody")
	assert.NotContains(t, strings.Join(events, ","), "error")
	assert.Equal(t, DataChannelStateClosed, ours.ReadyState())
	var state *InvalidStateError
	require.ErrorAs(t, ours.Send(nil), &state)
}

// A channel of the other peer's is open when the application is told of it.
func TestDataChannelIsAnnouncedOpen(t *testing.T) {
	a, b := newPair(t)
	channelPair(t, a, b, nil)
	states := make(chan DataChannelState, 1)
	sent := make(chan error, 1)
	closed := make(chan string, 2)
	b.OnDataChannel(func(c *DataChannel) {
		states <- c.ReadyState()
		sent <- c.SendText("at once")
		c.OnOpen(func() { closed <- "open" })
		c.OnClose(func() { closed <- "close" })
		_ = c.Close()
	})
	_, err := a.CreateDataChannel("late", nil)
	require.NoError(t, err)
	assert.Equal(t, DataChannelStateOpen, receive(t, states, "the announced channel"))
	require.NoError(t, receive(t, sent, "sending"))
	assert.Equal(t, "close", receive(t, closed, "the end"), "a channel that its announcement's handler closes does not open")
}

func TestDataChannelEndsWithItsConnection(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	closed := make(chan string, 4)
	failed := make(chan error, 4)
	for name, c := range map[string]*DataChannel{"ours": ours, "theirs": theirs} {
		c.OnError(func(err error) { failed <- err })
		c.OnClose(func() { closed <- name })
	}
	require.NoError(t, a.Close())
	assert.Equal(t, DataChannelStateClosed, ours.ReadyState())
	assert.ElementsMatch(t, []string{"ours", "theirs"}, []string{receive(t, closed, "close"), receive(t, closed, "close")})
	var rtcError *RTCError
	require.ErrorAs(t, receive(t, failed, "error"), &rtcError)
	require.ErrorIs(t, ours.Send([]byte("x")), ErrConnectionClosed)
}

func TestDataChannelBadInput(t *testing.T) {
	a, b := newPair(t)
	var typeErr *TypeError
	for name, o := range map[string]*DataChannelInit{
		"both limits":       {MaxRetransmits: ptr(uint16(1)), MaxPacketLifeTime: ptr(uint16(1))},
		"negotiated, no id": {Negotiated: ptr(true)},
		"id too high":       {Negotiated: ptr(true), ID: ptr(uint16(65535))},
		"protocol":          {Protocol: ptr(strings.Repeat("p", 65536))},
	} {
		_, err := a.CreateDataChannel("x", o)
		require.ErrorAs(t, err, &typeErr, name)
	}
	_, err := a.CreateDataChannel(strings.Repeat("l", 65536), nil)
	require.ErrorAs(t, err, &typeErr)

	early, err := a.CreateDataChannel("early", nil)
	require.NoError(t, err)
	var state *InvalidStateError
	require.ErrorAs(t, early.Send([]byte("too early")), &state)

	ours, _ := channelPair(t, a, b, nil)
	require.ErrorAs(t, ours.Send(make([]byte, 300<<10)), &typeErr)
	require.ErrorAs(t, ours.Send(make([]byte, 64<<20)), &typeErr)
	var operation *OperationError
	require.Eventually(t, func() bool {
		return errors.As(ours.Send(make([]byte, 256<<10)), &operation)
	}, patience, time.Microsecond, "a full queue is refused")
	require.Equal(t, DataChannelStateOpen, ours.ReadyState(), "and does not close the channel")
}

func TestDataChannelBackPressure(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	const size, count = 16 << 10, 512
	var received sync.WaitGroup
	received.Add(count)
	theirs.OnMessage(func(m DataChannelMessage) { received.Done() })
	low := make(chan struct{}, 1)
	ours.SetBufferedAmountLowThreshold(64 << 10)
	assert.Equal(t, uint64(64<<10), ours.BufferedAmountLowThreshold())
	ours.OnBufferedAmountLow(func() {
		select {
		case low <- struct{}{}:
		default:
		}
	})
	most := uint64(0)
	for range count {
		require.NoError(t, ours.Send(make([]byte, size)))
		most = max(most, ours.BufferedAmount())
		if ours.BufferedAmount() > 256<<10 {
			receive(t, low, "bufferedamountlow")
		}
	}
	received.Wait()
	assert.Less(t, most, uint64(1<<20))
}

func TestDataChannelConn(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	events := make(chan DataChannelMessage, 1024)
	theirs.OnMessage(func(m DataChannelMessage) { events <- m })
	var w, r net.Conn = ours.NetConn(), theirs.NetConn()

	data := bytes.Repeat([]byte("0123456789abcdef"), 300<<10/16)
	go func() {
		_, err := w.Write(data)
		assert.NoError(t, err)
	}()
	back := make([]byte, len(data))
	_, err := io.ReadFull(r, back)
	require.NoError(t, err)
	require.True(t, bytes.Equal(data, back))
	assert.NotEmpty(t, events, "the view takes no event away")

	require.NoError(t, r.SetReadDeadline(time.Now().Add(20*time.Millisecond)))
	_, err = r.Read(back)
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	var timeout net.Error
	require.True(t, errors.As(err, &timeout) && timeout.Timeout())
	require.NoError(t, r.SetReadDeadline(time.Time{}))

	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err = theirs.NetConn().ReadMessage(ctx)
	require.ErrorIs(t, err, context.Canceled)

	require.NoError(t, ours.NetConn().WriteMessage(context.Background(), DataChannelMessage{IsString: true, Data: []byte("t")}))
	m, err := r.(*DataChannelConn).ReadMessage(context.Background())
	require.NoError(t, err)
	assert.Equal(t, DataChannelMessage{IsString: true, Data: []byte("t")}, m)

	waiting := make(chan error, 1)
	go func() { _, err := r.Read(back); waiting <- err }()
	require.NoError(t, w.Close())
	require.ErrorIs(t, receive(t, waiting, "end of file"), io.EOF)
	_, err = w.Write(data)
	require.ErrorIs(t, err, net.ErrClosed)
}

// A write that begins before the channel is open waits for that, and for nothing
// else; one that waits when the channel closes ends.
func TestDataChannelConnWritesOnceOpen(t *testing.T) {
	a, b := newPair(t)
	got := make(chan DataChannelMessage, 1)
	b.OnDataChannel(func(c *DataChannel) { c.OnMessage(func(m DataChannelMessage) { got <- m }) })
	c, err := a.CreateDataChannel("early", nil)
	require.NoError(t, err)
	written := make(chan error, 1)
	go func() { _, err := c.NetConn().Write([]byte("early")); written <- err }()
	time.Sleep(20 * time.Millisecond)
	negotiate(t, a, b)
	require.NoError(t, receive(t, written, "the write"))
	require.Equal(t, "early", string(receive(t, got, "the message").Data))

	never, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer never.Close()
	late, err := never.CreateDataChannel("never open", nil)
	require.NoError(t, err)
	go func() { _, err := late.NetConn().Write([]byte("x")); written <- err }()
	time.Sleep(20 * time.Millisecond)
	require.NoError(t, late.Close())
	require.Error(t, receive(t, written, "the end of a write to a channel that closes"))
}

func TestDataChannelOrderUnderLoad(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	const count = 20000
	done := make(chan error, 1)
	next := 0
	theirs.OnMessage(func(m DataChannelMessage) {
		if want := fmt.Sprint("message ", next); string(m.Data) != want {
			done <- fmt.Errorf("have %q, want %q", m.Data, want)
		}
		if next++; next == count {
			done <- nil
		}
	})
	conn := ours.NetConn()
	for i := range count {
		require.NoError(t, conn.WriteMessage(context.Background(), DataChannelMessage{Data: []byte(fmt.Sprint("message ", i))}))
	}
	require.NoError(t, receive(t, done, "all messages"))
}

// TestDataChannelTellsWhatCameFirst opens a channel, and has a message come, before
// its Go object is known.
func TestDataChannelTellsWhatCameFirst(t *testing.T) {
	a, b := newPair(t)
	first, second := channelPair(t, a, b, nil)
	remote := make(chan *DataChannel, 1)
	b.OnDataChannel(func(c *DataChannel) { remote <- c })

	p, done, err := a.use()
	require.NoError(t, err)
	var in cgo.Writer
	writeDataChannelInit(&in, "early", nil)
	r, err := cgo.PeerConnectionCreateDataChannel(p, &in)
	done()
	require.NoError(t, err)

	require.NoError(t, receive(t, remote, "the other end").SendText("hello"))
	behind := make(chan DataChannelMessage, 1)
	first.OnMessage(func(m DataChannelMessage) { behind <- m })
	require.NoError(t, second.SendText("behind it"))
	receive(t, behind, "a message behind it")

	told := make(chan string, 10)
	c := a.newDataChannel(r)
	c.OnOpen(func() { told <- "open" })
	c.OnMessage(func(m DataChannelMessage) { told <- string(m.Data) })
	require.Equal(t, DataChannelStateConnecting, c.ReadyState())
	c.attach()
	require.Equal(t, "open", receive(t, told, "open"))
	require.Equal(t, "hello", receive(t, told, "the message"))
}
