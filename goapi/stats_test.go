// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// nativeStats is in the form of RTCStatsReport::ToJson.
const nativeStats = `[
{"type":"peer-connection","id":"P","timestamp":1700000000123456,"dataChannelsOpened":1},
{"type":"codec","id":"C","timestamp":1700000000123456,"transportId":"T","payloadType":96,"mimeType":"video/VP8","clockRate":90000},
{"type":"inbound-rtp","id":"I","timestamp":1700000000123456,"ssrc":4294967295,"kind":"video","packetsLost":-2,"jitter":0.5,
 "bytesReceived":1.25e+16,"framesDecoded":0,"lastPacketReceivedTimestamp":1700000000100.5,"mediaType":"video","frameWidth":-1},
{"type":"outbound-rtp","id":"O","timestamp":1700000000123456,"ssrc":1,"kind":"video","active":true,"bytesSent":18446744073709551615,
 "qualityLimitationReason":"cpu","qualityLimitationDurations":{"cpu":1.5,"none":0},"targetBitrate":nan},
{"type":"media-source","id":"SA","timestamp":1,"trackIdentifier":"a","kind":"audio","audioLevel":1},
{"type":"media-source","id":"SV","timestamp":1,"trackIdentifier":"v","kind":"video","width":1280},
{"type":"media-source","id":"S?","timestamp":1,"trackIdentifier":"?","kind":"smell"},
{"type":"data-channel","id":"D","timestamp":1,"label":"nan, \"inf\" \\","dataChannelIdentifier":-1,"state":"open"},
{"type":"candidate-pair","id":"CP","timestamp":1,"transportId":"T","state":"in-progress","priority":9.115038255631187e+18,
 "currentRoundTripTime":-inf,"totalRoundTripTime":1e-07},
{"type":"local-candidate","id":"LC","timestamp":1,"transportId":"T","candidateType":"srflx","protocol":"udp","port":9,"relayProtocol":"tls"},
{"type":"transport","id":"T","timestamp":1,"dtlsState":"connected","dtlsRole":"unknown","iceRole":"controlled","iceState":"bogus"},
{"type":"certificate","id":"F","timestamp":1,"fingerprint":"AA:BB","fingerprintAlgorithm":"sha-256","base64Certificate":"AA=="},
{"type":"stream","id":"X","timestamp":1,"trackIds":["a"]}
]`

func mustParseStats(t *testing.T, text string) *StatsReport {
	t.Helper()
	report, err := parseStatsReport([]byte(text))
	require.NoError(t, err)
	return report
}

func only[T Stats](t *testing.T, report *StatsReport, id string) T {
	t.Helper()
	s, ok := report.Get(id)
	require.True(t, ok, id)
	one, ok := s.(T)
	require.True(t, ok, "%s is a %T", id, s)
	return one
}

