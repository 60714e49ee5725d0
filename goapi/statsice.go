// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICECandidateStats are those of a local or remote candidate; Type tells
// which.
//
// https://www.w3.org/TR/webrtc-stats/#icecandidate-dict*
type ICECandidateStats struct {
	StatsBase

	// TransportID is the id of the TransportStats.
	TransportID string `json:"transportId"`

	// Address is the address; empty for one that a name of multicast DNS hides.
	Address *string `json:"address,omitempty"`

	// Port is the port.
	Port *int32 `json:"port,omitempty"`

	// Protocol is the transport protocol, "udp" or "tcp".
	Protocol *string `json:"protocol,omitempty"`

	// CandidateType tells how the candidate was found.
	CandidateType ICECandidateType `json:"candidateType,omitempty"`

	// Priority orders the candidates.
	Priority *int32 `json:"priority,omitempty"`

	// URL is the server that a local candidate came from.
	URL *string `json:"url,omitempty"`

	// RelayProtocol is how this host reaches the server of a local relayed
	// candidate, or zero.
	RelayProtocol ICEServerTransportProtocol `json:"relayProtocol,omitempty"`

	// Foundation is equal for candidates of the same type, base and server.
	Foundation *string `json:"foundation,omitempty"`

	// RelatedAddress is the base of a reflexive candidate or the mapped
	// address of a relayed one.
	RelatedAddress *string `json:"relatedAddress,omitempty"`

	// RelatedPort is the port at RelatedAddress.
	RelatedPort *int32 `json:"relatedPort,omitempty"`

	// UsernameFragment names the generation of ICE.
	UsernameFragment *string `json:"usernameFragment,omitempty"`

	// TCPType is set for TCP candidates only.
	TCPType ICETCPType `json:"tcpType,omitempty"`

	// NetworkType is what kind of network a local candidate is on, such as "ethernet"
	// or "wifi"; it is of the W3C's provisional statistics.
	NetworkType *string `json:"networkType,omitempty"`

	// IsRemote tells what Type does; the W3C has dropped it, as IP.
	IsRemote *bool `json:"isRemote,omitempty"`

	// IP is Address by its former name.
	IP *string `json:"ip,omitempty"`

	// VPN tells whether a local candidate is on a virtual private network; it is
	// libwebrtc's own, as what follows.
	VPN *bool `json:"vpn,omitempty"`

	// NetworkAdapterType is the kind of network that VPN hides.
	NetworkAdapterType *string `json:"networkAdapterType,omitempty"`

	// NetworkSlice names the slice of a cellular network.
	NetworkSlice *string `json:"networkSlice,omitempty"`
}

// ICECandidatePairStats are those of a pair of candidates.
//
// https://www.w3.org/TR/webrtc-stats/#candidatepair-dict*
type ICECandidatePairStats struct {
	StatsBase

	// TransportID is the id of the TransportStats.
	TransportID string `json:"transportId"`

	// LocalCandidateID is the id of the local ICECandidateStats.
	LocalCandidateID string `json:"localCandidateId"`

	// RemoteCandidateID is the id of the remote ICECandidateStats.
	RemoteCandidateID string `json:"remoteCandidateId"`

	// State is the state of the checks.
	State StatsICECandidatePairState `json:"state,omitempty"`

	// Nominated tells whether the pair was nominated.
	Nominated *bool `json:"nominated,omitempty"`

	// PacketsSent is the number of packets sent.
	PacketsSent *uint64 `json:"packetsSent,omitempty"`

	// PacketsReceived is the number of packets received.
	PacketsReceived *uint64 `json:"packetsReceived,omitempty"`

	// BytesSent is the number of bytes of payload sent.
	BytesSent *uint64 `json:"bytesSent,omitempty"`

	// BytesReceived is the number of bytes of payload received.
	BytesReceived *uint64 `json:"bytesReceived,omitempty"`

	// LastPacketSentTimestamp is when the last packet was sent, checks left
	// out.
	LastPacketSentTimestamp *StatsTimestamp `json:"lastPacketSentTimestamp,omitempty"`

	// LastPacketReceivedTimestamp is when the last packet was received,
	// checks left out.
	LastPacketReceivedTimestamp *StatsTimestamp `json:"lastPacketReceivedTimestamp,omitempty"`

	// TotalRoundTripTime is the sum of all round-trip times measured by
	// checks, in seconds.
	TotalRoundTripTime *float64 `json:"totalRoundTripTime,omitempty"`

	// CurrentRoundTripTime is the last one of them, in seconds.
	CurrentRoundTripTime *float64 `json:"currentRoundTripTime,omitempty"`

	// AvailableOutgoingBitrate is the estimate of the bandwidth to the other
	// side, in bits per second.
	AvailableOutgoingBitrate *float64 `json:"availableOutgoingBitrate,omitempty"`

	// AvailableIncomingBitrate is the estimate of the bandwidth from the
	// other side, in bits per second.
	AvailableIncomingBitrate *float64 `json:"availableIncomingBitrate,omitempty"`

	// RequestsReceived is the number of checks received.
	RequestsReceived *uint64 `json:"requestsReceived,omitempty"`

	// RequestsSent is the number of checks sent, those for consent left out.
	RequestsSent *uint64 `json:"requestsSent,omitempty"`

	// ResponsesReceived is the number of answers to checks received.
	ResponsesReceived *uint64 `json:"responsesReceived,omitempty"`

	// ResponsesSent is the number of answers to checks sent.
	ResponsesSent *uint64 `json:"responsesSent,omitempty"`

	// ConsentRequestsSent is the number of checks sent for consent (RFC
	// 7675).
	ConsentRequestsSent *uint64 `json:"consentRequestsSent,omitempty"`

	// PacketsDiscardedOnSend is the number of packets that the socket
	// refused.
	PacketsDiscardedOnSend *uint32 `json:"packetsDiscardedOnSend,omitempty"`

	// BytesDiscardedOnSend is the number of bytes of payload in them.
	BytesDiscardedOnSend *uint64 `json:"bytesDiscardedOnSend,omitempty"`

	// Priority orders the pairs (RFC 8445, section 6.1.2.3); the W3C has dropped it.
	Priority *uint64 `json:"priority,omitempty"`

	// Writable tells whether a check was answered lately; it is libwebrtc's own.
	Writable *bool `json:"writable,omitempty"`
}
