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

func TestICECandidateInitJSONIsTheBrowsers(t *testing.T) {
	for _, page := range []string{
		`{"candidate":"candidate:1 1 udp 2 192.0.2.1 3 typ host","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"abcd"}`,
		`{"candidate":"","sdpMid":null,"sdpMLineIndex":null,"usernameFragment":null}`,
	} {
		var init ICECandidateInit
		require.NoError(t, json.Unmarshal([]byte(page), &init))
		text, err := json.Marshal(init)
		require.NoError(t, err)
		assert.Equal(t, page, string(text))
	}
}

func TestICECandidateInitNamesItsMediaSection(t *testing.T) {
	mid, index := "0", uint16(0)
	require.NoError(t, ICECandidateInit{}.validate(), "the end of all candidates")
	require.NoError(t, ICECandidateInit{Candidate: "c", SDPMid: &mid}.validate())
	require.NoError(t, ICECandidateInit{Candidate: "c", SDPMLineIndex: &index}.validate())
	var typed *TypeError
	require.ErrorAs(t, ICECandidateInit{Candidate: "c"}.validate(), &typed)
}
