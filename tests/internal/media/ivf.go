// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"encoding/binary"
	"errors"
)

// IVF is a header of 32 bytes, then each frame behind 12 bytes: its size and a
// 64-bit time stamp.
const (
	ivfHeaderSize = 32
	ivfFrameSize  = 12
)

func splitIVF(data []byte) (frames [][]byte, err error) {
	if len(data) < ivfHeaderSize || string(data[:4]) != "DKIF" {
		return nil, errors.New("not an IVF file")
	}
	for data = data[ivfHeaderSize:]; len(data) > 0; {
		if len(data) < ivfFrameSize {
			return nil, errors.New("IVF frame header cut short")
		}
		size := int(binary.LittleEndian.Uint32(data))
		if data = data[ivfFrameSize:]; size > len(data) {
			return nil, errors.New("IVF frame cut short")
		}
		frames = append(frames, data[:size:size])
		data = data[size:]
	}
	return frames, nil
}

// joinIVF leaves the size in the header zero: key frames carry their own.
func joinIVF(codec Codec, frames [][]byte) []byte {
	out := make([]byte, ivfHeaderSize)
	copy(out, "DKIF")
	binary.LittleEndian.PutUint16(out[6:], ivfHeaderSize)
	copy(out[8:], map[Codec]string{VP8: "VP80", AV1: "AV01"}[codec])
	binary.LittleEndian.PutUint32(out[16:], 30)
	binary.LittleEndian.PutUint32(out[20:], 1)
	binary.LittleEndian.PutUint32(out[24:], uint32(len(frames)))
	for i, frame := range frames {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(frame)))
		out = binary.LittleEndian.AppendUint64(out, uint64(i))
		out = append(out, frame...)
	}
	return out
}
