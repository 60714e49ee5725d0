// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
)

// StatsReport is what GetStats reports: statistics by id, in a fixed order. It
// does not change after and may be read from any goroutine. A nil report is
// empty.
//
// https://www.w3.org/TR/webrtc/#rtcstatsreport-object
type StatsReport struct {
	raw     json.RawMessage
	ordered []Stats
	byID    map[string]Stats
}

// Len returns the number of objects.
//
// https://www.w3.org/TR/webrtc/#rtcstatsreport-object
func (r *StatsReport) Len() int { return len(r.objects()) }

// Get returns the object of an id.
//
// https://www.w3.org/TR/webrtc/#rtcstatsreport-object
func (r *StatsReport) Get(id string) (Stats, bool) {
	if r == nil {
		return nil, false
	}
	s, ok := r.byID[id]
	return s, ok
}

// IDs returns the ids in the order of the report.
//
// https://www.w3.org/TR/webrtc/#rtcstatsreport-object
func (r *StatsReport) IDs() []string {
	ids := make([]string, 0, r.Len())
	for s := range r.All() {
		ids = append(ids, s.Base().ID)
	}
	return ids
}

// All returns the objects in the order of the report.
//
// https://www.w3.org/TR/webrtc/#rtcstatsreport-object
func (r *StatsReport) All() iter.Seq[Stats] { return slices.Values(r.objects()) }

// StatsOf returns the objects of one type, in the order of the report:
//
//	for _, in := range webrtc.StatsOf[*webrtc.InboundRTPStreamStats](report) { … }
func StatsOf[T Stats](r *StatsReport) []T {
	var found []T
	for s := range r.All() {
		if one, ok := s.(T); ok {
			found = append(found, one)
		}
	}
	return found
}

// Raw returns the report as libwebrtc wrote it: a JSON array of objects whose
// timestamp, alone, is in microseconds. The caller owns it.
func (r *StatsReport) Raw() json.RawMessage {
	if r == nil {
		return nil
	}
	return slices.Clone(r.raw)
}

// MarshalJSON implements json.Marshaler: an object with the statistics by id, as
// a page gets by Object.fromEntries(report).
func (r *StatsReport) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, s := range r.objects() {
		if i > 0 {
			b.WriteByte(',')
		}
		id, err := json.Marshal(s.Base().ID)
		if err != nil {
			return nil, err
		}
		object, err := marshalStats(s)
		if err != nil {
			return nil, err
		}
		b.Write(id)
		b.WriteByte(':')
		b.Write(object)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (r *StatsReport) objects() []Stats {
	if r == nil {
		return nil
	}
	return r.ordered
}

// marshalStats writes the fields of s and its extra members as one object.
func marshalStats(s Stats) ([]byte, error) {
	fields, err := json.Marshal(s)
	if err != nil || len(s.Base().Extra) == 0 {
		return fields, err
	}
	extra, err := json.Marshal(s.Base().Extra)
	if err != nil {
		return nil, err
	}
	return append(append(fields[:len(fields)-1], ','), extra[1:]...), nil
}
