// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The headers of an AV1 stream of ours: main profile, 8 bits, 4:2:0; key pictures and
// pictures that are predicted from one other, all of which are shown; one group of tiles.

#ifndef NRTC_HW_AV1_HEADERS_H_
#define NRTC_HW_AV1_HEADERS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/bit_writer.h"

namespace nrtc::hw {

inline constexpr int kAv1OrderHintBits = 8;
inline constexpr int kAv1Buffers = 8;
inline constexpr int kAv1References = 7;
// As primary_ref_frame: none.
inline constexpr int kAv1NoReference = 7;

// How a picture is cut, uniformly, and into no more tiles than it must be.
struct Av1Tiles {
  int superblock = 64;
  int columns_log2 = 0;
  int rows_log2 = 0;
  int columns = 1;
  int rows = 1;
  // Of all but the last, in superblocks.
  int width = 1;
  int height = 1;

  int count() const { return columns * rows; }
};
Av1Tiles ChooseAv1Tiles(int width, int height, bool superblocks_of_128);

// What the sequence header says. A tool is not used unless a driver cannot do without.
struct Av1Sequence {
  int level_idx = 0;
  int width = 0;
  int height = 0;
  int temporal_layers = 1;
  bool superblocks_of_128 = false;
  bool filter_intra = false;
  bool intra_edge_filter = false;
  bool interintra_compound = false;
  bool masked_compound = false;
  bool warped_motion = false;
  bool dual_filter = false;
  bool jnt_comp = false;
  bool cdef = true;

  // How the OBU's and tiles' sizes are written, which the driver says.
  int obu_size_bytes = 4;
  int tile_size_bytes = 4;

  Av1Tiles tiles() const { return ChooseAv1Tiles(width, height, superblocks_of_128); }
};

// One picture, as its header says.
struct Av1Frame {
  bool key = false;
  int temporal_index = 0;
  int order_hint = 0;
  int reference = 0;  // the buffer that it is predicted from
  uint8_t refresh = 0xff;
  int quantiser = 127;     // base_q_idx; 0 would be a stream without loss
  int filter_level = 0;
  bool select_transforms = true;  // TX_MODE_SELECT, or TX_MODE_LARGEST
  int interpolation = 0;          // 0 to 3: a filter; 4: for each block its own
};

// A frame's header, as an OBU without its tiles, and where what a driver writes in it is, in bits
// from the OBU's begin.
struct Av1FrameHeader {
  PackedHeader obu;  // filled up to a whole byte behind its bits
  size_t size = 0;   // where obu_size is, in bytes
  size_t payload = 0;
  size_t precision = 0;  // allow_high_precision_mv, not of key pictures
  size_t quantiser = 0;
  size_t loop_filter = 0;
  size_t cdef = 0;
  size_t cdef_bits = 0;
};

// OBUs with their size.
PackedHeader Av1SequenceHeader(const Av1Sequence& s);
Av1FrameHeader WriteAv1FrameHeader(const Av1Sequence& s, const Av1Frame& f);
std::vector<uint8_t> Av1TemporalDelimiter();

// What a temporal unit says of itself.
struct Av1Contents {
  bool frame = false;  // one that is shown, and nothing but it
  bool key = false;
  bool delimiter = false;  // is in front
  bool sequence = false;   // a sequence header is there
  int width = 0;           // as that says
  int height = 0;
  size_t header = 0;  // where the frame's header begins, behind the OBU's, in bytes
};
Av1Contents InspectAv1(const std::vector<uint8_t>& unit);

// The quantiser in a frame's header that was made of this one and that begins there, whatever
// precision of motion it has; -1 if somebody wrote a header of his own.
int Av1QuantiserIn(const std::vector<uint8_t>& unit, size_t header, const Av1FrameHeader& made);

}  // namespace nrtc::hw

#endif  // NRTC_HW_AV1_HEADERS_H_
