// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/av1_headers.h"

#include <algorithm>

namespace nrtc::hw {
namespace {

enum Av1ObuType { kObuSequenceHeader = 1, kObuTemporalDelimiter = 2, kObuFrame = 6 };

constexpr int kAv1WidestTile = 4096;
constexpr int kAv1LargestTile = 4096 * 2304;
constexpr int kAv1MostTiles = 64;  // of a row or a column

// How often a size must be doubled to reach another.
int Av1Log2(int unit, int target) {
  int k = 0;
  while ((unit << k) < target) ++k;
  return k;
}

PackedHeader ToHeader(const BitWriter& w) {
  return {w.bytes(), w.bits()};
}

void WriteObuHeader(BitWriter& w, Av1ObuType type, bool layered, int temporal_index) {
  w.Bits(0, 1);
  w.Bits(type, 4);
  w.Flag(layered);
  w.Flag(true);  // obu_has_size_field
  w.Bits(0, 1);
  if (!layered) return;
  w.Bits(static_cast<uint32_t>(temporal_index), 3);
  w.Bits(0, 5);  // spatial_id and three bits
}

// leb128(), of so many bytes even if less would do.
void WriteLeb128(BitWriter& w, size_t value, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 7) {
    w.Flag(i + 1 < bytes);
    w.Bits(static_cast<uint32_t>(value & 0x7f), 7);
  }
}

void AppendBits(BitWriter& to, const BitWriter& from) {
  for (size_t i = 0; i < from.bits(); ++i) to.Flag((from.bytes()[i / 8] >> (7 - i % 8) & 1) != 0);
}

void WriteOperatingPoints(BitWriter& w, const Av1Sequence& s) {
  w.Bits(static_cast<uint32_t>(s.temporal_layers - 1), 5);
  for (int left = s.temporal_layers; left > 0; --left) {
    // The first has all layers; one spatial layer.
    w.Bits(s.temporal_layers == 1 ? 0 : 1u << 8 | ((1u << left) - 1), 12);
    w.Bits(static_cast<uint32_t>(s.level_idx), 5);
    if (s.level_idx > 7) w.Flag(false);  // the main tier
  }
}

void WriteTiles(BitWriter& w, const Av1Sequence& s) {
  const Av1Tiles t = s.tiles();
  const int columns = (s.width + t.superblock - 1) / t.superblock;
  const int rows = (s.height + t.superblock - 1) / t.superblock;
  w.Flag(true);  // uniform_tile_spacing_flag
  // No more than the least.
  if (t.columns_log2 < Av1Log2(1, std::min(columns, kAv1MostTiles))) w.Flag(false);
  if (t.rows_log2 < Av1Log2(1, std::min(rows, kAv1MostTiles))) w.Flag(false);
  if (t.columns_log2 + t.rows_log2 == 0) return;
  w.Bits(0, t.columns_log2 + t.rows_log2);  // context_update_tile_id
  w.Bits(static_cast<uint32_t>(s.tile_size_bytes - 1), 2);
}

// Returns where the precision of motion is.
size_t WriteReferences(BitWriter& w, const Av1Frame& f) {
  w.Flag(false);  // frame_refs_short_signaling
  // Wherever the picture is predicted from is one buffer.
  for (int i = 0; i < kAv1References; ++i) w.Bits(static_cast<uint32_t>(f.reference), 3);
  w.Flag(false);  // render_and_frame_size_different
  const size_t precision = w.bits();
  w.Flag(false);  // allow_high_precision_mv
  w.Flag(f.interpolation == 4);
  if (f.interpolation != 4) w.Bits(static_cast<uint32_t>(f.interpolation), 2);
  w.Flag(false);  // is_motion_mode_switchable
  return precision;
}

void WriteLoopFilter(BitWriter& w, const Av1Frame& f) {
  const auto level = static_cast<uint32_t>(f.filter_level);
  w.Bits(level, 6);
  w.Bits(level, 6);
  if (level != 0) {
    w.Bits(level, 6);
    w.Bits(level, 6);
  }
  w.Bits(0, 3);   // loop_filter_sharpness
  w.Flag(false);  // loop_filter_delta_enabled
}

// Reads bits; zeros beyond the end.
class Av1Bits {
 public:
  Av1Bits(const std::vector<uint8_t>& bytes, size_t begin) : bytes_(bytes), at_(begin * 8) {}
  uint32_t Read(int count) {
    uint32_t value = 0;
    for (; count > 0; --count, ++at_) {
      value = value << 1 | (at_ / 8 < bytes_.size() ? bytes_[at_ / 8] >> (7 - at_ % 8) & 1u : 0u);
    }
    return value;
  }

