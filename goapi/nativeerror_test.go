// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Of two media sections with one msid, no line is at fault.
func TestDuplicateMsidIsAnOperationError(t *testing.T) {
	_, a, b := rtpPair(t)
	_, err := a.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	at := strings.Index(offer.SDP, "m=video")
	offer.SDP += strings.Replace(offer.SDP[at:], "a=mid:", "a=mid:unique", 1)
	err = b.SetRemoteDescription(offer)
	if onDebian() {
		require.NoError(t, err) // libwebrtc has learnt to refuse them since
		return
	}
	require.Error(t, err)
	var detailed *RTCError
	assert.NotErrorAs(t, err, &detailed)
	requireError(t, operationError, err)
}
