// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/json"
	"errors"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// GetStats returns a snapshot of the connection's statistics. That of a closed
// connection is empty.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-getstats
func (pc *PeerConnection) GetStats() (*StatsReport, error) {
	return pc.getStats("", nil)
}

// GetStatsOf returns the statistics of the one sender or receiver of a track, and of
// what they refer to: the W3C's getStats with a selector. It is an
// InvalidAccessError for a track that none has, or more than one.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-getstats
func (pc *PeerConnection) GetStatsOf(track TrackLocal) (*StatsReport, error) {
	if isNilTrack(track) {
		return nil, errNilTrack()
	}
	var selected []func() (*StatsReport, error)
	for _, t := range pc.GetTransceivers() {
		if t.Sender().Track() == track {
			selected = append(selected, t.Sender().GetStats)
		}
		if TrackLocal(t.Receiver().Track()) == track {
			selected = append(selected, t.Receiver().GetStats)
		}
	}
	if len(selected) != 1 {
		return nil, newError(invalidAccessError, "not exactly one sender or receiver has the track", nil)
	}
	return selected[0]()
}

// getStats selects what concerns a sender or receiver, given as selector and its
// reference.
func (pc *PeerConnection) getStats(selector string, ref *cgo.Ref) (*StatsReport, error) {
	var in cgo.Writer
	in.Str(selector)
	if ref != nil {
		p := ref.Acquire()
		if p == nil {
			return &StatsReport{raw: json.RawMessage("[]")}, nil
		}
		defer ref.Release()
		in.Ref(p)
	}
	r, err := pc.operate(func(p unsafe.Pointer, op uint64) { cgo.PeerConnectionGetStats(p, op, &in) })
	if errors.Is(err, ErrConnectionClosed) {
		return &StatsReport{raw: json.RawMessage("[]")}, nil
	}
	if err != nil {
		return nil, nativeError(err)
	}
	return parseStatsReport(r.Bytes())
}
