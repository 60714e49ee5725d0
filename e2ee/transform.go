// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package e2ee

import (
	"fmt"
	"strings"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// Options configure the transforms.
type Options struct {
	// OnError, if not nil, gets the reason for each frame that is dropped, on the
	// goroutine that the transform runs on.
	OnError func(error)
}

// NewSender makes a transform that encrypts what a sender sends. Without a key, frames
// are dropped.
func NewSender(keys *Keys, options Options) *webrtc.RTPScriptTransform {
	return newTransform(options, func(t *webrtc.RTPScriptTransformer) change {
		fits := packetization(t)
		return func(f *webrtc.EncodedFrame) error {
			m := f.Metadata()
			codec, err := formatOf(m.MimeType)
			if err != nil {
				return err
			}
			if !fits(m) {
				return &UnsupportedCodecError{m.MimeType + " without packetization-mode=1"}
			}
			sealed, err := codec.seal(nil, f.Data(), m, keys.Encrypt)
			if err == nil {
				f.SetData(sealed)
			}
			return err
		}
	})
}

// NewReceiver makes a transform that decrypts what a receiver receives. What cannot be
// decrypted is dropped; of video, a key frame is then asked for.
func NewReceiver(keys *Keys, options Options) *webrtc.RTPScriptTransform {
	return newTransform(options, func(t *webrtc.RTPScriptTransformer) change {
		return func(f *webrtc.EncodedFrame) error {
			m := f.Metadata()
			codec, err := formatOf(m.MimeType)
			if err != nil {
				return err
			}
			opened, err := codec.open(nil, f.Data(), m, keys.Decrypt)
			if err == nil {
				f.SetData(opened)
			} else if t.Kind() == webrtc.RTPCodecTypeVideo {
				_ = t.SendKeyFrameRequest() // fails only at the end
			}
			return err
		}
	})
}

// A change replaces the data of a frame.
type change func(*webrtc.EncodedFrame) error

// packetization returns a function that tells whether a frame may grow: units of H264
// must fit one packet each unless packetization-mode=1 was negotiated (RFC 6184, section
// 6.2).
func packetization(t *webrtc.RTPScriptTransformer) func(webrtc.EncodedFrameMetadata) bool {
	known := map[webrtc.PayloadType]bool{}
	return func(m webrtc.EncodedFrameMetadata) bool {
		if !strings.EqualFold(m.MimeType, webrtc.MimeTypeH264) {
			return true
		}
		fits, ok := known[m.PayloadType]
		if !ok {
			for _, c := range t.Sender().GetParameters().Codecs {
				if c.PayloadType == m.PayloadType {
					fits = strings.Contains(c.SDPFmtpLine, "packetization-mode=1")
				}
			}
			known[m.PayloadType] = fits
		}
		return fits
	}
}

func newTransform(options Options, begin func(*webrtc.RTPScriptTransformer) change) *webrtc.RTPScriptTransform {
	return webrtc.NewRTPScriptTransform(func(t *webrtc.RTPScriptTransformer) {
		apply := begin(t)
		for f := range t.Frames() {
			if len(f.Data()) == 0 {
				f.Release() // nothing to send, and nothing to hide
				continue
			}
			if err := apply(f); err != nil {
				f.Release()
				if options.OnError != nil {
					options.OnError(fmt.Errorf("%s frame dropped: %w", t.Kind(), err))
				}
				continue
			}
			_ = t.WriteFrame(f) // fails only at the end
		}
	})
}
