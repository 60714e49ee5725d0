// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import "bytes"

// The types of H264 NAL units that matter here.
const (
	nalSlice    = 1
	nalSliceIDR = 5
	nalSPS      = 7
)

// splitAnnexB cuts an H264 stream into access units. A unit ends before the
// first NAL unit after its last slice that cannot belong to the same picture.
func splitAnnexB(data []byte) (units [][]byte) {
	var unit []byte
	hasSlice := false
	for _, nal := range splitNALs(data) {
		slice := isSlice(nal)
		// first_mb_in_slice is the first field of a slice header, as Exp-Golomb:
		// a leading 1 bit is its value zero, the beginning of a picture.
		continues := slice && len(nal) > 1 && nal[1]&0x80 == 0
		if hasSlice && !continues {
			units = append(units, unit)
			unit, hasSlice = nil, false
		}
		unit = append(append(unit, 0, 0, 0, 1), nal...)
		hasSlice = hasSlice || slice
	}
	if hasSlice {
		units = append(units, unit)
	}
	return units
}

// splitNALs returns the NAL units without their start codes.
func splitNALs(data []byte) (nals [][]byte) {
	startCode := []byte{0, 0, 1}
	begin := bytes.Index(data, startCode)
	for begin >= 0 {
		data = data[begin+len(startCode):]
		begin = bytes.Index(data, startCode)
		nal := data
		if begin >= 0 {
			nal = data[:begin]
		}
		// Zeros at the end belong to the next, longer start code.
		if nal = bytes.TrimRight(nal, "\x00"); len(nal) > 0 {
			nals = append(nals, nal)
		}
	}
	return nals
}

func nalType(nal []byte) byte { return nal[0] & 0x1f }

func isSlice(nal []byte) bool { return nalType(nal) == nalSlice || nalType(nal) == nalSliceIDR }

// TemporalLayerOfH265 returns the temporal layer of a picture, as the headers of its units say.
func TemporalLayerOfH265(frame []byte) int {
	layer := 0
	for _, nal := range splitNALs(frame) {
		if len(nal) > 1 {
			layer = max(layer, int(nal[1]&7)-1)
		}
	}
	return layer
}

// IsKeyFrame reports whether an encoded frame can be decoded without others.
func IsKeyFrame(codec Codec, frame []byte) bool {
	if codec == VP8 {
		// RFC 6386, 9.1: the lowest bit of the first byte is 0 in key frames.
		return len(frame) > 0 && frame[0]&1 == 0
	}
	if codec == AV1 {
		// A sequence header is only before key frames.
		return hasOBU(frame, obuSequenceHeader)
	}
	hasSPS, hasIDR := false, false
	if codec == H265 {
		// A packet that was lost may have been one of the three parameter sets.
		const idrWithLeading, idr, vps, sps, pps = 19, 20, 32, 33, 34
		has := map[byte]bool{}
		for _, nal := range splitNALs(frame) {
			has[nal[0]>>1&63] = true
		}
		return has[vps] && has[sps] && has[pps] && (has[idr] || has[idrWithLeading])
	}
	for _, nal := range splitNALs(frame) {
		hasSPS = hasSPS || nalType(nal) == nalSPS
		hasIDR = hasIDR || nalType(nal) == nalSliceIDR
	}
	return hasSPS && hasIDR
}
