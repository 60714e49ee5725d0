// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The headers of AV1, element by element, so that two can be compared and one can be
// made of both. No code is shared with the encoder under test.

#ifndef NRTC_TESTS_DOUBLES_AV1_HEADERS_H_
#define NRTC_TESTS_DOUBLES_AV1_HEADERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "../h264/bits.h"

namespace doubles {

enum class Obu { kSequenceHeader = 1, kTemporalDelimiter = 2, kFrameHeader = 3, kTileGroup = 4, kFrame = 6 };

// One OBU of a stream.
struct ObuUnit {
  int type = 0;
  bool extended = false;
  int temporal_id = 0;
  size_t size_at = 0;      // of obu_size, from the OBU's begin
  size_t size_bytes = 0;   // that obu_size has
  size_t payload_at = 0;   // from the OBU's begin
  Bytes payload;
};

// Takes a stream apart; false if it is none.
bool SplitObus(const Bytes& stream, std::vector<ObuUnit>& units);

// Who decides on a syntax element.
enum class Part {
  kFixed,       // the application
  kReferences,  // it too: which buffers are meant
  kQuantiser,   // rate control: base_q_idx
  kLoopFilter,  // what looks best: loop_filter_params()
  kCdef,        // the same: cdef_params()
  kSearch,      // the application, but libaom asks nobody what its search allows itself
  kTiles,       // the application, but libaom asks nobody how it lays down tiles
};

struct Element {
  const char* name = "";
  uint32_t value = 0;
  int bits = 0;
  Part part = Part::kFixed;
  size_t at = 0;  // from the payload's begin
};

// What is read of a header.
struct Av1Header {
  std::vector<Element> elements;
  std::string error;  // what was not understood; empty if all was

  // The value of an element; the first, of several of one name, or otherwise.
  uint32_t Of(const char* name, uint32_t otherwise = 0) const;
  // Where a part begins, and how many bits it has.
  size_t At(Part part) const;
  size_t Bits(Part part) const;
  size_t bits() const { return elements.empty() ? 0 : elements.back().at + static_cast<size_t>(elements.back().bits); }
};

struct Av1SequenceHeader : Av1Header {
  int width = 0;
  int height = 0;
  std::vector<uint32_t> operating_points;
};

struct Av1FrameHeader : Av1Header {
  bool key = false;
  uint32_t refresh = 0xff;
  uint32_t last = 0;  // the buffer that LAST_FRAME is
  int tile_columns_log2 = 0;
  int tile_rows_log2 = 0;
  int tile_columns = 1;
  int tile_rows = 1;
  int tile_width = 1;  // of all but the last, in superblocks
  int tile_height = 1;

  int tiles() const { return tile_columns * tile_rows; }
};

Av1SequenceHeader ReadSequenceHeader(const Bytes& payload);
Av1FrameHeader ReadFrameHeader(const Bytes& payload, const Av1SequenceHeader& sequence);

// The first element that the application decides on and that differs; empty if none
// does. Those that are named may.
std::string Difference(const Av1Header& a, const Av1Header& b, const std::vector<std::string>& may = {});

// The header of a frame as the application wrote it, with what rate control, filters and
// search of another came to, filled up to whole bytes.
Bytes Annotate(const Av1FrameHeader& own, const Av1FrameHeader& found);

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_AV1_HEADERS_H_
