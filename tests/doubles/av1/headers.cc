// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "headers.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace doubles {
namespace {

// Reads elements and notes them.
class ElementReader {
 public:
  ElementReader(const Bytes& payload, Av1Header& header) : bits_(payload, payload.size() * 8), header_(header) {}

  uint32_t U(const char* name, int count) {
    const size_t at = bits_.at();
    const uint32_t value = bits_.U(count);
    header_.elements.push_back({name, value, count, part_, at});
    return value;
  }
  bool Flag(const char* name) { return U(name, 1) != 0; }
  // Reads what must be so.
  void Must(const char* name, int count, uint32_t value) {
    if (U(name, count) != value) Fail(std::string("a value of ") + name + " that is not known here");
  }
  // su(7) of deltas.
  void Delta(const char* name) { U(name, 7); }
  void Enter(Part part) { part_ = part; }
  void Fail(const std::string& why) {
    if (header_.error.empty()) header_.error = why;
  }
  bool ok() const { return bits_.ok() && header_.error.empty(); }
  void Finish() {
    if (!bits_.ok()) Fail("a header that ends too soon");
  }

 private:
  BitReader bits_;
  Av1Header& header_;
  Part part_ = Part::kFixed;
};

int Log2Above(int unit, int target) {
  int k = 0;
  while ((unit << k) < target) ++k;
  return k;
}

void ReadColors(ElementReader& r) {
  r.Must("high_bitdepth", 1, 0);
  r.Must("mono_chrome", 1, 0);
  if (r.Flag("color_description_present_flag")) {
    r.U("color_primaries", 8);
    r.U("transfer_characteristics", 8);
    if (r.U("matrix_coefficients", 8) == 0) r.Fail("colours that are no YUV");
  }
  r.U("color_range", 1);
  r.U("chroma_sample_position", 2);
  r.U("separate_uv_delta_q", 1);
}

void ReadTiles(ElementReader& r, const Av1SequenceHeader& s, Av1FrameHeader& f) {
  const int superblock = s.Of("use_128x128_superblock") ? 128 : 64;
  const int columns = (s.width + superblock - 1) / superblock, rows = (s.height + superblock - 1) / superblock;
  const int widest = 4096 / superblock;
  const int largest = 4096 * 2304 / superblock / superblock;
  r.Must("uniform_tile_spacing_flag", 1, 1);
  f.tile_columns_log2 = Log2Above(widest, columns);
  const int least = std::max(f.tile_columns_log2, Log2Above(largest, rows * columns));
  const int most_columns = Log2Above(1, std::min(columns, 64));
  while (f.tile_columns_log2 < most_columns && r.Flag("increment_tile_cols_log2")) ++f.tile_columns_log2;
  f.tile_width = (columns + (1 << f.tile_columns_log2) - 1) >> f.tile_columns_log2;
  f.tile_columns = (columns + f.tile_width - 1) / f.tile_width;
  f.tile_rows_log2 = std::max(least - f.tile_columns_log2, 0);
  const int most_rows = Log2Above(1, std::min(rows, 64));
  while (f.tile_rows_log2 < most_rows && r.Flag("increment_tile_rows_log2")) ++f.tile_rows_log2;
  f.tile_height = (rows + (1 << f.tile_rows_log2) - 1) >> f.tile_rows_log2;
  f.tile_rows = (rows + f.tile_height - 1) / f.tile_height;
  if (f.tile_columns_log2 > 0 || f.tile_rows_log2 > 0) {
    r.Enter(Part::kTiles);
    r.U("context_update_tile_id", f.tile_rows_log2 + f.tile_columns_log2);
    r.U("tile_size_bytes_minus_1", 2);
    r.Enter(Part::kFixed);
  }
}

void ReadQuantisers(ElementReader& r, const Av1SequenceHeader& s) {
  r.Enter(Part::kQuantiser);
  if (r.U("base_q_idx", 8) == 0) r.Fail("a quantiser of 0, which loses nothing");
  r.Enter(Part::kFixed);
  if (r.Flag("DeltaQYDc.delta_coded")) r.Delta("DeltaQYDc");
  const bool differ = s.Of("separate_uv_delta_q") && r.Flag("diff_uv_delta");
  for (int plane = 0; plane < (differ ? 2 : 1); ++plane) {
    if (r.Flag("DeltaQDc.delta_coded")) r.Delta("DeltaQDc");
    if (r.Flag("DeltaQAc.delta_coded")) r.Delta("DeltaQAc");
  }
  r.Must("using_qmatrix", 1, 0);
}

void ReadLoopFilter(ElementReader& r) {
  r.Enter(Part::kLoopFilter);
  const uint32_t first = r.U("loop_filter_level[0]", 6), second = r.U("loop_filter_level[1]", 6);
  if (first != 0 || second != 0) {
    r.U("loop_filter_level[2]", 6);
    r.U("loop_filter_level[3]", 6);
  }
  r.U("loop_filter_sharpness", 3);
  if (r.Flag("loop_filter_delta_enabled") && r.Flag("loop_filter_delta_update")) {
    for (int i = 0; i < 8; ++i) {
      if (r.Flag("update_ref_delta")) r.Delta("loop_filter_ref_deltas");
    }
    for (int i = 0; i < 2; ++i) {
      if (r.Flag("update_mode_delta")) r.Delta("loop_filter_mode_deltas");
    }
  }
  r.Enter(Part::kFixed);
}

void ReadCdef(ElementReader& r, const Av1SequenceHeader& s) {
  if (!s.Of("enable_cdef")) return;
  r.Enter(Part::kCdef);
  r.U("cdef_damping_minus_3", 2);
  const uint32_t bits = r.U("cdef_bits", 2);
  for (uint32_t i = 0; i < 1u << bits; ++i) {
    r.U("cdef_y_pri_strength", 4);
    r.U("cdef_y_sec_strength", 2);
    r.U("cdef_uv_pri_strength", 4);
    r.U("cdef_uv_sec_strength", 2);
  }
  r.Enter(Part::kFixed);
}

void ReadSize(ElementReader& r, const Av1SequenceHeader& s) {
  if (s.Of("enable_superres")) r.Must("use_superres", 1, 0);
  r.Must("render_and_frame_size_different", 1, 0);
}

void ReadInter(ElementReader& r, const Av1SequenceHeader& s, bool resilient, bool integers, Av1FrameHeader& f) {
  r.Enter(Part::kReferences);
  const bool derived = s.Of("enable_order_hint") && r.Flag("frame_refs_short_signaling");
  if (derived) {
    f.last = r.U("last_frame_idx", 3);
    r.U("gold_frame_idx", 3);
  }
  for (int i = 0; i < 7 && !derived; ++i) {
    const uint32_t index = r.U("ref_frame_idx", 3);
    if (i == 0) f.last = index;
  }
  r.Enter(Part::kFixed);
  ReadSize(r, s);
  r.Enter(Part::kSearch);
  if (!integers) r.U("allow_high_precision_mv", 1);
  if (!r.Flag("is_filter_switchable")) r.U("interpolation_filter", 2);
  r.U("is_motion_mode_switchable", 1);
  r.Enter(Part::kFixed);
  if (!resilient && s.Of("enable_ref_frame_mvs")) r.U("use_ref_frame_mvs", 1);
}

}  // namespace

