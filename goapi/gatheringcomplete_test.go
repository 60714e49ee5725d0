// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGatheringCompletePromise(t *testing.T) {
	pc, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	_, err = pc.CreateDataChannel("", nil)
	require.NoError(t, err)
	first, second := GatheringCompletePromise(pc), GatheringCompletePromise(pc)
	select {
	case <-first:
		require.Fail(t, "nothing is gathered yet")
	default:
	}
	require.NoError(t, pc.SetLocalDescription(SessionDescription{}))
	receiveClosed(t, first)
	receiveClosed(t, second)
	assert.Equal(t, ICEGatheringStateComplete, pc.ICEGatheringState())
	assert.Contains(t, pc.LocalDescription().SDP, "a=candidate:")
	receiveClosed(t, GatheringCompletePromise(pc))

	closed, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	never := GatheringCompletePromise(closed)
	require.NoError(t, closed.Close())
	receiveClosed(t, never)
	receiveClosed(t, GatheringCompletePromise(closed))
}
