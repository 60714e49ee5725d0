// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestHandlerThatEndsItsGoroutine ends goroutines as a failing test in a handler
// does: the handlers after it run, in order, and the connection can be closed.
func TestHandlerThatEndsItsGoroutine(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	got := make(chan string, 4)
	theirs.OnMessage(func(m DataChannelMessage) {
		got <- string(m.Data)
		runtime.Goexit()
	})
	texts := []string{"one", "two", "three", "four"}
	for _, text := range texts {
		require.NoError(t, ours.SendText(text))
	}
	for _, text := range texts {
		require.Equal(t, text, receive(t, got, "message"))
	}
	require.NoError(t, b.GracefulClose())
}
