// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package clip

// glyphWidth and glyphHeight are the size of a character in font cells; one
// empty column follows each.
const (
	glyphWidth   = 5
	glyphHeight  = 7
	glyphAdvance = glyphWidth + 1
)

// font is the program's own bitmap font for what is burnt into frames. A row is
// five bits, the leftmost the highest.
var font = map[rune][glyphHeight]uint8{
	'0': {0b01110, 0b10001, 0b10001, 0b10101, 0b10001, 0b10001, 0b01110},
	'1': {0b00100, 0b01100, 0b10100, 0b00100, 0b00100, 0b00100, 0b11111},
	'2': {0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111},
	'3': {0b11110, 0b00001, 0b00001, 0b01110, 0b00001, 0b00001, 0b11110},
	'4': {0b10010, 0b10010, 0b10010, 0b11111, 0b00010, 0b00010, 0b00010},
	'5': {0b11111, 0b10000, 0b10000, 0b11110, 0b00001, 0b00001, 0b11110},
	'6': {0b00111, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110},
	'7': {0b11111, 0b00001, 0b00010, 0b00010, 0b00100, 0b00100, 0b00100},
	'8': {0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110},
	'9': {0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b11100},
	':': {0b00000, 0b00110, 0b00110, 0b00000, 0b00110, 0b00110, 0b00000},
	'.': {0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b00110, 0b00110},
	'#': {0b01010, 0b01010, 0b11111, 0b01010, 0b11111, 0b01010, 0b01010},
	' ': {},
}

// Levels of burnt-in text: light on a dark box that keeps it legible over
// everything.
const (
	textLight = 226
	textDark  = 24
)

// drawText writes text with its upper left corner at (x, y), each font cell as a
// square of scale pixels, on a dark box with a margin of one cell. What lies
// outside of the frame is cut off; x, y and scale are even, so that the box
// covers whole chroma samples.
func drawText(f *Frame, text string, x, y, scale int) {
	runes := []rune(text)
	boxW, boxH := textSize(len(runes), scale)
	fill(f.planes()[0], x, y, boxW, boxH, textDark)
	fill(f.planes()[1], x/2, y/2, boxW/2, boxH/2, 128)
	fill(f.planes()[2], x/2, y/2, boxW/2, boxH/2, 128)
	for i, r := range runes {
		for row, bits := range font[r] {
			for col := range glyphWidth {
				if bits>>(glyphWidth-1-col)&1 == 1 {
					fill(f.planes()[0], x+(1+i*glyphAdvance+col)*scale, y+(1+row)*scale, scale, scale, textLight)
				}
			}
		}
	}
}

// textSize returns the size of drawText's box in pixels.
func textSize(runes, scale int) (width, height int) {
	return (runes*glyphAdvance + 1) * scale, (glyphHeight + 2) * scale
}

// fill sets a rectangle, cut at the plane's edges, to one level.
func fill(p plane, x, y, w, h int, level byte) {
	x0, y0 := max(x, 0), max(y, 0)
	x1, y1 := min(x+w, p.width), min(y+h, p.height)
	if x0 >= x1 {
		return
	}
	for ; y0 < y1; y0++ {
		row := p.row(y0)[x0:x1]
		for i := range row {
			row[i] = level
		}
	}
}
