// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// enumCases holds the W3C names of every constant of every enumeration.
var enumCases = map[string]func(*testing.T){
	"SDPType": enumCase(ParseSDPType, map[SDPType]string{
		SDPTypeOffer:    "offer",
		SDPTypePranswer: "pranswer",
		SDPTypeAnswer:   "answer",
		SDPTypeRollback: "rollback",
	}),
	"SignalingState": enumCase(ParseSignalingState, map[SignalingState]string{
		SignalingStateStable:             "stable",
		SignalingStateHaveLocalOffer:     "have-local-offer",
		SignalingStateHaveRemoteOffer:    "have-remote-offer",
		SignalingStateHaveLocalPranswer:  "have-local-pranswer",
		SignalingStateHaveRemotePranswer: "have-remote-pranswer",
		SignalingStateClosed:             "closed",
	}),
	"ICEGatheringState": enumCase(ParseICEGatheringState, map[ICEGatheringState]string{
		ICEGatheringStateNew:       "new",
		ICEGatheringStateGathering: "gathering",
		ICEGatheringStateComplete:  "complete",
	}),
	"ICEConnectionState": enumCase(ParseICEConnectionState, map[ICEConnectionState]string{
		ICEConnectionStateNew:          "new",
		ICEConnectionStateChecking:     "checking",
		ICEConnectionStateConnected:    "connected",
		ICEConnectionStateCompleted:    "completed",
		ICEConnectionStateDisconnected: "disconnected",
		ICEConnectionStateFailed:       "failed",
		ICEConnectionStateClosed:       "closed",
	}),
	"PeerConnectionState": enumCase(ParsePeerConnectionState, map[PeerConnectionState]string{
		PeerConnectionStateNew:          "new",
		PeerConnectionStateConnecting:   "connecting",
		PeerConnectionStateConnected:    "connected",
		PeerConnectionStateDisconnected: "disconnected",
		PeerConnectionStateFailed:       "failed",
		PeerConnectionStateClosed:       "closed",
	}),
	"ICETransportState": enumCase(ParseICETransportState, map[ICETransportState]string{
		ICETransportStateNew:          "new",
		ICETransportStateChecking:     "checking",
		ICETransportStateConnected:    "connected",
		ICETransportStateCompleted:    "completed",
		ICETransportStateFailed:       "failed",
		ICETransportStateDisconnected: "disconnected",
		ICETransportStateClosed:       "closed",
	}),
	"DTLSTransportState": enumCase(ParseDTLSTransportState, map[DTLSTransportState]string{
		DTLSTransportStateNew:        "new",
		DTLSTransportStateConnecting: "connecting",
		DTLSTransportStateConnected:  "connected",
		DTLSTransportStateClosed:     "closed",
		DTLSTransportStateFailed:     "failed",
	}),
	"SCTPTransportState": enumCase(ParseSCTPTransportState, map[SCTPTransportState]string{
		SCTPTransportStateConnecting: "connecting",
		SCTPTransportStateConnected:  "connected",
		SCTPTransportStateClosed:     "closed",
	}),
	"ICERole": enumCase(ParseICERole, map[ICERole]string{
		ICERoleUnknown:     "unknown",
		ICERoleControlling: "controlling",
		ICERoleControlled:  "controlled",
	}),
	"ICEComponent": enumCase(ParseICEComponent, map[ICEComponent]string{
		ICEComponentRTP:  "rtp",
		ICEComponentRTCP: "rtcp",
	}),
	"ICEProtocol": enumCase(ParseICEProtocol, map[ICEProtocol]string{
		ICEProtocolUDP: "udp",
		ICEProtocolTCP: "tcp",
	}),
	"ICETCPType": enumCase(ParseICETCPType, map[ICETCPType]string{
		ICETCPTypeActive:  "active",
		ICETCPTypePassive: "passive",
		ICETCPTypeSO:      "so",
	}),
	"ICECandidateType": enumCase(ParseICECandidateType, map[ICECandidateType]string{
		ICECandidateTypeHost:  "host",
		ICECandidateTypeSrflx: "srflx",
		ICECandidateTypePrflx: "prflx",
		ICECandidateTypeRelay: "relay",
	}),
	"ICETransportPolicy": enumCase(ParseICETransportPolicy, map[ICETransportPolicy]string{
		ICETransportPolicyAll:   "all",
		ICETransportPolicyRelay: "relay",
	}),
	"BundlePolicy": enumCase(ParseBundlePolicy, map[BundlePolicy]string{
		BundlePolicyBalanced:  "balanced",
		BundlePolicyMaxCompat: "max-compat",
		BundlePolicyMaxBundle: "max-bundle",
	}),
	"RTCPMuxPolicy": enumCase(ParseRTCPMuxPolicy, map[RTCPMuxPolicy]string{
		RTCPMuxPolicyNegotiate: "negotiate",
		RTCPMuxPolicyRequire:   "require",
	}),
	"ICECredentialType": enumCase(ParseICECredentialType, map[ICECredentialType]string{
		ICECredentialTypePassword: "password",
		ICECredentialTypeToken:    "token",
	}),
	"RTPTransceiverDirection": enumCase(ParseRTPTransceiverDirection, map[RTPTransceiverDirection]string{
		RTPTransceiverDirectionSendrecv: "sendrecv",
		RTPTransceiverDirectionSendonly: "sendonly",
		RTPTransceiverDirectionRecvonly: "recvonly",
		RTPTransceiverDirectionInactive: "inactive",
		RTPTransceiverDirectionStopped:  "stopped",
	}),
	"RTPCodecType": enumCase(ParseRTPCodecType, map[RTPCodecType]string{
		RTPCodecTypeAudio: "audio",
		RTPCodecTypeVideo: "video",
	}),
	"DataChannelState": enumCase(ParseDataChannelState, map[DataChannelState]string{
		DataChannelStateConnecting: "connecting",
		DataChannelStateOpen:       "open",
		DataChannelStateClosing:    "closing",
		DataChannelStateClosed:     "closed",
	}),
	"BinaryType": enumCase(ParseBinaryType, map[BinaryType]string{
		BinaryTypeBlob:        "blob",
		BinaryTypeArrayBuffer: "arraybuffer",
	}),
	"PriorityType": enumCase(ParsePriorityType, map[PriorityType]string{
		PriorityTypeVeryLow: "very-low",
		PriorityTypeLow:     "low",
		PriorityTypeMedium:  "medium",
		PriorityTypeHigh:    "high",
	}),
	"DegradationPreference": enumCase(ParseDegradationPreference, map[DegradationPreference]string{
		DegradationPreferenceMaintainFramerate:              "maintain-framerate",
		DegradationPreferenceMaintainResolution:             "maintain-resolution",
		DegradationPreferenceBalanced:                       "balanced",
		DegradationPreferenceMaintainFramerateAndResolution: "maintain-framerate-and-resolution",
	}),
	"ICEServerTransportProtocol": enumCase(ParseICEServerTransportProtocol, map[ICEServerTransportProtocol]string{
		ICEServerTransportProtocolUDP: "udp",
		ICEServerTransportProtocolTCP: "tcp",
		ICEServerTransportProtocolTLS: "tls",
	}),
	"QualityLimitationReason": enumCase(ParseQualityLimitationReason, map[QualityLimitationReason]string{
		QualityLimitationReasonNone:      "none",
		QualityLimitationReasonCPU:       "cpu",
		QualityLimitationReasonBandwidth: "bandwidth",
		QualityLimitationReasonOther:     "other",
	}),
	"ErrorDetail": enumCase(ParseErrorDetail, map[ErrorDetail]string{
		ErrorDetailDataChannelFailure:          "data-channel-failure",
		ErrorDetailDTLSFailure:                 "dtls-failure",
		ErrorDetailFingerprintFailure:          "fingerprint-failure",
		ErrorDetailSCTPFailure:                 "sctp-failure",
		ErrorDetailSDPSyntaxError:              "sdp-syntax-error",
		ErrorDetailHardwareEncoderNotAvailable: "hardware-encoder-not-available",
		ErrorDetailHardwareEncoderError:        "hardware-encoder-error",
		ErrorDetailIdPBadScriptFailure:         "idp-bad-script-failure",
		ErrorDetailIdPExecutionFailure:         "idp-execution-failure",
		ErrorDetailIdPLoadFailure:              "idp-load-failure",
		ErrorDetailIdPNeedLogin:                "idp-need-login",
		ErrorDetailIdPTimeout:                  "idp-timeout",
		ErrorDetailIdPTLSFailure:               "idp-tls-failure",
		ErrorDetailIdPTokenExpired:             "idp-token-expired",
		ErrorDetailIdPTokenInvalid:             "idp-token-invalid",
	}),
	"DTLSRole": enumCase(ParseDTLSRole, map[DTLSRole]string{
		DTLSRoleUnknown: "unknown",
		DTLSRoleClient:  "client",
		DTLSRoleServer:  "server",
	}),
	"StatsICECandidatePairState": enumCase(ParseStatsICECandidatePairState, map[StatsICECandidatePairState]string{
		StatsICECandidatePairStateFrozen:     "frozen",
		StatsICECandidatePairStateWaiting:    "waiting",
		StatsICECandidatePairStateInProgress: "in-progress",
		StatsICECandidatePairStateFailed:     "failed",
		StatsICECandidatePairStateSucceeded:  "succeeded",
	}),
}

