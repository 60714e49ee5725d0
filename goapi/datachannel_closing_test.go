// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"errors"
	"io"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// From Close on nothing can be sent, and what was sent before arrives.
func TestDataChannelSendAfterClose(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	got, closed := make(chan string, 2), make(chan struct{})
	theirs.OnMessage(func(m DataChannelMessage) { got <- string(m.Data) })
	theirs.OnClose(func() { close(closed) })
	require.NoError(t, ours.SendText("before"))
	require.NoError(t, ours.Close())
	var state *InvalidStateError
	require.ErrorAs(t, ours.SendText("after"), &state)
	require.ErrorAs(t, ours.NetConn().WriteMessage(context.Background(), DataChannelMessage{}), &state)
	receiveClosed(t, closed)
	require.Equal(t, "before", receive(t, got, "message"))
	assert.Empty(t, got)
}

// A channel that the other peer closes ends in order, whatever is being sent.
func TestDataChannelClosedByThePeerWhileSending(t *testing.T) {
	for range 3 {
		a, b := newPair(t)
		ours, theirs := channelPair(t, a, b, nil)
		view := ours.NetConn()
		failed := make(chan error, 1)
		ours.OnError(func(err error) { failed <- err })
		var senders sync.WaitGroup
		for range 4 {
			senders.Add(1)
			go func() {
				defer senders.Done()
				for {
					var full *OperationError
					err := ours.Send(make([]byte, 100))
					if err != nil && !errors.As(err, &full) {
						var state *InvalidStateError
						assert.ErrorAs(t, err, &state)
						return
					}
				}
			}()
		}
		first := make(chan struct{})
		var once sync.Once
		theirs.OnMessage(func(DataChannelMessage) { once.Do(func() { close(first) }) })
		receiveClosed(t, first)
		require.NoError(t, theirs.Close())
		_, err := view.ReadMessage(context.Background())
		senders.Wait()
		var network *NetworkError
		if onDebian() && errors.As(err, &network) {
			require.ErrorIs(t, receive(t, failed, "error"), err, "as OnError documents")
		} else {
			require.ErrorIs(t, err, io.EOF)
		}
		assert.Empty(t, failed)
		assert.LessOrEqual(t, ours.BufferedAmount(), uint64(16<<20), "what can be queued")
	}
}

// noted appends the names of a channel's events.
func noted(c *DataChannel, events chan<- string) {
	c.OnOpen(func() { events <- "open" })
	c.OnClosing(func() { events <- "closing" })
	c.OnClose(func() { events <- "close" })
}

// A channel that is closed before its opening was told does not open any more. The
// connection's queue is held meanwhile.
func TestDataChannelClosedBeforeItsOpeningIsTold(t *testing.T) {
	a, b := newPair(t)
	channelPair(t, a, b, nil)
	events := make(chan string, 3)
	func() {
		a.d.mu.Lock()
		defer a.d.mu.Unlock()
		c, err := a.CreateDataChannel("late", nil)
		require.NoError(t, err)
		noted(c, events)
		eventually(t, func() bool { return c.SendText("libwebrtc has opened it") == nil }, "an open channel")
		require.NoError(t, c.Close())
	}()
	assert.Equal(t, "close", receive(t, events, "close"))
	assert.Empty(t, events)
}

// What is told late is told all the same: a channel that has opened and ended while a
// handler was busy.
func TestDataChannelOpensAndEndsBehindABusyHandler(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	entered, leave := make(chan struct{}), make(chan struct{})
	ours.OnMessage(func(DataChannelMessage) {
		close(entered)
		<-leave
	})
	require.NoError(t, theirs.SendText("stay"))
	receiveClosed(t, entered)

	came := make(chan *DataChannel, 1)
	b.OnDataChannel(func(c *DataChannel) { came <- c })
	c, err := a.CreateDataChannel("short", nil)
	require.NoError(t, err)
	events := make(chan string, 3)
	noted(c, events)
	// An operation that completes brings attributes up to date.
	reach := func(state DataChannelState) {
		eventually(t, func() bool {
			_, err := a.CreateOffer(nil)
			return err == nil && c.ReadyState() == state
		}, state.String())
	}
	reach(DataChannelStateOpen)
	require.NoError(t, receive(t, came, "the channel").Close())
	reach(DataChannelStateClosed)
	assert.Empty(t, events)
	close(leave)
	for _, name := range []string{"open", "closing", "close"} {
		assert.Equal(t, name, receive(t, events, name))
	}
}

// What was queued when a channel ended stays its buffered amount.
func TestDataChannelBufferedAmountAfterClose(t *testing.T) {
	a, b := newPair(t)
	ours, _ := channelPair(t, a, b, nil)
	full, sent := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(sent)
		var once sync.Once
		for {
			err := ours.Send(make([]byte, 256<<10))
			var queue *OperationError
			if errors.As(err, &queue) {
				once.Do(func() { close(full) })
			} else if err != nil {
				return
			}
		}
	}()
	receiveClosed(t, full)
	require.NoError(t, a.GracefulClose())
	receiveClosed(t, sent)
	require.Equal(t, DataChannelStateClosed, ours.ReadyState())
	amount := ours.BufferedAmount()
	assert.NotZero(t, amount)
	assert.LessOrEqual(t, amount, uint64(16<<20), "what can be queued")
	assert.Equal(t, amount, ours.BufferedAmount())
}