bool SplitObus(const Bytes& stream, std::vector<ObuUnit>& units) {
  for (size_t begin = 0; begin < stream.size();) {
    ObuUnit u;
    size_t at = begin;
    const uint8_t head = stream[at++];
    u.type = head >> 3 & 15;
    u.extended = (head & 4) != 0;
    // Without the forbidden and the reserved bit, and with its size.
    if ((head & 0x83) != 2) return false;
    if (u.extended) {
      if (at == stream.size()) return false;
      u.temporal_id = stream[at] >> 5;
      if ((stream[at++] & 0x1f) != 0) return false;  // of a spatial layer
    }
    u.size_at = at - begin;
    size_t size = 0;
    for (bool more = true; more; ++u.size_bytes) {
      if (at == stream.size() || u.size_bytes == 8) return false;
      size |= static_cast<size_t>(stream[at] & 0x7f) << 7 * u.size_bytes;
      more = (stream[at++] & 0x80) != 0;
    }
    u.payload_at = at - begin;
    const size_t end = at + std::min(size, stream.size() - at);
    u.payload.assign(stream.begin() + static_cast<ptrdiff_t>(at), stream.begin() + static_cast<ptrdiff_t>(end));
    if (u.payload.size() < size) return false;
    begin = end;
    units.push_back(std::move(u));
  }
  return true;
}

