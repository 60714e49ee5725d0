// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// RemoteInboundRTPStreamStats are those of a stream that this side sends, as
// the other side reports them by RTCP.
//
// https://www.w3.org/TR/webrtc-stats/#remoteinboundrtpstats-dict*
type RemoteInboundRTPStreamStats struct {
	ReceivedRTPStreamStats

	// LocalID is the id of the OutboundRTPStreamStats.
	LocalID *string `json:"localId,omitempty"`

	// RoundTripTime is the last round-trip time measured, in seconds.
	RoundTripTime *float64 `json:"roundTripTime,omitempty"`

	// TotalRoundTripTime is the sum of all round-trip times measured, in
	// seconds.
	TotalRoundTripTime *float64 `json:"totalRoundTripTime,omitempty"`

	// FractionLost is the part of the packets lost since the report before,
	// 0 to 1.
	FractionLost *float64 `json:"fractionLost,omitempty"`

	// RoundTripTimeMeasurements is the number of round-trip times measured.
	RoundTripTimeMeasurements *uint64 `json:"roundTripTimeMeasurements,omitempty"`

	// PacketsWithBleachedECT1Marking is the number of packets that left with
	// ECT(1) and arrived without.
	PacketsWithBleachedECT1Marking *uint64 `json:"packetsWithBleachedEct1Marking,omitempty"`
}

// RemoteOutboundRTPStreamStats are those of a stream that this side
// receives, as the other side reports them by RTCP.
//
// https://www.w3.org/TR/webrtc-stats/#remoteoutboundrtpstats-dict*
type RemoteOutboundRTPStreamStats struct {
	SentRTPStreamStats

	// LocalID is the id of the InboundRTPStreamStats.
	LocalID *string `json:"localId,omitempty"`

	// RemoteTimestamp is when the other side made the report, by its clock.
	RemoteTimestamp *StatsTimestamp `json:"remoteTimestamp,omitempty"`

	// ReportsSent is the number of sender reports.
	ReportsSent *uint64 `json:"reportsSent,omitempty"`

	// RoundTripTime is the last round-trip time measured, in seconds (RFC
	// 3611, section 4.7).
	RoundTripTime *float64 `json:"roundTripTime,omitempty"`

	// TotalRoundTripTime is the sum of all round-trip times measured, in
	// seconds.
	TotalRoundTripTime *float64 `json:"totalRoundTripTime,omitempty"`

	// RoundTripTimeMeasurements is the number of round-trip times measured.
	RoundTripTimeMeasurements *uint64 `json:"roundTripTimeMeasurements,omitempty"`
}