func TestEnums(t *testing.T) {
	for name, run := range enumCases {
		t.Run(name, run)
	}
}

type enumeration interface {
	~int
	fmt.Stringer
	encoding.TextMarshaler
}

// enumCase checks that values have the names, both ways and in JSON, and that
// nothing else is a value.
func enumCase[E enumeration](parse func(string) (E, error), names map[E]string) func(*testing.T) {
	return func(t *testing.T) {
		for value, name := range names {
			assert.Equal(t, name, value.String())
			parsed, err := parse(name)
			require.NoError(t, err)
			assert.Equal(t, value, parsed)

			text, err := json.Marshal(value)
			require.NoError(t, err)
			assert.JSONEq(t, `"`+name+`"`, string(text))
			var read E
			require.NoError(t, json.Unmarshal(text, &read))
			assert.Equal(t, value, read)
		}
		for _, value := range []E{-1, E(len(names) + 1)} {
			assert.Equal(t, "unknown", value.String())
			_, err := json.Marshal(value)
			requireUnknownType(t, err)
		}
		for _, text := range []string{"", "no such value", "OFFER"} {
			_, err := parse(text)
			requireUnknownType(t, err)
		}
		read := E(1)
		requireUnknownType(t, json.Unmarshal([]byte(`"no such value"`), &read))
		assert.Equal(t, E(1), read, "a value that cannot be read leaves the variable alone")
	}
}

