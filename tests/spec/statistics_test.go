// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package spec

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// statsTypes are the Go types for the W3C's dictionaries.
var statsTypes = map[string]reflect.Type{
	"RTCRtpStreamStats":               reflect.TypeFor[webrtc.RTPStreamStats](),
	"RTCCodecStats":                   reflect.TypeFor[webrtc.CodecStats](),
	"RTCReceivedRtpStreamStats":       reflect.TypeFor[webrtc.ReceivedRTPStreamStats](),
	"RTCInboundRtpStreamStats":        reflect.TypeFor[webrtc.InboundRTPStreamStats](),
	"RTCRemoteInboundRtpStreamStats":  reflect.TypeFor[webrtc.RemoteInboundRTPStreamStats](),
	"RTCSentRtpStreamStats":           reflect.TypeFor[webrtc.SentRTPStreamStats](),
	"RTCOutboundRtpStreamStats":       reflect.TypeFor[webrtc.OutboundRTPStreamStats](),
	"RTCRemoteOutboundRtpStreamStats": reflect.TypeFor[webrtc.RemoteOutboundRTPStreamStats](),
	"RTCMediaSourceStats":             reflect.TypeFor[webrtc.MediaSourceStats](),
	"RTCAudioSourceStats":             reflect.TypeFor[webrtc.AudioSourceStats](),
	"RTCVideoSourceStats":             reflect.TypeFor[webrtc.VideoSourceStats](),
	"RTCAudioPlayoutStats":            reflect.TypeFor[webrtc.AudioPlayoutStats](),
	"RTCPeerConnectionStats":          reflect.TypeFor[webrtc.PeerConnectionStats](),
	"RTCDataChannelStats":             reflect.TypeFor[webrtc.DataChannelStats](),
	"RTCTransportStats":               reflect.TypeFor[webrtc.TransportStats](),
	"RTCIceCandidateStats":            reflect.TypeFor[webrtc.ICECandidateStats](),
	"RTCIceCandidatePairStats":        reflect.TypeFor[webrtc.ICECandidatePairStats](),
	"RTCCertificateStats":             reflect.TypeFor[webrtc.CertificateStats](),
}

// TestEveryMemberOfTheStatisticsHasAField reads statistics.tsv, which has every member of
// every dictionary.
func TestEveryMemberOfTheStatisticsHasAField(t *testing.T) {
	text, err := os.ReadFile("statistics.tsv")
	require.NoError(t, err)
	left := map[string]bool{}
	for name := range statsTypes {
		left[name] = true
	}
	rows := 0
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		rows++
		dictionary, member, ok := strings.Cut(strings.TrimSpace(line), "\t")
		require.True(t, ok, line)
		typ := statsTypes[dictionary]
		require.NotNil(t, typ, dictionary)
		delete(left, dictionary)
		assert.True(t, hasMember(typ, member), "%s has no field for %s", typ, line)
	}
	assert.Empty(t, left, "dictionaries without a row")
	assert.Equal(t, 205, rows)
	t.Logf("figure: %d members of the W3C's statistics have fields", rows)
}

func hasMember(typ reflect.Type, member string) bool {
	for _, f := range reflect.VisibleFields(typ) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name == member {
			return true
		}
	}
	return false
}
