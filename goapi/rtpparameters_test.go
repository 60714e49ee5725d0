// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRTPSendParametersJSONHasTheW3CNames(t *testing.T) {
	active, bitrate, framerate, scale := false, uint64(250000), 15.0, 2.0
	parameters := RTPSendParameters{
		RTPParameters: RTPParameters{
			HeaderExtensions: []RTPHeaderExtensionParameter{{URI: "urn:ietf:params:rtp-hdrext:sdes:mid", ID: 4}},
			Codecs: []RTPCodecParameters{{
				RTPCodecCapability: RTPCodecCapability{MimeType: MimeTypeVP8, ClockRate: 90000},
				PayloadType:        96,
			}},
			RTCP: RTCPParameters{CNAME: "name", ReducedSize: true},
		},
		TransactionID: "1",
		Encodings: []RTPEncodingParameters{{
			RTPCodingParameters:   RTPCodingParameters{RID: "low"},
			Active:                &active,
			MaxBitrate:            &bitrate,
			MaxFramerate:          &framerate,
			ScaleResolutionDownBy: &scale,
			ScalabilityMode:       "L1T3",
			Priority:              PriorityTypeLow,
			Codec:                 &RTPCodecCapability{MimeType: MimeTypeOpus, ClockRate: 48000, Channels: 2},
		}},
		DegradationPreference: DegradationPreferenceBalanced,
	}
	text, err := json.Marshal(parameters)
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"transactionId": "1",
		"headerExtensions": [{"uri": "urn:ietf:params:rtp-hdrext:sdes:mid", "id": 4, "encrypted": false}],
		"codecs": [{"mimeType": "video/VP8", "clockRate": 90000, "payloadType": 96}],
		"rtcp": {"cname": "name", "reducedSize": true},
		"encodings": [{
			"rid": "low", "active": false, "adaptivePtime": false, "maxBitrate": 250000, "maxFramerate": 15, "scaleResolutionDownBy": 2,
			"scalabilityMode": "L1T3", "priority": "low",
			"codec": {"mimeType": "audio/opus", "clockRate": 48000, "channels": 2}
		}],
		"degradationPreference": "balanced"
	}`, string(text))

	var read RTPSendParameters
	require.NoError(t, json.Unmarshal(text, &read))
	assert.Equal(t, parameters, read)
}

func TestRTPEncodingParametersLeaveOutWhatIsNotSet(t *testing.T) {
	text, err := json.Marshal(RTPEncodingParameters{})
	require.NoError(t, err)
	assert.Equal(t, `{"adaptivePtime":false}`, string(text), "as a browser has it")
}
