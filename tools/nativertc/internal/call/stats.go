// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"strings"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// value returns what p points to, or zero.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// readSent fills in what the caller's statistics tell.
func (r *Result) readSent(report *webrtc.StatsReport) {
	for _, s := range webrtc.StatsOf[*webrtc.OutboundRTPStreamStats](report) {
		bitrate := 0.0
		if r.Seconds > 0 {
			bitrate = float64(value(s.BytesSent)) * 8 / r.Seconds
		}
		codec := codecOf(report, s.CodecID)
		switch {
		case s.Kind == "video":
			r.Video.Codec, r.Video.Bitrate = codec, bitrate
			r.Video.Encoder = value(s.EncoderImplementation)
			r.Video.FramesEncoded = uint64(value(s.FramesEncoded))
			r.Video.KeyFrames = uint64(value(s.KeyFramesEncoded))
			if l := s.QualityLimitationReason.String(); l != "none" && l != "unknown" {
				r.Video.Limitation = l
			}
		case s.Kind == "audio" && r.Audio != nil:
			r.Audio.Codec, r.Audio.Bitrate = codec, bitrate
		}
	}
	for _, t := range webrtc.StatsOf[*webrtc.TransportStats](report) {
		r.Connection.DTLSCipher = value(t.DTLSCipher)
		r.Connection.SRTPCipher = value(t.SRTPCipher)
		selected, _ := report.Get(value(t.SelectedCandidatePairID))
		pair, ok := selected.(*webrtc.ICECandidatePairStats)
		if !ok {
			continue
		}
		r.Connection.RoundTripMS = value(pair.CurrentRoundTripTime) * 1000
		r.Connection.AvailableRate = value(pair.AvailableOutgoingBitrate)
		if c, ok := candidateOf(report, pair.LocalCandidateID); ok {
			r.Connection.LocalType = c.CandidateType.String()
			r.Connection.Protocol = strings.ToUpper(value(c.Protocol))
		}
		if c, ok := candidateOf(report, pair.RemoteCandidateID); ok {
			r.Connection.RemoteType = c.CandidateType.String()
		}
	}
}

// readReceived fills in what the callee's statistics tell.
func (r *Result) readReceived(report *webrtc.StatsReport) {
	for _, s := range webrtc.StatsOf[*webrtc.InboundRTPStreamStats](report) {
		switch {
		case s.Kind == "video":
			r.Video.Decoder = value(s.DecoderImplementation)
			r.Video.Freezes = uint64(value(s.FreezeCount))
		case s.Kind == "audio" && r.Audio != nil && r.Audio.Rate > 0:
			r.Audio.Concealed = float64(value(s.ConcealedSamples)) / float64(r.Audio.Rate)
		}
	}
}

func codecOf(report *webrtc.StatsReport, id *string) string {
	s, _ := report.Get(value(id))
	if c, ok := s.(*webrtc.CodecStats); ok {
		return CodecName(c.MimeType)
	}
	return ""
}

func candidateOf(report *webrtc.StatsReport, id string) (*webrtc.ICECandidateStats, bool) {
	s, _ := report.Get(id)
	c, ok := s.(*webrtc.ICECandidateStats)
	return c, ok
}
