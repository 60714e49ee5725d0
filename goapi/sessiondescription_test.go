// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSessionDescriptionJSONIsTheBrowsers(t *testing.T) {
	const page = `{"type":"offer","sdp":"v=0\r\n"}` // JSON.stringify(pc.localDescription)
	var description SessionDescription
	require.NoError(t, json.Unmarshal([]byte(page), &description))
	assert.Equal(t, SessionDescription{Type: SDPTypeOffer, SDP: "v=0\r\n"}, description)
	text, err := json.Marshal(description)
	require.NoError(t, err)
	assert.Equal(t, page, string(text))
}

func TestSessionDescriptionJSONRefusesOtherTypes(t *testing.T) {
	var description SessionDescription
	require.ErrorIs(t, json.Unmarshal([]byte(`{"type":"bogus","sdp":""}`), &description), ErrUnknownType)
	_, err := json.Marshal(SessionDescription{})
	require.ErrorIs(t, err, ErrUnknownType)
}
