// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// newStatsOf holds, for each type, what makes an empty object for it. The kind is
// the member of that name.
var newStatsOf = map[StatsType]func(kind string) Stats{
	StatsTypeCodec:             newStats[CodecStats],
	StatsTypeInboundRTP:        newStats[InboundRTPStreamStats],
	StatsTypeOutboundRTP:       newStats[OutboundRTPStreamStats],
	StatsTypeRemoteInboundRTP:  newStats[RemoteInboundRTPStreamStats],
	StatsTypeRemoteOutboundRTP: newStats[RemoteOutboundRTPStreamStats],
	StatsTypeMediaSource:       newMediaSourceStats,
	StatsTypeMediaPlayout:      newStats[AudioPlayoutStats],
	StatsTypePeerConnection:    newStats[PeerConnectionStats],
	StatsTypeDataChannel:       newStats[DataChannelStats],
	StatsTypeTransport:         newStats[TransportStats],
	StatsTypeCandidatePair:     newStats[ICECandidatePairStats],
	StatsTypeLocalCandidate:    newStats[ICECandidateStats],
	StatsTypeRemoteCandidate:   newStats[ICECandidateStats],
	StatsTypeCertificate:       newStats[CertificateStats],
}

func newStats[T any, P interface {
	*T
	Stats
}](string) Stats {
	return P(new(T))
}

func newMediaSourceStats(kind string) Stats {
	switch kind {
	case "audio":
		return new(AudioSourceStats)
	case "video":
		return new(VideoSourceStats)
	}
	return new(MediaSourceStats)
}

// parseStatsReport reads a JSON array of objects as RTCStatsReport::ToJson writes
// it. A member that cannot be read into its field goes to Extra; only text that
// is not such an array, or an object without id or type, is an error.
func parseStatsReport(text []byte) (*StatsReport, error) {
	text = slices.Clone(text)
	if !json.Valid(text) {
		text = withoutNonFinite(text)
	}
	var objects []map[string]json.RawMessage
	if err := json.Unmarshal(text, &objects); err != nil {
		return nil, newError(operationError, "statistics", err)
	}
	report := &StatsReport{raw: text, byID: make(map[string]Stats, len(objects))}
	for _, members := range objects {
		s, err := parseStats(members)
		if err != nil {
			return nil, newError(operationError, "statistics", err)
		}
		id := s.Base().ID
		if _, twice := report.byID[id]; twice {
			return nil, newError(operationError, "statistics with the id "+strconv.Quote(id)+" twice", nil)
		}
		report.byID[id] = s
		report.ordered = append(report.ordered, s)
	}
	return report, nil
}

// parseStats reads one object.
func parseStats(members map[string]json.RawMessage) (Stats, error) {
	var head struct {
		id, kind  string
		typ       StatsType
		timestamp float64
	}
	errID := json.Unmarshal(members["id"], &head.id)
	errType := json.Unmarshal(members["type"], &head.typ)
	errTime := json.Unmarshal(members["timestamp"], &head.timestamp)
	if err := errors.Join(errID, errType, errTime); err != nil || head.id == "" || head.typ == "" {
		return nil, errors.Join(errors.New("object without id, type or timestamp"), err)
	}
	if json.Unmarshal(members["kind"], &head.kind) != nil {
		head.kind = "" // most types have none
	}
	build, ok := newStatsOf[head.typ]
	if !ok {
		build = newStats[UnknownStats]
	}
	s := build(head.kind)
	base := s.Base()
	fields := statsFields(s)
	for name, raw := range members {
		if string(raw) == "null" || name == "timestamp" {
			continue
		}
		field, ok := fields[name]
		if ok && setMember(field, raw) {
			continue
		}
		if base.Extra == nil {
			base.Extra = make(map[string]json.RawMessage)
		}
		base.Extra[name] = raw
	}
	base.Timestamp = StatsTimestamp(head.timestamp / 1000) // microseconds, as libwebrtc has it
	return s, nil
}

// statsFields returns the fields of s by the names of their JSON.
func statsFields(s Stats) map[string]reflect.Value {
	value := reflect.ValueOf(s).Elem()
	fields := make(map[string]reflect.Value)
	for _, field := range reflect.VisibleFields(value.Type()) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name != "" && name != "-" {
			fields[name] = value.FieldByIndex(field.Index)
		}
	}
	return fields
}

// setMember reads raw into the field and tells whether it fits. Where it does
// not, the field is left as it was.
func setMember(field reflect.Value, raw json.RawMessage) bool {
	kind := field.Type()
	if kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	if kind.Kind() >= reflect.Int && kind.Kind() <= reflect.Uint64 {
		raw = integerText(raw)
	}
	read := reflect.New(field.Type())
	if json.Unmarshal(raw, read.Interface()) != nil {
		return false
	}
	field.Set(read.Elem())
	return true
}

// integerText writes a whole number without exponent. libwebrtc prints 64-bit
// integers by way of a double: 9.115038255631187e+18.
func integerText(raw json.RawMessage) json.RawMessage {
	if bytes.HasPrefix(raw, []byte(`"`)) || !bytes.ContainsAny(raw, ".eE") {
		return raw
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || f != math.Trunc(f) {
		return raw
	}
	return strconv.AppendFloat(nil, f, 'f', 0, 64)
}

// withoutNonFinite puts null in place of the numbers that libwebrtc prints as nan,
// inf and their negatives, which JSON does not have.
func withoutNonFinite(text []byte) []byte {
	var b bytes.Buffer
	inString := false
	for i := 0; i < len(text); i++ {
		if !inString {
			if n := nonFiniteLength(text[i:]); n > 0 {
				b.WriteString("null")
				i += n - 1
				continue
			}
		}
		b.WriteByte(text[i])
		switch {
		case inString && text[i] == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case text[i] == '"':
			inString = !inString
		}
	}
	return b.Bytes()
}

func nonFiniteLength(text []byte) int {
	for _, word := range []string{"-nan", "nan", "-inf", "inf"} {
		if bytes.HasPrefix(text, []byte(word)) {
			return len(word)
		}
	}
	return 0
}
