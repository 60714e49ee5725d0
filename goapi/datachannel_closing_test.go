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
