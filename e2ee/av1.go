// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package e2ee

import (
	"encoding/binary"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// A frame of AV1 is a sequence of OBUs (AV1, section 5.3). The packetizer reads their
// headers, leaves out their sizes and some of them; the depacketizer writes the sizes
// again (the RTP payload format for AV1, section 5). So headers stay readable, as does
// the sequence header, by which servers know where one can join. The rest is encrypted.

const (
	obuSequenceHeader    = 1
	obuTemporalDelimiter = 2
	obuTileList          = 8
	obuPadding           = 15

	obuHasExtension = 1 << 2
	obuHasSize      = 1 << 1
)

func cryptAV1(dst, frame []byte, _ webrtc.EncodedFrameMetadata, crypt cryptor) ([]byte, error) {
	headers, units, err := obus(frame)
	if err != nil {
		return dst, err
	}
	texts, err := cryptUnits(units, crypt)
	if err != nil {
		return dst, err
	}
	for i, u := range units {
		header, text := headers[i], texts[i]
		if u.plain {
			text = u.clear[len(header):]
		}
		dst = append(dst, header[0]|obuHasSize)
		dst = append(dst, header[1:]...)
		dst = binary.AppendUvarint(dst, uint64(len(text))) // leb128
		dst = append(dst, text...)
	}
	return dst, nil
}

// obus splits a frame, without the OBUs that are not sent. The headers, and the units'
// beginnings, have no bit for the size.
func obus(frame []byte) (headers [][]byte, units []unit, err error) {
	for len(frame) > 0 {
		first, n := frame[0], 1
		if first&obuHasExtension != 0 {
			n = 2
		}
		if len(frame) < n {
			return nil, nil, ErrMalformed
		}
		header := append([]byte{first &^ obuHasSize}, frame[1:n]...)
		frame = frame[n:]
		size := uint64(len(frame))
		if first&obuHasSize != 0 {
			var n int
			if size, n = binary.Uvarint(frame); n <= 0 || size > uint64(len(frame)-n) {
				return nil, nil, ErrMalformed
			}
			frame = frame[n:]
		}
		payload := frame[:size]
		frame = frame[size:]
		switch first >> 3 & 15 {
		case obuTemporalDelimiter, obuTileList, obuPadding:
			continue
		case obuSequenceHeader:
			units = append(units, unit{clear: append(header[:len(header):len(header)], payload...), plain: true})
		default:
			units = append(units, unit{clear: header, text: payload})
		}
		headers = append(headers, header)
	}
	if len(units) == 0 {
		return nil, nil, ErrMalformed
	}
	return headers, units, nil
}
