// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCapabilitiesOfAudio(t *testing.T) {
	for name, get := range map[string]func(RTPCodecType) (RTPCapabilities, error){
		"sender":   GetRTPSenderCapabilities,
		"receiver": GetRTPReceiverCapabilities,
	} {
		t.Run(name, func(t *testing.T) {
			c, err := get(RTPCodecTypeAudio)
			require.NoError(t, err)
			require.NotEmpty(t, c.Codecs)
			opus := c.Codecs[0]
			assert.Equal(t, MimeTypeOpus, opus.MimeType)
			assert.EqualValues(t, 48000, opus.ClockRate)
			assert.EqualValues(t, 2, opus.Channels)
			assert.Equal(t, "minptime=10;useinbandfec=1", opus.SDPFmtpLine)
			for _, codec := range c.Codecs {
				assert.NotContains(t, strings.ToLower(codec.MimeType), "isac")
				assert.True(t, strings.HasPrefix(codec.MimeType, "audio/"), codec.MimeType)
			}
			assert.NotEmpty(t, c.HeaderExtensions)
		})
	}
}

func TestCapabilitiesOfVideo(t *testing.T) {
	c, err := GetRTPSenderCapabilities(RTPCodecTypeVideo)
	require.NoError(t, err)
	var mimeTypes []string
	for _, codec := range c.Codecs {
		mimeTypes = append(mimeTypes, codec.MimeType)
		assert.EqualValues(t, 90000, codec.ClockRate, codec.MimeType)
		assert.Zero(t, codec.Channels, codec.MimeType)
		if codec.MimeType == MimeTypeH264 {
			assert.Contains(t, codec.SDPFmtpLine, "packetization-mode=")
		}
		if codec.MimeType == MimeTypeVP8 {
			assert.Subset(t, codec.RTCPFeedback, []RTCPFeedback{{"nack", "pli"}, {"goog-remb", ""}, {"ccm", "fir"}, {"nack", ""}})
		}
	}
	assert.Subset(t, mimeTypes, []string{MimeTypeVP8, MimeTypeVP9, MimeTypeH264, MimeTypeRTX})
	assert.Contains(t, c.HeaderExtensions, RTPHeaderExtensionCapability{
		URI:       "urn:ietf:params:rtp-hdrext:sdes:mid",
		Direction: RTPTransceiverDirectionSendrecv,
	})
}

func TestCapabilitiesOfUnknownKind(t *testing.T) {
	_, err := GetRTPReceiverCapabilities(RTPCodecTypeUnknown)
	requireError(t, typeError, err)
}
