// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package marker

// whitening is added to the coded word, so that number 0 and an even picture are
// no valid mark.
const whitening = 0xA5C396_3C5A

// encode returns the 40 bits of a mark: the number, then its check bits.
func encode(number uint32) uint64 {
	number %= Modulus
	return (uint64(number)<<16 | uint64(crc16(number))) ^ whitening
}

// decode returns the number in the 40 bits of a mark, and whether its check bits
// agree.
func decode(word uint64) (number uint32, ok bool) {
	word ^= whitening
	number = uint32(word >> 16)
	return number, uint16(word) == crc16(number)
}

// crc16 returns the check bits of a 24-bit number: the CRC with the polynomial
// x^16+x^12+x^5+1, which finds every change of up to three bits and every burst of
// up to 16.
func crc16(number uint32) uint16 {
	crc := uint16(0xFFFF)
	for shift := 16; shift >= 0; shift -= 8 {
		crc ^= uint16(number>>shift&0xFF) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return crc
}
