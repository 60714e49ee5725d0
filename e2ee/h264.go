// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package e2ee

import (
	"bytes"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// A frame of H264 is a sequence of NAL units, which a start code precedes (H.264, annex
// B). The packetizer looks for start codes; the depacketizer reads parameter sets and
// the beginning of slices, and writes start codes of its own (RFC 6184). So only slices
// are encrypted, after the numbers that are read; the ciphertext is kept free of start
// codes as the codec itself keeps its data, and ends with a byte that is not zero, since
// zeros at the end of a unit belong to the next start code.

var startCode = []byte{0, 0, 0, 1}

const (
	lastSlice = 5    // the greatest type of unit that is (a part of) a slice; 1 is the least
	endOfText = 0x80 // the stop bit of a unit
)

func sealH264(dst, frame []byte, _ webrtc.EncodedFrameMetadata, crypt cryptor) ([]byte, error) {
	units, err := nalUnits(frame)
	if err != nil {
		return dst, err
	}
	texts, err := cryptUnits(units, crypt)
	if err != nil {
		return dst, err
	}
	for i, u := range units {
		dst = append(append(dst, startCode...), u.clear...)
		if !u.plain {
			dst = escape(dst, append(texts[i], endOfText))
		}
	}
	return dst, nil
}

func openH264(dst, frame []byte, _ webrtc.EncodedFrameMetadata, crypt cryptor) ([]byte, error) {
	units, err := nalUnits(frame)
	if err != nil {
		return dst, err
	}
	for i := range units {
		u := &units[i]
		if u.plain {
			continue
		}
		text := unescape(u.clear, u.text)
		if len(text) == 0 || text[len(text)-1] != endOfText {
			return dst, ErrNotAuthentic
		}
		u.text = text[:len(text)-1]
	}
	texts, err := cryptUnits(units, crypt)
	if err != nil {
		return dst, err
	}
	for i, u := range units {
		dst = append(append(append(dst, startCode...), u.clear...), texts[i]...)
	}
	return dst, nil
}

// nalUnits splits a frame as libwebrtc does: one zero before a start code belongs to it.
func nalUnits(frame []byte) (units []unit, err error) {
	if !bytes.HasPrefix(bytes.TrimPrefix(frame, []byte{0}), startCode[1:]) {
		return nil, ErrMalformed
	}
	for len(frame) > 0 {
		frame = frame[bytes.Index(frame, startCode[1:])+3:]
		nal := frame
		if end := bytes.Index(frame, startCode[1:]); end >= 0 {
			if end > 0 && frame[end-1] == 0 {
				end--
			}
			nal = frame[:end]
		}
		frame = frame[len(nal):]
		u, err := nalUnit(nal)
		if err != nil {
			return nil, err
		}
		units = append(units, u)
	}
	return units, nil
}

func nalUnit(nal []byte) (unit, error) {
	if len(nal) == 0 {
		return unit{}, ErrMalformed
	}
	if kind := nal[0] & 0x1f; kind == 0 || kind > lastSlice {
		return unit{clear: nal, plain: true}, nil
	}
	n, ok := sliceHeader(nal)
	if !ok {
		return unit{}, ErrMalformed
	}
	return unit{clear: nal[:n], text: nal[n:]}, nil
}

// sliceHeader returns how many bytes of a unit it takes to know the first macroblock,
// the type and the parameter set of a slice (H.264, section 7.3.3): three Exp-Golomb
// numbers.
func sliceHeader(nal []byte) (size int, ok bool) {
	zeros, numbers, left := 0, 0, 0 // zeros before a number's first one; bits left after it
	counting := true
	for i := 1; i < len(nal); i++ {
		if nal[i] == 3 && i > 2 && nal[i-1] == 0 && nal[i-2] == 0 {
			continue // was put there to keep start codes away
		}
		for bit := 7; bit >= 0; bit-- {
			one := nal[i]>>bit&1 == 1
			switch {
			case counting && !one:
				if zeros++; zeros > 31 {
					return 0, false
				}
				continue
			case counting:
				counting, left = false, zeros
			default:
				left--
			}
			if left == 0 {
				counting, zeros = true, 0
				if numbers++; numbers == 3 {
					return i + 1, true
				}
			}
		}
	}
	return 0, false
}

// escape appends text to dst so that no start code comes of it (H.264, section 7.4.1).
func escape(dst, text []byte) []byte {
	zeros := trailingZeros(dst)
	for _, b := range text {
		if zeros >= 2 && b <= 3 {
			dst = append(dst, 3)
			zeros = 0
		}
		if dst = append(dst, b); b == 0 {
			zeros++
		} else {
			zeros = 0
		}
	}
	return dst
}

// unescape returns what escape was given to be put behind before.
func unescape(before, text []byte) []byte {
	zeros := trailingZeros(before)
	plain := make([]byte, 0, len(text))
	for _, b := range text {
		switch {
		case zeros >= 2 && b == 3:
			zeros = 0
			continue
		case b == 0:
			zeros++
		default:
			zeros = 0
		}
		plain = append(plain, b)
	}
	return plain
}

func trailingZeros(b []byte) int { return len(b) - len(bytes.TrimRight(b, "\x00")) }
