// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import "encoding/binary"

const obuSequenceHeader = 1

// hasOBU reports whether there is an OBU of a type in a temporal unit of AV1, whose OBUs
// have their sizes.
func hasOBU(unit []byte, kind byte) bool {
	const extension, hasSize = 4, 2
	for len(unit) > 0 {
		header := unit[0]
		if header&hasSize == 0 {
			return false
		}
		if header>>3&15 == kind {
			return true
		}
		unit = unit[1:]
		if header&extension != 0 && len(unit) > 0 {
			unit = unit[1:]
		}
		// leb128 is the varint of protocol buffers.
		size, length := binary.Uvarint(unit)
		if length <= 0 || size > uint64(len(unit)-length) {
			return false
		}
		unit = unit[length+int(size):]
	}
	return false
}