 private:
  const std::vector<uint8_t>& bytes_;
  size_t at_;
};

// The size that a sequence header says, unless it is of a kind that is not ours.
void InspectSequence(const std::vector<uint8_t>& unit, size_t payload, Av1Contents& found) {
  Av1Bits bits(unit, payload);
  if (bits.Read(3) != 0 || bits.Read(4) != 0) return;
  for (uint32_t points = bits.Read(5) + 1; points > 0; --points) {
    bits.Read(12);
    if (bits.Read(5) > 7) bits.Read(1);
  }
  const int width_bits = static_cast<int>(bits.Read(4)) + 1;
  const int height_bits = static_cast<int>(bits.Read(4)) + 1;
  found.width = static_cast<int>(bits.Read(width_bits)) + 1;
  found.height = static_cast<int>(bits.Read(height_bits)) + 1;
}

}  // namespace

Av1Tiles ChooseAv1Tiles(int width, int height, bool superblocks_of_128) {
  Av1Tiles t;
  t.superblock = superblocks_of_128 ? 128 : 64;
  const int columns = (width + t.superblock - 1) / t.superblock;
  const int rows = (height + t.superblock - 1) / t.superblock;
  t.columns_log2 = Av1Log2(kAv1WidestTile / t.superblock, columns);
  const int least = std::max(t.columns_log2, Av1Log2(kAv1LargestTile / t.superblock / t.superblock, columns * rows));
  t.rows_log2 = least - t.columns_log2;
  t.width = (columns + (1 << t.columns_log2) - 1) >> t.columns_log2;
  t.height = (rows + (1 << t.rows_log2) - 1) >> t.rows_log2;
  t.columns = (columns + t.width - 1) / t.width;
  t.rows = (rows + t.height - 1) / t.height;
  return t;
}

PackedHeader Av1SequenceHeader(const Av1Sequence& s) {
  BitWriter w;
  w.Bits(0, 3);  // seq_profile
  w.Bits(0, 2);  // still_picture, reduced_still_picture_header
  w.Bits(0, 2);  // timing_info_present_flag, initial_display_delay_present_flag
  WriteOperatingPoints(w, s);
  w.Bits(15, 4);
  w.Bits(15, 4);
  w.Bits(static_cast<uint32_t>(s.width - 1), 16);
  w.Bits(static_cast<uint32_t>(s.height - 1), 16);
  w.Flag(false);  // frame_id_numbers_present_flag
  w.Flag(s.superblocks_of_128);
  w.Flag(s.filter_intra);
  w.Flag(s.intra_edge_filter);
  w.Flag(s.interintra_compound);
  w.Flag(s.masked_compound);
  w.Flag(s.warped_motion);
  w.Flag(s.dual_filter);
  w.Flag(true);  // enable_order_hint
  w.Flag(s.jnt_comp);
  w.Flag(false);  // enable_ref_frame_mvs
  w.Bits(0, 2);   // no screen content tools
  w.Bits(kAv1OrderHintBits - 1, 3);
  w.Flag(false);  // enable_superres
  w.Flag(s.cdef);
  w.Flag(false);  // enable_restoration
  w.Bits(0, 3);   // high_bitdepth, mono_chrome, color_description_present_flag
  w.Flag(false);  // color_range: that of video
  w.Bits(0, 2);   // chroma_sample_position
  w.Flag(false);  // separate_uv_delta_q
  w.Flag(false);  // film_grain_params_present
  w.TrailingBits();
  BitWriter obu;
  WriteObuHeader(obu, kObuSequenceHeader, false, 0);
  WriteLeb128(obu, w.bytes().size(), 1);
  AppendBits(obu, w);
  return ToHeader(obu);
}

