// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package e2ee

import (
	"encoding/binary"
	"errors"
	"strings"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// UnsupportedCodecError is why frames of a codec are dropped whose packets cannot be
// made of ciphertext: H265, which libwebrtc has no software for, and H264 without
// packetization-mode=1, since what was encrypted may no longer fit one packet. Opus, the
// other codecs of audio, VP8, VP9, AV1 and H264 otherwise are supported
// (RTPTransceiver.SetCodecPreferences).
type UnsupportedCodecError struct{ MimeType string }

// Error names the codec.
func (e *UnsupportedCodecError) Error() string {
	return "e2ee: frames of " + e.MimeType + " cannot be encrypted"
}

// ErrMalformed is returned for a frame that is not in its codec's format, so that it
// cannot be told which of its bytes have to stay readable, and for what is not SFrame's.
var ErrMalformed = errors.New("e2ee: malformed frame")

// A cryptor encrypts or decrypts: it appends to dst what becomes of text, and
// authenticates metadata.
type cryptor func(dst, metadata, text []byte) ([]byte, error)

// A format knows what libwebrtc's packetizer and depacketizer read of a codec's
// frames. Both functions append the changed frame to dst; what stays readable is
// authenticated.
type format struct {
	seal, open func(dst, frame []byte, metadata webrtc.EncodedFrameMetadata, crypt cryptor) ([]byte, error)
}

func formatOf(mimeType string) (format, error) {
	switch mime := strings.ToLower(mimeType); {
	case mime == "video/vp8":
		return format{cryptVP8, cryptVP8}, nil
	case mime == "video/h264":
		return format{sealH264, openH264}, nil
	case mime == "video/av1":
		return format{cryptAV1, cryptAV1}, nil
	case mime == "video/vp9", strings.HasPrefix(mime, "audio/"):
		// All that the packetizers need comes with the frame.
		return format{cryptWhole, cryptWhole}, nil
	}
	return format{}, &UnsupportedCodecError{mimeType}
}

func cryptWhole(dst, frame []byte, _ webrtc.EncodedFrameMetadata, crypt cryptor) ([]byte, error) {
	return crypt(dst, nil, frame)
}

// cryptVP8 leaves the frame tag, and of a key frame start code and size (RFC 7741,
// section 4.3). What is received tells by the first bit which it is.
func cryptVP8(dst, frame []byte, m webrtc.EncodedFrameMetadata, crypt cryptor) ([]byte, error) {
	n := 3
	if m.Type == webrtc.EncodedFrameTypeKey {
		n = 10
	}
	if len(frame) < n {
		return dst, ErrMalformed
	}
	return crypt(append(dst, frame[:n]...), frame[:n], frame[n:])
}

// A unit is a part of a frame that packetizers handle as one. A frame of several is
// encrypted unit by unit, since a packet may hold the end of one and the beginning of
// the next.
type unit struct {
	clear []byte // stays readable
	text  []byte // is encrypted
	plain bool   // there is nothing to encrypt
}

// cryptUnits returns what becomes of each unit's text. All that stays readable of the
// frame, and the place of the unit in it, is authenticated with each: units can be
// neither left out nor exchanged.
func cryptUnits(units []unit, crypt cryptor) ([][]byte, error) {
	var frame []byte
	secret := false
	for _, u := range units {
		secret = secret || !u.plain
		frame = binary.BigEndian.AppendUint32(frame, uint32(len(u.clear)))
		frame = append(frame, u.clear...)
	}
	if !secret {
		return nil, ErrMalformed // nothing would vouch for it
	}
	texts := make([][]byte, len(units))
	for i, u := range units {
		if u.plain {
			continue
		}
		metadata := binary.BigEndian.AppendUint32(frame[:len(frame):len(frame)], uint32(i))
		text, err := crypt(nil, metadata, u.text)
		if err != nil {
			return nil, err
		}
		texts[i] = text
	}
	return texts, nil
}