func TestStatsAreReadIntoTheirTypes(t *testing.T) {
	report := mustParseStats(t, nativeStats)
	inbound := only[*InboundRTPStreamStats](t, report, "I")
	assert.Equal(t, SSRC(4294967295), inbound.SSRC)
	assert.Equal(t, int64(-2), *inbound.PacketsLost)
	assert.InDelta(t, 0.5, *inbound.Jitter, 0)
	assert.Equal(t, uint64(12500000000000000), *inbound.BytesReceived, "an integer that was printed as a double")
	assert.Equal(t, uint32(0), *inbound.FramesDecoded)
	assert.Nil(t, inbound.FramesDropped, "absent is not zero")
	assert.Equal(t, StatsTimestamp(1700000000123.456), inbound.Timestamp)
	assert.Equal(t, time.UnixMicro(1700000000123456), inbound.Timestamp.Time())
	assert.Equal(t, time.UnixMicro(1700000000100500), inbound.LastPacketReceivedTimestamp.Time())

	outbound := only[*OutboundRTPStreamStats](t, report, "O")
	assert.True(t, *outbound.Active)
	assert.Equal(t, uint64(18446744073709551615), *outbound.BytesSent)
	assert.Equal(t, QualityLimitationReasonCPU, outbound.QualityLimitationReason)
	assert.Equal(t, map[string]float64{"cpu": 1.5, "none": 0}, outbound.QualityLimitationDurations)
	assert.Nil(t, outbound.TargetBitrate, "not a number is absent")

	assert.InDelta(t, 1, *only[*AudioSourceStats](t, report, "SA").AudioLevel, 0)
	assert.Equal(t, uint32(1280), *only[*VideoSourceStats](t, report, "SV").Width)
	assert.Equal(t, "smell", only[*MediaSourceStats](t, report, "S?").Kind)
	assert.Equal(t, PayloadType(96), only[*CodecStats](t, report, "C").PayloadType)
	assert.Equal(t, "AA:BB", only[*CertificateStats](t, report, "F").Fingerprint)

	channel := only[*DataChannelStats](t, report, "D")
	assert.Equal(t, `nan, "inf" \`, *channel.Label)
	assert.Equal(t, DataChannelStateOpen, channel.State)
	pair := only[*ICECandidatePairStats](t, report, "CP")
	assert.Equal(t, StatsICECandidatePairStateInProgress, pair.State)
	assert.Nil(t, pair.CurrentRoundTripTime)
	candidate := only[*ICECandidateStats](t, report, "LC")
	assert.Equal(t, StatsTypeLocalCandidate, candidate.Type)
	assert.Equal(t, ICECandidateTypeSrflx, candidate.CandidateType)
	assert.Equal(t, ICEServerTransportProtocolTLS, candidate.RelayProtocol)
	transport := only[*TransportStats](t, report, "T")
	assert.Equal(t, DTLSTransportStateConnected, transport.DTLSState)
	assert.Equal(t, ICERoleControlled, transport.ICERole)
}

func TestStatsKeepWhatHasNoField(t *testing.T) {
	report := mustParseStats(t, nativeStats)
	inbound := only[*InboundRTPStreamStats](t, report, "I")
	assert.Equal(t, map[string]json.RawMessage{
		"mediaType":  json.RawMessage(`"video"`),
		"frameWidth": json.RawMessage(`-1`),
	}, inbound.Extra)
	assert.Nil(t, inbound.FrameWidth)
	assert.Equal(t, json.RawMessage(`-1`), only[*DataChannelStats](t, report, "D").Extra["dataChannelIdentifier"])
	assert.Equal(t, json.RawMessage(`"bogus"`), only[*TransportStats](t, report, "T").Extra["iceState"])
	unknown := only[*UnknownStats](t, report, "X")
	assert.Equal(t, StatsType("stream"), unknown.Type)
	assert.Equal(t, json.RawMessage(`["a"]`), unknown.Extra["trackIds"])
}

func TestStatsReportOrderAndSelection(t *testing.T) {
	report := mustParseStats(t, nativeStats)
	assert.Equal(t, []string{"P", "C", "I", "O", "SA", "SV", "S?", "D", "CP", "LC", "T", "F", "X"}, report.IDs())
	assert.Equal(t, 13, report.Len())
	assert.Len(t, StatsOf[*InboundRTPStreamStats](report), 1)
	assert.Empty(t, StatsOf[*AudioPlayoutStats](report))
	assert.Len(t, StatsOf[Stats](report), 13)
	for s := range report.All() {
		assert.Equal(t, "P", s.Base().ID)
		break
	}
	_, ok := report.Get("no such id")
	assert.False(t, ok)
	assert.True(t, json.Valid(report.Raw()))
	report.Raw()[0] = 'x'
	assert.True(t, json.Valid(report.Raw()), "the caller's copy is its own")
}

func TestStatsReportJSON(t *testing.T) {
	report := mustParseStats(t, `[
		{"type":"data-channel","id":"D","timestamp":1700000000123456,"label":"<chat>","state":"open","bytesSent":7,"more":{"a":1}},
		{"type":"transport","id":"T","timestamp":1000,"dtlsState":"new"}]`)
	text, err := json.Marshal(report)
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"D": {"id":"D","type":"data-channel","timestamp":1700000000123.456,"label":"<chat>","state":"open","bytesSent":7,"more":{"a":1}},
		"T": {"id":"T","type":"transport","timestamp":1,"dtlsState":"new","dtlsRole":"unknown"}}`, string(text))
}

func TestStatsReportNilAndEmpty(t *testing.T) {
	for _, report := range []*StatsReport{nil, {}, mustParseStats(t, `[]`)} {
		assert.Zero(t, report.Len())
		assert.Empty(t, report.IDs())
		_, ok := report.Get("P")
		assert.False(t, ok)
		text, err := report.MarshalJSON()
		require.NoError(t, err)
		assert.Equal(t, `{}`, string(text))
	}
	assert.Nil(t, (*StatsReport)(nil).Raw())
}

