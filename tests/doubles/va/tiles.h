// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A layout of memory that is not row by row, as GPUs have them.

#ifndef NRTC_TESTS_DOUBLES_VA_TILES_H_
#define NRTC_TESTS_DOUBLES_VA_TILES_H_

#include <cstddef>
#include <cstdint>

namespace doubles {

// Of an imaginary vendor.
inline constexpr uint64_t kTiled = 0x7e00'0000'0000'0001;

// Where the byte x of row y of a plane lies: in tiles of 64 bytes by 8 rows. The pitch is a
// multiple of 64, and the plane has whole tiles.
inline size_t TiledOffset(size_t x, size_t y, size_t pitch) {
  return (y / 8 * (pitch / 64) + x / 64) * 512 + y % 8 * 64 + x % 64;
}

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_VA_TILES_H_
