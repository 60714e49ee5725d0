// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"testing"

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