uint32_t Av1Header::Of(const char* name, uint32_t otherwise) const {
  for (const Element& e : elements) {
    if (std::strcmp(e.name, name) == 0) return e.value;
  }
  return otherwise;
}

size_t Av1Header::At(Part part) const {
  for (const Element& e : elements) {
    if (e.part == part) return e.at;
  }
  return 0;
}

size_t Av1Header::Bits(Part part) const {
  size_t bits = 0;
  for (const Element& e : elements) {
    if (e.part == part) bits += static_cast<size_t>(e.bits);
  }
  return bits;
}

Av1SequenceHeader ReadSequenceHeader(const Bytes& payload) {
  Av1SequenceHeader s;
  ElementReader r(payload, s);
  r.Must("seq_profile", 3, 0);
  r.Must("still_picture", 1, 0);
  r.Must("reduced_still_picture_header", 1, 0);
  r.Must("timing_info_present_flag", 1, 0);
  r.Must("initial_display_delay_present_flag", 1, 0);
  const uint32_t points = r.U("operating_points_cnt_minus_1", 5) + 1;
  for (uint32_t i = 0; i < points; ++i) {
    s.operating_points.push_back(r.U("operating_point_idc", 12));
    if (r.U("seq_level_idx", 5) > 7) r.U("seq_tier", 1);
  }
  const int width_bits = static_cast<int>(r.U("frame_width_bits_minus_1", 4)) + 1;
  const int height_bits = static_cast<int>(r.U("frame_height_bits_minus_1", 4)) + 1;
  s.width = static_cast<int>(r.U("max_frame_width_minus_1", width_bits)) + 1;
  s.height = static_cast<int>(r.U("max_frame_height_minus_1", height_bits)) + 1;
  r.Must("frame_id_numbers_present_flag", 1, 0);
  for (const char* name : {"use_128x128_superblock", "enable_filter_intra", "enable_intra_edge_filter",
                           "enable_interintra_compound", "enable_masked_compound", "enable_warped_motion",
                           "enable_dual_filter"}) {
    r.Flag(name);
  }
  const bool hints = r.Flag("enable_order_hint");
  if (hints) {
    r.Flag("enable_jnt_comp");
    r.Flag("enable_ref_frame_mvs");
  }
  const bool chosen = r.Flag("seq_choose_screen_content_tools");
  if (chosen || r.Flag("seq_force_screen_content_tools")) {
    if (!r.Flag("seq_choose_integer_mv")) r.Flag("seq_force_integer_mv");
  }
  if (hints) r.U("order_hint_bits_minus_1", 3);
  r.Flag("enable_superres");
  r.Flag("enable_cdef");
  r.Flag("enable_restoration");
  ReadColors(r);
  r.Must("film_grain_params_present", 1, 0);
  r.Finish();
  return s;
}

