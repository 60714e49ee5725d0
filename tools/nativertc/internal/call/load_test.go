// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// deliver gives the receiver messages as the channel would.
func deliver(t *testing.T, r *loadReceiver, sent totals, messages ...[]byte) confirmation {
	t.Helper()
	for _, m := range messages {
		r.take(webrtc.DataChannelMessage{Data: m})
	}
	text, err := json.Marshal(sent)
	require.NoError(t, err)
	answer := r.take(webrtc.DataChannelMessage{Data: text, IsString: true})
	var got confirmation
	require.NoError(t, json.Unmarshal(answer, &got))
	require.True(t, got.Final)
	return got
}

// made returns n messages and their totals.
func made(n int) (messages [][]byte, sum totals) {
	p := newPayload(64)
	for range n {
		m := append([]byte(nil), p.message()...)
		messages = append(messages, m)
		sum.add(m)
	}
	return messages, sum
}

func TestLoadIsIntactWhenAllArrives(t *testing.T) {
	messages, sent := made(5)
	assert.NotEqual(t, messages[0][8:], messages[1][8:], "messages differ")
	r := &loadReceiver{}
	got := deliver(t, r, sent, messages...)
	assert.Equal(t, sent, got.totals)
	assert.True(t, r.result().Intact)
	assert.EqualValues(t, 320, r.result().Bytes)
}

func TestLoadIsNotIntactAfterLossChangeOrDisorder(t *testing.T) {
	for name, change := range map[string]func([][]byte) [][]byte{
		"loss":     func(m [][]byte) [][]byte { return m[:4] },
		"gap":      func(m [][]byte) [][]byte { return append(m[:2], m[3:]...) },
		"change":   func(m [][]byte) [][]byte { m[2][40] ^= 1; return m },
		"disorder": func(m [][]byte) [][]byte { m[1], m[2] = m[2], m[1]; return m },
		"repeat":   func(m [][]byte) [][]byte { return append(m, m[4]) },
		"short":    func(m [][]byte) [][]byte { m[4] = m[4][:3]; return m },
	} {
		t.Run(name, func(t *testing.T) {
			messages, sent := made(5)
			r := &loadReceiver{}
			deliver(t, r, sent, change(messages)...)
			assert.False(t, r.result().Intact)
		})
	}
	assert.False(t, (&loadReceiver{}).result().Intact, "nothing was announced")
}

func TestLoadIsConfirmedOnTheWay(t *testing.T) {
	p := newPayload(confirmEvery / 2)
	r := &loadReceiver{}
	assert.Nil(t, r.take(webrtc.DataChannelMessage{Data: p.message()}))
	var got confirmation
	require.NoError(t, json.Unmarshal(r.take(webrtc.DataChannelMessage{Data: p.message()}), &got))
	assert.EqualValues(t, confirmEvery, got.Bytes)
	assert.False(t, got.Final)
}
