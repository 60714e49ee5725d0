// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// keptEarly waits until a channel without handlers and views has kept messages.
func keptEarly(t *testing.T, c *DataChannel, count int) {
	t.Helper()
	eventually(t, func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return len(c.early) == count
	}, "messages that are kept")
}

// A handler that is set while messages come gets those that came before it first. The
// connection's queue is held, so that the next message comes before OnMessage returns.
func TestFirstHandlerGetsMessagesInOrder(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	for _, text := range []string{"one", "two"} {
		require.NoError(t, ours.SendText(text))
	}
	keptEarly(t, theirs, 2)

	var got []string
	set := make(chan struct{})
	b.d.mu.Lock()
	go func() {
		defer close(set)
		theirs.OnMessage(func(m DataChannelMessage) { got = append(got, string(m.Data)) })
	}()
	eventually(t, func() bool {
		theirs.mu.Lock()
		defer theirs.mu.Unlock()
		return theirs.handlers.message != nil
	}, "the handler")
	next := DataChannelMessage{IsString: true, Data: []byte("three")}
	b.queue.Consumed(-messageCost(next))
	theirs.deliver(next)
	b.d.mu.Unlock()
	<-set
	b.d.wait()
	assert.Equal(t, []string{"one", "two", "three"}, got)
}

// Each message goes to the handler that is set when its turn comes, and to a view only
// where there is none.
func TestEarlyMessagesGoToThePresentHandler(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	for _, text := range []string{"one", "two", "three"} {
		require.NoError(t, ours.SendText(text))
	}
	keptEarly(t, theirs, 3)
	got := make(chan string, 3)
	second := func(m DataChannelMessage) {
		got <- "second " + string(m.Data)
		theirs.OnMessage(nil)
	}
	theirs.OnMessage(func(m DataChannelMessage) {
		got <- "first " + string(m.Data)
		theirs.OnMessage(second)
	})
	assert.Equal(t, "first one", receive(t, got, "message"))
	assert.Equal(t, "second two", receive(t, got, "message"))

	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	eventually(t, func() bool {
		theirs.mu.Lock()
		defer theirs.mu.Unlock()
		return theirs.handlers.message == nil
	}, "no handler")
	m, err := theirs.NetConn().ReadMessage(ctx)
	require.NoError(t, err)
	assert.Equal(t, "three", string(m.Data))
}
