// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// obsoleteStats are the members that libwebrtc's revision of 2023 still reports, and the
// W3C and libwebrtc itself have dropped since.
var obsoleteStats = map[StatsType][]string{
	StatsTypeInboundRTP:  {"mediaType", "trackId"},
	StatsTypeOutboundRTP: {"mediaType", "trackId"},
}

// obsoleteTypes are the types of which the same is true.
var obsoleteTypes = []StatsType{"track", "stream"}

// TestEveryMemberOfACallsStatisticsHasAField fails for what libwebrtc reports of a call
// with sound, pictures and data, and no field has. tests/spec asks the same of the W3C's
// members.
func TestEveryMemberOfACallsStatisticsHasAField(t *testing.T) {
	api, a, b := rtpPair(t)
	track, camera := videoSourceTrack(t, api)
	voice, microphone := audioSourceTrack(t, api)
	for _, track := range []*MediaStreamTrack{track, voice} {
		_, err := a.AddTrack(track)
		require.NoError(t, err)
	}
	near, far := channelPair(t, a, b, nil)
	sendPictures(t, camera, 640, 480)
	sendTone(t, microphone)
	negotiate(t, a, b)
	arrived := make(chan string, 1)
	far.OnMessage(func(m DataChannelMessage) { arrived <- string(m.Data) })
	require.NoError(t, near.SendText("x"))
	receive(t, arrived, "a message")

	seen := map[StatsType]bool{}
	members := map[string]bool{}
	eventually(t, func() bool {
		for _, pc := range []*PeerConnection{a, b} {
			report, err := pc.GetStats()
			require.NoError(t, err)
			var raw []map[string]json.RawMessage
			require.NoError(t, json.Unmarshal(report.Raw(), &raw))
			for _, object := range raw {
				var typ StatsType
				require.NoError(t, json.Unmarshal(object["type"], &typ))
				seen[typ] = true
				for name := range object {
					members[string(typ)+"."+name] = true
				}
			}
			for s := range report.All() {
				if _, unknown := s.(*UnknownStats); unknown {
					assert.True(t, onDebian() && slices.Contains(obsoleteTypes, s.Base().Type), "%s has no type", s.Base().Type)
					continue
				}
				for name, value := range s.Base().Extra {
					assert.True(t, onDebian() && slices.Contains(obsoleteStats[s.Base().Type], name), "%s of %s has no field: %s", name, s.Base().Type, value)
				}
			}
		}
		return seen[StatsTypeRemoteInboundRTP] && seen[StatsTypeRemoteOutboundRTP] && members["inbound-rtp.googTimingFrameInfo"]
	}, "all types are seen")
	assert.Greater(t, len(members), 200)
}