func TestParseStatsReportRefuses(t *testing.T) {
	for _, text := range []string{
		``, `{}`, `[1]`, `[{}]`, `[{"type":"codec","id":"C"}]`, `[{"type":"codec","timestamp":1}]`, `[{"id":"C","timestamp":1}]`,
		`[{"type":"codec","id":"C","timestamp":"now"}]`, `[null]`,
		`[{"type":"a","id":"C","timestamp":1},{"type":"b","id":"C","timestamp":1}]`,
		`[{"type":"a","id":"C","timestamp":1,"label":"unescaped " quote"}]`,
	} {
		_, err := parseStatsReport([]byte(text))
		var operation *OperationError
		assert.ErrorAs(t, err, &operation, text)
	}
}

// TestEveryStatsFieldIsRead fills every field of every type through JSON and
// looks for one that stayed empty.
func TestEveryStatsFieldIsRead(t *testing.T) {
	for typ, build := range newStatsOf {
		for _, kind := range []string{"audio", "video", "neither"} {
			members := map[string]any{}
			for name, field := range statsFields(build(kind)) {
				members[name] = sampleMember(field.Type())
			}
			members["id"], members["type"], members["kind"] = "id", typ, kind
			text, err := json.Marshal([]any{members})
			require.NoError(t, err)
			s, ok := mustParseStats(t, string(text)).Get("id")
			require.True(t, ok)
			for name, field := range statsFields(s) {
				assert.False(t, field.IsZero(), "%s of %s", name, typ)
			}
			for name := range s.Base().Extra {
				assert.Equal(t, "kind", name, "%s has a member without a field", typ)
			}
		}
	}
}

// sampleMember makes a value, not zero, that a field of the type can be read from.
func sampleMember(field reflect.Type) any {
	if field.Kind() == reflect.Pointer {
		field = field.Elem()
	}
	value := reflect.New(field).Elem()
	switch field.Kind() {
	case reflect.Map:
		return map[string]float64{"key": 1}
	case reflect.String:
		return "text"
	case reflect.Bool:
		return true
	case reflect.Int, reflect.Int32, reflect.Int64:
		value.SetInt(1)
	case reflect.Float64:
		value.SetFloat(1)
	default:
		value.SetUint(1)
	}
	return value.Interface()
}

func FuzzParseStatsReport(f *testing.F) {
	f.Add([]byte(nativeStats))
	f.Add([]byte(`[{"type":"codec","id":"C","timestamp":1}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		report, err := parseStatsReport(text)
		if err != nil {
			return
		}
		_, err = json.Marshal(report)
		require.NoError(t, err, "what was read can be written")
	})
}

func TestGetStatsOfATrack(t *testing.T) {
	api := loopbackAPI()
	pc, err := api.NewPeerConnection(Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = pc.Close() })
	source, err := api.NewAudioSource(AudioSourceInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = source.Close() })
	track, err := source.NewTrack("", "")
	require.NoError(t, err)

	var access *InvalidAccessError
	_, err = pc.GetStatsOf(track)
	require.ErrorAs(t, err, &access, "a track of nobody's")
	sender, err := pc.AddTrack(track)
	require.NoError(t, err)
	report, err := pc.GetStatsOf(track)
	require.NoError(t, err)
	for s := range report.All() {
		require.NotEqual(t, StatsTypePeerConnection, s.Base().Type, "only what concerns the sender")
	}
	_, err = pc.GetStatsOf(pc.GetReceivers()[0].Track())
	require.NoError(t, err)

	_, err = pc.AddTransceiverFromTrack(sender.Track())
	require.NoError(t, err)
	_, err = pc.GetStatsOf(track)
	require.ErrorAs(t, err, &access, "a track of two senders")
	var typeErr *TypeError
	_, err = pc.GetStatsOf(nil)
	require.ErrorAs(t, err, &typeErr)
}

// TestStatisticsCountWhatUnmuted: what a handler was told of is in the statistics that it asks
// for.
func TestStatisticsCountWhatUnmuted(t *testing.T) {
	for range 5 {
		api, a, b := rtpPair(t)
		track, source := audioSourceTrack(t, api)
		_, err := a.AddTrack(track)
		require.NoError(t, err)
		reports := make(chan *StatsReport, 1)
		b.OnTrack(func(track *TrackRemote, receiver *RTPReceiver) {
			track.OnUnmute(func() {
				report, err := receiver.GetStats()
				assert.NoError(t, err)
				reports <- report
			})
		})
		negotiate(t, a, b)
		sendTone(t, source)
		report := receive(t, reports, "unmute")
		var received uint64
		for _, inbound := range StatsOf[*InboundRTPStreamStats](report) {
			if inbound.PacketsReceived != nil {
				received += *inbound.PacketsReceived
			}
		}
		assert.Positive(t, received)
	}
}