Av1FrameHeader WriteAv1FrameHeader(const Av1Sequence& s, const Av1Frame& f) {
  Av1FrameHeader made;
  BitWriter w;
  w.Flag(false);  // show_existing_frame
  w.Bits(f.key ? 0 : 1, 2);
  w.Flag(true);  // show_frame
  // Each picture has the statistics of the one that it is predicted from, so that layers can be
  // left out without resilience.
  if (!f.key) w.Flag(false);  // error_resilient_mode
  w.Flag(false);              // disable_cdf_update
  w.Flag(false);              // frame_size_override_flag
  w.Bits(static_cast<uint32_t>(f.order_hint), kAv1OrderHintBits);
  if (!f.key) {
    // Which of the references, all of which are one: its own number, for drivers that take this for
    // the number of a buffer.
    w.Bits(static_cast<uint32_t>(f.reference), 3);
    w.Bits(f.refresh, 8);
    made.precision = WriteReferences(w, f);
  } else {
    w.Flag(false);  // render_and_frame_size_different
  }
  w.Flag(false);  // disable_frame_end_update_cdf
  WriteTiles(w, s);
  made.quantiser = w.bits();
  w.Bits(static_cast<uint32_t>(f.quantiser), 8);
  w.Bits(0, 3);  // no deltas of the quantiser
  w.Flag(false);  // using_qmatrix
  w.Flag(false);  // segmentation_enabled
  w.Flag(false);  // delta_q_present
  made.loop_filter = w.bits();
  WriteLoopFilter(w, f);
  if (s.cdef) {
    made.cdef = w.bits();
    w.Bits(0, 2);   // cdef_damping_minus_3
    w.Bits(0, 2);   // cdef_bits
    w.Bits(0, 12);  // strengths
    made.cdef_bits = w.bits() - made.cdef;
  }
  w.Flag(f.select_transforms);
  if (!f.key) {
    w.Flag(false);                       // reference_select
    if (s.warped_motion) w.Flag(false);  // allow_warped_motion
  }
  w.Flag(true);  // reduced_tx_set
  if (!f.key) w.Bits(0, kAv1References);  // is_global

  BitWriter obu;
  WriteObuHeader(obu, kObuFrame, s.temporal_layers > 1, f.temporal_index);
  made.size = obu.bytes().size();
  WriteLeb128(obu, w.bytes().size(), s.obu_size_bytes);
  made.payload = obu.bytes().size();
  for (size_t* at : {&made.precision, &made.quantiser, &made.loop_filter, &made.cdef}) {
    if (*at != 0) *at += obu.bits();
  }
  AppendBits(obu, w);
  made.obu = ToHeader(obu);
  return made;
}

std::vector<uint8_t> Av1TemporalDelimiter() {
  BitWriter w;
  WriteObuHeader(w, kObuTemporalDelimiter, false, 0);
  WriteLeb128(w, 0, 1);
  return w.bytes();
}

Av1Contents InspectAv1(const std::vector<uint8_t>& unit) {
  Av1Contents found;
  constexpr int kObuFrameHeader = 3;
  int frames = 0;
  for (size_t begin = 0; begin < unit.size();) {
    const uint8_t head = unit[begin];
    const int type = head >> 3 & 15;
    size_t at = begin + ((head & 4) != 0 ? 2 : 1);
    // The forbidden bit, and a size, without which nobody knows where the next begins.
    if ((head & 0x82) != 2) return {};
    size_t size = 0;
    bool more = true;
    for (int i = 0; more; ++i) {
      if (i == 8 || at >= unit.size()) return {};
      size |= static_cast<size_t>(unit[at] & 0x7f) << 7 * i;
      more = (unit[at++] & 0x80) != 0;
    }
    if (size > unit.size() - at) return {};
    if (type == kObuTemporalDelimiter) found.delimiter = found.delimiter || begin == 0;
    if (type == kObuSequenceHeader) {
      found.sequence = true;
      InspectSequence(unit, at, found);
    }
    if ((type == kObuFrame || type == kObuFrameHeader) && size > 0) {
      Av1Bits bits(unit, at);
      const bool again = bits.Read(1) != 0;
      found.key = bits.Read(2) == 0;
      const bool shown = bits.Read(1) != 0;
      found.frame = ++frames == 1 && !again && shown;
      found.header = at;
    }
    begin = at + size;
  }
  return found;
}

int Av1QuantiserIn(const std::vector<uint8_t>& unit, size_t header, const Av1FrameHeader& made) {
  Av1Bits there(unit, header), ours(made.obu.bytes, made.payload);
  for (size_t i = made.payload * 8; i < made.quantiser; ++i) {
    if (there.Read(1) != ours.Read(1) && i != made.precision) return -1;
  }
  return static_cast<int>(there.Read(8));
}

}  // namespace nrtc::hw