Av1FrameHeader ReadFrameHeader(const Bytes& payload, const Av1SequenceHeader& s) {
  Av1FrameHeader f;
  ElementReader r(payload, f);
  r.Must("show_existing_frame", 1, 0);
  const uint32_t type = r.U("frame_type", 2);
  f.key = type == 0;
  if (type > 1) r.Fail("a frame that is neither of keys nor of inter prediction");
  r.Must("show_frame", 1, 1);
  const bool resilient = f.key || r.Flag("error_resilient_mode");
  const bool frozen = r.Flag("disable_cdf_update");
  const bool choose = s.Of("seq_choose_screen_content_tools") != 0;
  const bool tools = choose ? r.Flag("allow_screen_content_tools") : s.Of("seq_force_screen_content_tools") != 0;
  bool integers = f.key;
  if (tools && s.Of("seq_choose_integer_mv")) integers = r.Flag("force_integer_mv") || integers;
  r.Must("frame_size_override_flag", 1, 0);
  const int hint_bits = s.Of("enable_order_hint") ? static_cast<int>(s.Of("order_hint_bits_minus_1")) + 1 : 0;
  if (hint_bits > 0) r.U("order_hint", hint_bits);
  if (!f.key && !resilient) r.U("primary_ref_frame", 3);
  if (!f.key) f.refresh = r.U("refresh_frame_flags", 8);
  if (!f.key && resilient && hint_bits > 0) {
    for (int i = 0; i < 8; ++i) r.U("ref_order_hint", hint_bits);
  }
  if (f.key) {
    ReadSize(r, s);
    if (tools) r.Must("allow_intrabc", 1, 0);
  } else {
    ReadInter(r, s, resilient, integers, f);
  }
  if (!frozen) r.Flag("disable_frame_end_update_cdf");
  ReadTiles(r, s, f);
  ReadQuantisers(r, s);
  r.Must("segmentation_enabled", 1, 0);
  if (r.Flag("delta_q_present")) {
    r.U("delta_q_res", 2);
    if (r.Flag("delta_lf_present")) {
      r.U("delta_lf_res", 2);
      r.U("delta_lf_multi", 1);
    }
  }
  ReadLoopFilter(r);
  ReadCdef(r, s);
  if (s.Of("enable_restoration")) {
    for (int plane = 0; plane < 3; ++plane) r.Must("lr_type", 2, 0);
  }
  r.Enter(Part::kSearch);
  r.U("tx_mode_select", 1);
  r.Enter(Part::kFixed);
  if (!f.key) r.Must("reference_select", 1, 0);
  if (!f.key && !resilient && s.Of("enable_warped_motion")) r.U("allow_warped_motion", 1);
  r.U("reduced_tx_set", 1);
  for (int i = 0; i < 7 && !f.key; ++i) r.Must("is_global", 1, 0);
  r.Finish();
  return f;
}

std::string Difference(const Av1Header& a, const Av1Header& b, const std::vector<std::string>& may) {
  auto fixed = [&may](const Av1Header& h) {
    std::vector<Element> of;
    for (const Element& e : h.elements) {
      if (e.part == Part::kFixed && std::find(may.begin(), may.end(), e.name) == may.end()) of.push_back(e);
    }
    return of;
  };
  const std::vector<Element> first = fixed(a), second = fixed(b);
  for (size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
    if (i >= first.size()) return second[i].name;
    if (i >= second.size() || std::strcmp(first[i].name, second[i].name) != 0 || first[i].value != second[i].value) {
      return first[i].name;
    }
  }
  return "";
}

Bytes Annotate(const Av1FrameHeader& own, const Av1FrameHeader& found) {
  // Elements of a part that come in a row belong together; those of both headers come in the
  // same order.
  auto replaced = [](Part p) { return p != Part::kFixed && p != Part::kReferences; };
  BitSink sink;
  size_t theirs = 0;
  for (size_t i = 0; i < own.elements.size();) {
    const Part part = own.elements[i].part;
    const size_t begin = i;
    while (i < own.elements.size() && own.elements[i].part == part) ++i;
    if (!replaced(part)) {
      for (size_t k = begin; k < i; ++k) sink.U(own.elements[k].value, own.elements[k].bits);
      continue;
    }
    while (theirs < found.elements.size() && found.elements[theirs].part != part) ++theirs;
    for (; theirs < found.elements.size() && found.elements[theirs].part == part; ++theirs) {
      const Element& e = found.elements[theirs];
      const bool kept = std::strcmp(e.name, "tile_size_bytes_minus_1") == 0;
      sink.U(kept ? own.Of(e.name) : e.value, e.bits);
    }
  }
  return sink.bytes();
}

}  // namespace doubles
