// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"fmt"
	"slices"
	"strings"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// companions are the formats that go with any codec: they repair or repeat its
// packets.
var companions = []string{"video/rtx", "video/red", "video/ulpfec", "video/flexfec-03"}

// isCodec says whether a capability is the video codec of the name.
func isCodec(c webrtc.RTPCodecCapability, name string) bool {
	return strings.EqualFold(c.MimeType, "video/"+name)
}

// preferences returns what to give to SetCodecPreferences so that the codec is
// negotiated. The error names the codecs that there are.
func preferences(api *webrtc.API, name string) ([]webrtc.RTPCodecCapability, error) {
	sending, err := api.GetRTPSenderCapabilities(webrtc.RTPCodecTypeVideo)
	if err != nil {
		return nil, err
	}
	receiving, err := api.GetRTPReceiverCapabilities(webrtc.RTPCodecTypeVideo)
	if err != nil {
		return nil, err
	}
	var preferred, extra []webrtc.RTPCodecCapability
	var names []string
	for _, c := range sending.Codecs {
		switch {
		case slices.Contains(companions, strings.ToLower(c.MimeType)):
			extra = append(extra, c)
		case !slices.ContainsFunc(receiving.Codecs, func(r webrtc.RTPCodecCapability) bool {
			return strings.EqualFold(r.MimeType, c.MimeType)
		}):
			// It could be sent and not be understood.
		default:
			if n := CodecName(c.MimeType); !slices.Contains(names, n) {
				names = append(names, n)
			}
			if isCodec(c, name) {
				preferred = append(preferred, c)
			}
		}
	}
	if len(preferred) == 0 {
		return nil, fmt.Errorf("this libwebrtc cannot send and receive %s; it has %s", name, strings.Join(names, ", "))
	}
	return append(preferred, extra...), nil
}

// CodecName returns the name of a codec out of its MIME type: "VP8" for
// "video/VP8".
func CodecName(mimeType string) string {
	_, name, _ := strings.Cut(mimeType, "/")
	return name
}
