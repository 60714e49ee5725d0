// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/json"
	"math"
	"time"
)

// Stats is one object of a StatsReport: a pointer to CodecStats,
// InboundRTPStreamStats, OutboundRTPStreamStats, RemoteInboundRTPStreamStats,
// RemoteOutboundRTPStreamStats, AudioSourceStats, VideoSourceStats,
// AudioPlayoutStats, PeerConnectionStats, DataChannelStats, TransportStats,
// ICECandidateStats, ICECandidatePairStats or CertificateStats; to
// MediaSourceStats for a source of neither kind, or to UnknownStats for a type
// that this version does not know. Tell them apart by a type switch, or ask for
// one type with StatsOf.
//
// Members that the W3C requires are values. All others are pointers, or maps, and
// nil where libwebrtc did not report them: what is absent is not zero. Members
// of enumerations are the zero value where they are absent.
//
// Counters count from the beginning; divide the difference of two
// by the difference of their timestamps to get a rate.
//
// https://www.w3.org/TR/webrtc-stats/
type Stats interface {
	// Base returns what all types have in common.
	Base() *StatsBase
}

// StatsBase is what all types of statistics have in common.
//
// https://www.w3.org/TR/webrtc/#dom-rtcstats
type StatsBase struct {
	// ID names the object; it stays the same in later reports.
	ID string `json:"id"`

	// Type tells what the object is.
	Type StatsType `json:"type"`

	// Timestamp is when the statistics were taken, or, where they come from the
	// other side, when they arrived.
	Timestamp StatsTimestamp `json:"timestamp"`

	// Extra holds the members that the type has no field for, and those whose value
	// does not fit the field. Every member that the W3C's text of 2026 has, and every
	// one that m150 reports, has a field; debian has some more, long dropped.
	Extra map[string]json.RawMessage `json:"-"`
}

// Base implements Stats.
func (s *StatsBase) Base() *StatsBase { return s }

// UnknownStats are statistics of a type that this version does not know. All
// members are in Extra.
type UnknownStats struct {
	StatsBase
}

// StatsTimestamp is a time in milliseconds since 1970, as pages see it.
//
// https://www.w3.org/TR/hr-time/#dom-domhighrestimestamp
type StatsTimestamp float64

// Time returns the time, to the microsecond.
func (t StatsTimestamp) Time() time.Time {
	return time.UnixMicro(int64(math.Round(float64(t) * 1000)))
}

// StatsType tells what a Stats object is.
//
// https://www.w3.org/TR/webrtc-stats/#rtcstatstype-str*
type StatsType string

// The types of statistics, each with the Go type that holds them.
const (
	StatsTypeCodec             StatsType = "codec"               // CodecStats
	StatsTypeInboundRTP        StatsType = "inbound-rtp"         // InboundRTPStreamStats
	StatsTypeOutboundRTP       StatsType = "outbound-rtp"        // OutboundRTPStreamStats
	StatsTypeRemoteInboundRTP  StatsType = "remote-inbound-rtp"  // RemoteInboundRTPStreamStats
	StatsTypeRemoteOutboundRTP StatsType = "remote-outbound-rtp" // RemoteOutboundRTPStreamStats
	StatsTypeMediaSource       StatsType = "media-source"        // AudioSourceStats, VideoSourceStats
	StatsTypeMediaPlayout      StatsType = "media-playout"       // AudioPlayoutStats
	StatsTypePeerConnection    StatsType = "peer-connection"     // PeerConnectionStats
	StatsTypeDataChannel       StatsType = "data-channel"        // DataChannelStats
	StatsTypeTransport         StatsType = "transport"           // TransportStats
	StatsTypeCandidatePair     StatsType = "candidate-pair"      // ICECandidatePairStats
	StatsTypeLocalCandidate    StatsType = "local-candidate"     // ICECandidateStats
	StatsTypeRemoteCandidate   StatsType = "remote-candidate"    // ICECandidateStats
	StatsTypeCertificate       StatsType = "certificate"         // CertificateStats
)
