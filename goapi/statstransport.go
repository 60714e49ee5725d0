// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// TransportStats are those of an ICE and DTLS transport.
//
// https://www.w3.org/TR/webrtc-stats/#transportstats-dict*
type TransportStats struct {
	StatsBase

	// PacketsSent is the number of packets sent.
	PacketsSent *uint64 `json:"packetsSent,omitempty"`

	// PacketsReceived is the number of packets received.
	PacketsReceived *uint64 `json:"packetsReceived,omitempty"`

	// BytesSent is the number of bytes of payload sent.
	BytesSent *uint64 `json:"bytesSent,omitempty"`

	// BytesReceived is the number of bytes of payload received.
	BytesReceived *uint64 `json:"bytesReceived,omitempty"`

	// ICERole is the role in ICE.
	ICERole ICERole `json:"iceRole,omitempty"`

	// ICELocalUsernameFragment is the local user name fragment.
	ICELocalUsernameFragment *string `json:"iceLocalUsernameFragment,omitempty"`

	// DTLSState is the state of DTLS.
	DTLSState DTLSTransportState `json:"dtlsState,omitempty"`

	// ICEState is the state of ICE, or zero.
	ICEState ICETransportState `json:"iceState,omitempty"`

	// SelectedCandidatePairID is the id of the ICECandidatePairStats in use.
	SelectedCandidatePairID *string `json:"selectedCandidatePairId,omitempty"`

	// LocalCertificateID is the id of the local CertificateStats.
	LocalCertificateID *string `json:"localCertificateId,omitempty"`

	// RemoteCertificateID is the id of the remote CertificateStats.
	RemoteCertificateID *string `json:"remoteCertificateId,omitempty"`

	// RTCPTransportStatsID is the id of the TransportStats of RTCP, where it
	// has a transport of its own.
	RTCPTransportStatsID *string `json:"rtcpTransportStatsId,omitempty"`

	// TLSVersion is the version of DTLS as on the wire, in four hexadecimal
	// digits, such as FEFD for 1.2.
	TLSVersion *string `json:"tlsVersion,omitempty"`

	// DTLSCipher is the cipher suite of DTLS, by the name that IANA gives
	// it. It is nil with the revision debian, which does not find the name.
	DTLSCipher *string `json:"dtlsCipher,omitempty"`

	// DTLSRole is the role in the handshake.
	DTLSRole DTLSRole `json:"dtlsRole"`

	// SRTPCipher is the protection profile of SRTP, by the name that IANA
	// gives it.
	SRTPCipher *string `json:"srtpCipher,omitempty"`

	// SelectedCandidatePairChanges is the number of times that another pair
	// was selected.
	SelectedCandidatePairChanges *uint32 `json:"selectedCandidatePairChanges,omitempty"`

	// CCFBMessagesSent is the number of congestion control feedback packets
	// sent (RFC 8888).
	CCFBMessagesSent *uint64 `json:"ccfbMessagesSent,omitempty"`

	// CCFBMessagesReceived is the number of those received.
	CCFBMessagesReceived *uint64 `json:"ccfbMessagesReceived,omitempty"`
}

// CertificateStats are those of a certificate that a transport uses.
//
// https://www.w3.org/TR/webrtc-stats/#certificatestats-dict*
type CertificateStats struct {
	StatsBase

	// Fingerprint is the fingerprint, in upper case hexadecimal pairs with
	// colons between.
	Fingerprint string `json:"fingerprint"`

	// FingerprintAlgorithm is its hash function, such as sha-256.
	FingerprintAlgorithm string `json:"fingerprintAlgorithm"`

	// Base64Certificate is the certificate in DER, in base64.
	Base64Certificate string `json:"base64Certificate"`

	// IssuerCertificateID is the id of the CertificateStats of the issuer,
	// where a chain was sent.
	IssuerCertificateID *string `json:"issuerCertificateId,omitempty"`
}
