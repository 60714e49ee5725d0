// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"fmt"
	"net"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What came before a view was made counts against the receive limit as long as the
// view has it, and is given back once.
func TestDataChannelConnCountsWhatCameBefore(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	require.NoError(t, ours.SendText("before the view"))
	keptEarly(t, theirs, 1)
	view := theirs.NetConn()
	read := func() string {
		m, err := view.ReadMessage(context.Background())
		require.NoError(t, err)
		return string(m.Data)
	}
	require.Equal(t, "before the view", read())
	for _, text := range []string{"after", "again"} {
		require.NoError(t, ours.SendText(text))
		require.Equal(t, text, read())
	}
}

// Writes wait by marks of their own: a threshold of the application's, here one that
// the amount never reaches from above, neither holds them up nor is changed.
func TestDataChannelConnWritesWhateverTheThreshold(t *testing.T) {
	for _, threshold := range []uint64{0, 2 << 20, 1 << 30} {
		t.Run(fmt.Sprint(threshold), func(t *testing.T) {
			a, b := newPair(t)
			ours, theirs := channelPair(t, a, b, nil)
			ours.SetBufferedAmountLowThreshold(threshold)
			const size = 8 << 20
			done := make(chan struct{})
			left := size
			theirs.OnMessage(func(m DataChannelMessage) {
				if left -= len(m.Data); left == 0 {
					close(done)
				}
			})
			view := ours.NetConn()
			require.NoError(t, view.SetWriteDeadline(time.Now().Add(3*patience)))
			n, err := view.Write(make([]byte, size))
			require.NoError(t, err)
			require.Equal(t, size, n)
			receiveClosed(t, done)
			require.Equal(t, threshold, ours.BufferedAmountLowThreshold())
		})
	}
}

// After its deadline an operation fails, whatever there is to read and however much room
// there is to write; after Close there is nothing left to read.
func TestDataChannelConnPastDeadline(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	view := theirs.NetConn()
	for _, text := range []string{"", "first", "second"} {
		require.NoError(t, ours.SendText(text))
	}
	read := func(size int) (string, error) {
		p := make([]byte, size)
		n, err := view.Read(p)
		return string(p[:n]), err
	}
	text, err := read(2)
	require.NoError(t, err)
	require.Equal(t, "fi", text)
	eventually(t, func() bool {
		view.mu.Lock()
		defer view.mu.Unlock()
		return len(view.messages) == 1
	}, "the second message")

	require.NoError(t, view.SetDeadline(time.Unix(1, 0)))
	for range 2 {
		text, err = read(2)
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		require.Empty(t, text)
		_, err = view.ReadMessage(context.Background())
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		_, err = view.Write([]byte("x"))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	}
	require.NoError(t, view.SetDeadline(time.Time{}))
	for _, want := range []string{"rst", "second"} {
		text, err = read(10)
		require.NoError(t, err)
		require.Equal(t, want, text)
	}

	require.NoError(t, ours.SendText("third"))
	text, err = read(2)
	require.NoError(t, err)
	require.Equal(t, "th", text)
	require.NoError(t, view.Close())
	_, err = read(10)
	require.ErrorIs(t, err, net.ErrClosed)
}
