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

// UnsupportedCodecError is why frames of a codec are dropped whose packets need more of
// a frame's structure than encryption leaves: H264, H265 and AV1. Opus, the other codecs
// of audio, VP8 and VP9 are supported (RTPTransceiver.SetCodecPreferences).
type UnsupportedCodecError struct{ MimeType string }

// Error names the codec.
func (e *UnsupportedCodecError) Error() string {
	return "e2ee: frames of " + e.MimeType + " cannot be encrypted"
}

// clear tells how many bytes at the beginning of a frame stay readable, because
// packetizers read them. They are authenticated.
func clear(m webrtc.EncodedFrameMetadata, size int) (int, error) {
	switch mime := strings.ToLower(m.MimeType); {
	case mime == "video/vp8":
		// Frame tag, and of a key frame start code and size (RFC 7741, section
		// 4.3). What is received tells by the first bit which it is.
		if m.Type == webrtc.EncodedFrameTypeKey {
			return min(10, size), nil
		}
		return min(3, size), nil
	case mime == "video/vp9", strings.HasPrefix(mime, "audio/"):
		return 0, nil
	default:
		return 0, &UnsupportedCodecError{m.MimeType}
	}
}

// NewSender makes a transform that encrypts what a sender sends. Without a key, frames
// are dropped.
func NewSender(keys *Keys, options Options) *webrtc.RTPScriptTransform {
	return newTransform(options, func(_ *webrtc.RTPScriptTransformer, f *webrtc.EncodedFrame) error {
		data := f.Data()
		n, err := clear(f.Metadata(), len(data))
		if err != nil {
			return err
		}
		sealed, err := keys.Encrypt(append([]byte(nil), data[:n]...), data[:n], data[n:])
		if err == nil {
			f.SetData(sealed)
		}
		return err
	})
}

// NewReceiver makes a transform that decrypts what a receiver receives. What cannot be
// decrypted is dropped; of video, a key frame is then asked for.
func NewReceiver(keys *Keys, options Options) *webrtc.RTPScriptTransform {
	return newTransform(options, func(t *webrtc.RTPScriptTransformer, f *webrtc.EncodedFrame) error {
		data := f.Data()
		n, err := clear(f.Metadata(), len(data))
		if err != nil {
			return err
		}
		opened, err := keys.Decrypt(append([]byte(nil), data[:n]...), data[:n], data[n:])
		if err == nil {
			f.SetData(opened)
		} else if t.Kind() == webrtc.RTPCodecTypeVideo {
			_ = t.SendKeyFrameRequest() // fails only at the end
		}
		return err
	})
}

func newTransform(options Options, change func(*webrtc.RTPScriptTransformer, *webrtc.EncodedFrame) error) *webrtc.RTPScriptTransform {
	return webrtc.NewRTPScriptTransform(func(t *webrtc.RTPScriptTransformer) {
		for f := range t.Frames() {
			if len(f.Data()) == 0 {
				f.Release() // nothing to send, and nothing to hide
				continue
			}
			if err := change(t, f); err != nil {
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
