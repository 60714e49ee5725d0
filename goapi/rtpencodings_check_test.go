// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func testEncoding(rid string, change ...func(*RTPEncodingParameters)) RTPEncodingParameters {
	e := RTPEncodingParameters{RTPCodingParameters: RTPCodingParameters{RID: rid}}
	for _, f := range change {
		f(&e)
	}
	return e
}

func scaled(by float64) func(*RTPEncodingParameters) {
	return func(e *RTPEncodingParameters) { e.ScaleResolutionDownBy = &by }
}

func atMost(framesPerSecond float64) func(*RTPEncodingParameters) {
	return func(e *RTPEncodingParameters) { e.MaxFramerate = &framesPerSecond }
}

func TestSendEncodingsThatAreWrong(t *testing.T) {
	for name, c := range map[string]struct {
		want      errorName
		encodings []RTPEncodingParameters
	}{
		"rid twice":        {typeError, []RTPEncodingParameters{testEncoding("a"), testEncoding("a")}},
		"rid missing":      {typeError, []RTPEncodingParameters{testEncoding("a"), testEncoding("")}},
		"rid punctuation":  {typeError, []RTPEncodingParameters{testEncoding("a\r\nb"), testEncoding("b")}},
		"rid too long":     {typeError, []RTPEncodingParameters{testEncoding(strings.Repeat("a", 17)), testEncoding("b")}},
		"scale below one":  {rangeError, []RTPEncodingParameters{testEncoding("", scaled(0.5))}},
		"scale not finite": {typeError, []RTPEncodingParameters{testEncoding("", scaled(math.NaN()))}},
		"frame rate":       {rangeError, []RTPEncodingParameters{testEncoding("", atMost(-1))}},
		"infinite rate":    {typeError, []RTPEncodingParameters{testEncoding("", atMost(math.Inf(1)))}},
		"ssrc":             {invalidAccessError, []RTPEncodingParameters{testEncoding("", func(e *RTPEncodingParameters) { e.SSRC = 1 })}},
		"priority":         {typeError, []RTPEncodingParameters{testEncoding("", func(e *RTPEncodingParameters) { e.Priority = 77 })}},
		"empty size": {operationError, []RTPEncodingParameters{testEncoding("", func(e *RTPEncodingParameters) {
			e.ScaleResolutionDownTo = &ResolutionRestriction{}
		})}},
		"unknown codec": {operationError, []RTPEncodingParameters{testEncoding("", func(e *RTPEncodingParameters) {
			e.Codec = &RTPCodecCapability{MimeType: "video/none", ClockRate: 90000}
		})}},
		"unknown mode": {operationError, []RTPEncodingParameters{testEncoding("", func(e *RTPEncodingParameters) {
			e.ScalabilityMode = "none"
		})}},
	} {
		t.Run(name, func(t *testing.T) {
			pc, err := NewPeerConnection(Configuration{})
			require.NoError(t, err)
			defer pc.Close()
			_, err = pc.AddTransceiverFromKind(RTPCodecTypeVideo, RTPTransceiverInit{SendEncodings: c.encodings})
			requireError(t, c.want, err)
			assert.Empty(t, pc.GetTransceivers())
		})
	}
}

func TestSendEncodingsOfAudioIgnoreWhatIsForVideo(t *testing.T) {
	pc, err := NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	transceiver, err := pc.AddTransceiverFromKind(RTPCodecTypeAudio, RTPTransceiverInit{
		SendEncodings: []RTPEncodingParameters{testEncoding("a", scaled(0.1), atMost(-1)), testEncoding("b")},
	})
	require.NoError(t, err)
	encodings := transceiver.Sender().GetParameters().Encodings
	require.Len(t, encodings, 1)
	assert.Empty(t, encodings[0].RID)
	assert.Nil(t, encodings[0].ScaleResolutionDownBy)
	assert.Nil(t, encodings[0].MaxFramerate)
}

func TestSendEncodingsAreCompleted(t *testing.T) {
	four := []RTPEncodingParameters{testEncoding("a"), testEncoding("b"), testEncoding("c"), testEncoding("d")}
	got, err := initialEncodings(RTPCodecTypeVideo, four)
	require.NoError(t, err)
	require.Len(t, got, 3, "libwebrtc sends three")
	assert.Equal(t, 4.0, *got[0].ScaleResolutionDownBy)
	assert.Equal(t, 2.0, *got[1].ScaleResolutionDownBy)
	assert.Equal(t, 1.0, *got[2].ScaleResolutionDownBy)
	assert.Nil(t, four[0].ScaleResolutionDownBy, "the caller's are left alone")

	got, err = initialEncodings(RTPCodecTypeVideo, []RTPEncodingParameters{testEncoding("a", scaled(3)), testEncoding("b")})
	require.NoError(t, err)
	assert.Equal(t, 3.0, *got[0].ScaleResolutionDownBy)
	assert.Equal(t, 1.0, *got[1].ScaleResolutionDownBy)
}
