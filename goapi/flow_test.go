// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFlow(t *testing.T) {
	start := time.Now()
	for name, c := range map[string]struct {
		bytes int
		after time.Duration
		sent  bool
		fast  bool
	}{
		"pours":                {bytes: flowBytes, after: flowWindow, fast: true},
		"too little":           {bytes: flowBytes - 1, after: flowWindow},
		"enough, but too slow": {bytes: flowBytes, after: 2 * flowWindow},
		"an answer goes out":   {bytes: flowBytes, after: flowWindow, sent: true},
		"too early to say":     {bytes: flowBytes, after: flowWindow - 1},
	} {
		t.Run(name, func(t *testing.T) {
			var f flow
			f.look(start)
			f.bytes = c.bytes
			if c.sent {
				f.send()
			}
			f.look(start.Add(c.after))
			assert.Equal(t, c.fast, f.fast())
		})
	}

	var f flow
	f.look(start)
	f.bytes = flowBytes
	f.look(start.Add(flowWindow))
	require.True(t, f.fast())
	f.send()
	assert.False(t, f.fast(), "the first message sent ends it at once")
}

// Messages that pour in are looked for by the clock: none may be left behind when
// they cease to.
func TestDataChannelPours(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	const bursts, perBurst, size = 8, 1000, 16 << 10
	burst := make(chan struct{}, bursts)
	var next uint64
	theirs.OnMessage(func(m DataChannelMessage) {
		if got := binary.BigEndian.Uint64(m.Data); got != next {
			t.Errorf("message %d instead of %d", got, next)
		}
		next++
		if next%perBurst == 0 {
			burst <- struct{}{}
		}
	})
	low := make(chan struct{}, 1)
	ours.SetBufferedAmountLowThreshold(256 << 10)
	ours.OnBufferedAmountLow(func() {
		select {
		case low <- struct{}{}:
		default:
		}
	})
	message := make([]byte, size)
	for i := range uint64(bursts) {
		for j := range uint64(perBurst) {
			binary.BigEndian.PutUint64(message, i*perBurst+j)
			require.NoError(t, ours.Send(message))
			for ours.BufferedAmount() > 1<<20 {
				receive(t, low, "bufferedamountlow")
			}
		}
		receive(t, burst, "end of a burst")
	}
}

// A handler that does not return holds up the other handlers, but no operation.
func TestOperationsEndWhileAHandlerIsBusy(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	entered, leave := make(chan struct{}, 1), make(chan struct{})
	theirs.OnMessage(func(DataChannelMessage) {
		entered <- struct{}{}
		<-leave
	})
	require.NoError(t, ours.SendText("stay"))
	receive(t, entered, "message")
	for range 3 {
		_, err := b.CreateOffer(nil)
		require.NoError(t, err)
	}
	close(leave)
	got := make(chan string, 1)
	theirs.OnMessage(func(m DataChannelMessage) { got <- string(m.Data) })
	require.NoError(t, ours.SendText("after"))
	assert.Equal(t, "after", receive(t, got, "message"))
	_, err := b.CreateOffer(nil)
	require.NoError(t, err)
}
