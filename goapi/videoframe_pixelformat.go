// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// PixelFormat is how the pixels of a frame lie in memory.
//
// https://www.w3.org/TR/webcodecs/#pixel-format
type PixelFormat int

const (
	// PixelFormatI420 ("I420"), the zero value, is a plane of 8-bit luma (Y) and
	// two planes of 8-bit chroma (U, V) with half the width and height, rounded
	// up.
	PixelFormatI420 PixelFormat = iota

	// PixelFormatNV12 ("NV12") is a plane of 8-bit luma and one plane of U and V
	// by turns, with half the width and height, rounded up.
	PixelFormatNV12

	// PixelFormatI010 ("I420P10") is laid out as I420, each sample having 10 bits
	// in two bytes of the machine's byte order.
	PixelFormatI010
)

var pixelFormatNames = newEnumTable("VideoPixelFormat", PixelFormatI420, "I420", "NV12", "I420P10")

// ParsePixelFormat returns the PixelFormat that the W3C calls s; any other text is
// a TypeError that wraps ErrUnknownType.
func ParsePixelFormat(s string) (PixelFormat, error) { return pixelFormatNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (f PixelFormat) String() string { return pixelFormatNames.name(f) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the W3C
// name.
func (f PixelFormat) MarshalText() ([]byte, error) { return pixelFormatNames.marshal(f) }

// UnmarshalText implements encoding.TextUnmarshaler as ParsePixelFormat reads.
func (f *PixelFormat) UnmarshalText(text []byte) error { return pixelFormatNames.unmarshal(f, text) }

// native returns what the bridge calls the format.
func (f PixelFormat) native() int { return int(f) }

// planes returns the number of planes, 0 for an unknown format.
func (f PixelFormat) planes() int {
	switch f {
	case PixelFormatI420, PixelFormatI010:
		return 3
	case PixelFormatNV12:
		return 2
	}
	return 0
}

// plane returns the size of plane i of a frame: the bytes of a row that hold
// pixels, and the number of rows.
func (f PixelFormat) plane(i, width, height int) (row, rows int) {
	chromaWidth, chromaHeight := (width+1)/2, (height+1)/2
	switch {
	case i == 0:
		row, rows = width, height
	case f == PixelFormatNV12:
		row, rows = 2*chromaWidth, chromaHeight
	default:
		row, rows = chromaWidth, chromaHeight
	}
	if f == PixelFormatI010 {
		row *= 2
	}
	return row, rows
}
