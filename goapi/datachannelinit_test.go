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

func TestDataChannelInitValidate(t *testing.T) {
	longest, tooLong := strings.Repeat("x", 65535), strings.Repeat("x", 65536)
	yes, no, id, highest, reserved := true, false, uint16(0), uint16(65534), uint16(65535)

	var none *DataChannelInit
	require.NoError(t, none.validate(longest))
	require.NoError(t, (&DataChannelInit{}).validate(""))
	require.NoError(t, (&DataChannelInit{Protocol: &longest, Priority: PriorityTypeHigh}).validate(""))
	require.NoError(t, (&DataChannelInit{Negotiated: &yes, ID: &highest, MaxRetransmits: &id}).validate(""))
	require.NoError(t, (&DataChannelInit{Negotiated: &no, ID: &reserved}).validate(""), "an id that is not used")
	assert.ErrorIs(t, none.validate(tooLong), ErrStringSizeLimit)

	for want, init := range map[error]*DataChannelInit{
		ErrProtocolTooLarge:            {Protocol: &tooLong},
		ErrNegotiatedWithoutID:         {Negotiated: &yes},
		ErrRetransmitsOrPacketLifeTime: {MaxRetransmits: &id, MaxPacketLifeTime: &id},
		ErrMaxDataChannelID:            {Negotiated: &yes, ID: &reserved},
		ErrUnknownType:                 {Priority: 9},
	} {
		err := init.validate("label")
		requireName(t, "TypeError", err)
		assert.ErrorIs(t, err, want)
	}
}
