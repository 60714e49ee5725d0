// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package pionpeer

import (
	"fmt"

	"github.com/pion/webrtc/v4"

	"github.com/nativertc/nativertc/tests/internal/media"
)

// mediaEngine knows Opus and the given video codecs, each with retransmission.
func mediaEngine(video []media.Codec) (*webrtc.MediaEngine, error) {
	engine := &webrtc.MediaEngine{}
	if len(video) == 0 {
		return engine, engine.RegisterDefaultCodecs()
	}
	if err := engine.RegisterCodec(webrtc.RTPCodecParameters{
		RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: webrtc.MimeTypeOpus, ClockRate: media.OpusRate, Channels: 2,
			SDPFmtpLine: "minptime=10;useinbandfec=1",
		},
		PayloadType: 111,
	}, webrtc.RTPCodecTypeAudio); err != nil {
		return nil, err
	}
	for i, codec := range video {
		capability := webrtc.RTPCodecCapability{
			MimeType: "video/" + string(codec), ClockRate: videoRate,
			RTCPFeedback: []webrtc.RTCPFeedback{
				{Type: webrtc.TypeRTCPFBGoogREMB},
				{Type: webrtc.TypeRTCPFBCCM, Parameter: "fir"},
				{Type: webrtc.TypeRTCPFBNACK},
				{Type: webrtc.TypeRTCPFBNACK, Parameter: "pli"},
			},
		}
		if codec == media.H264 {
			// Constrained baseline, which every WebRTC endpoint has (RFC 7742).
			capability.SDPFmtpLine = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"
		}
		if codec == media.H265 {
			// The main profile and tier (RFC 7798).
			capability.SDPFmtpLine = "level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST"
		}
		if codec == media.AV1 {
			// The main profile, level 3.1.
			capability.SDPFmtpLine = "level-idx=5;profile=0;tier=0"
		}
		// The range of dynamic payload types begins at 96; in pairs with RTX.
		payloadType := webrtc.PayloadType(96 + 2*i)
		for _, parameters := range []webrtc.RTPCodecParameters{
			{RTPCodecCapability: capability, PayloadType: payloadType},
			{
				RTPCodecCapability: webrtc.RTPCodecCapability{
					MimeType: webrtc.MimeTypeRTX, ClockRate: videoRate, SDPFmtpLine: fmt.Sprintf("apt=%d", payloadType),
				},
				PayloadType: payloadType + 1,
			},
		} {
			if err := engine.RegisterCodec(parameters, webrtc.RTPCodecTypeVideo); err != nil {
				return nil, err
			}
		}
	}
	return engine, nil
}