func requireUnknownType(t *testing.T, err error) {
	t.Helper()
	require.ErrorIs(t, err, ErrUnknownType)
	var typed *TypeError
	require.ErrorAs(t, err, &typed)
}

func TestEnumZeroValues(t *testing.T) {
	for _, value := range []fmt.Stringer{
		SDPTypeUnknown, SignalingStateUnknown, PeerConnectionStateUnknown, ICERoleUnknown, DTLSRoleUnknown,
		BundlePolicyUnknown, PriorityTypeUnknown, ErrorDetailUnknown, BinaryTypeUnknown,
	} {
		assert.Zero(t, value)
		assert.Equal(t, "unknown", value.String())
	}
	assert.Equal(t, "all", ICETransportPolicy(0).String())
	assert.Equal(t, "password", ICECredentialType(0).String())
	_, err := SDPTypeUnknown.MarshalText()
	requireUnknownType(t, err)
}

func TestEnumSpellings(t *testing.T) {
	for spelling, want := range map[string]ICEComponent{"RTP": ICEComponentRTP, "RTCP": ICEComponentRTCP} {
		got, err := ParseICEComponent(spelling)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	got, err := ParseICECredentialType("oauth")
	require.NoError(t, err)
	assert.Equal(t, ICECredentialTypeToken, got)
	assert.Equal(t, "token", got.String())
}
