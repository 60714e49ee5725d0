// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// RTPStreamStats are what all RTP streams have in common.
//
// https://www.w3.org/TR/webrtc-stats/#streamstats-dict*
type RTPStreamStats struct {
	StatsBase

	// SSRC names the stream.
	SSRC SSRC `json:"ssrc"`

	// Kind is "audio" or "video".
	Kind string `json:"kind"`

	// TransportID is the id of the TransportStats.
	TransportID *string `json:"transportId,omitempty"`

	// CodecID is the id of the CodecStats.
	CodecID *string `json:"codecId,omitempty"`
}

// ReceivedRTPStreamStats are what streams have in common as their receiver
// sees them.
//
// https://www.w3.org/TR/webrtc-stats/#receivedrtpstats-dict*
type ReceivedRTPStreamStats struct {
	RTPStreamStats

	// PacketsReceived is the number of packets received, retransmissions
	// included.
	PacketsReceived *uint64 `json:"packetsReceived,omitempty"`

	// PacketsReceivedWithECT1 is the number of those marked ECT(1) (RFC
	// 9331).
	PacketsReceivedWithECT1 *uint64 `json:"packetsReceivedWithEct1,omitempty"`

	// PacketsReceivedWithCE is the number of those marked CE, congestion
	// experienced.
	PacketsReceivedWithCE *uint64 `json:"packetsReceivedWithCe,omitempty"`

	// PacketsReportedAsLost is the number of packets that a report of
	// congestion control feedback called lost (RFC 8888).
	PacketsReportedAsLost *uint64 `json:"packetsReportedAsLost,omitempty"`

	// PacketsReportedAsLostButRecovered is the number of those that a later
	// report called received.
	PacketsReportedAsLostButRecovered *uint64 `json:"packetsReportedAsLostButRecovered,omitempty"`

	// PacketsLost is the number of packets lost (RFC 3550, section 6.4.1);
	// duplicates can make it negative.
	PacketsLost *int64 `json:"packetsLost,omitempty"`

	// Jitter is the jitter between arrivals, in seconds (RFC 3550, section
	// 6.4.1).
	Jitter *float64 `json:"jitter,omitempty"`
}

// SentRTPStreamStats are what streams have in common as their sender sees
// them.
//
// https://www.w3.org/TR/webrtc-stats/#sentrtpstats-dict*
type SentRTPStreamStats struct {
	RTPStreamStats

	// PacketsSent is the number of packets sent, retransmissions included.
	PacketsSent *uint64 `json:"packetsSent,omitempty"`

	// BytesSent is the number of bytes of payload sent, without headers and
	// padding.
	BytesSent *uint64 `json:"bytesSent,omitempty"`
}
