// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// AV1 of the test driver. The application's headers are in the stream, read and held
// against its parameters; libaom encodes what is behind them, refers to and keeps what
// they say, and must come to the same header. Of a frame's header, what a driver with rate
// control writes into the application's is put where that said: the quantiser, the loop
// filter, the directional one. Two more things libaom decides alone, so that they are put
// there too: how its search predicts (the precision and filters of motion, the choice of
// transforms), and the order of tiles. Without rate control it has its own filters and the
// nearest of its quantisers also. A picture that is 4096 wide is refused: libaom cuts it in
// two, which nobody has to.

#include <algorithm>
#include <array>
#include <cmath>

#include "../av1/aom.h"
#include "driver.h"

namespace doubles {
namespace {

constexpr uint32_t kNoPrimary = 7;

// The encoder of a context, and which pictures its buffers hold.
struct Av1 {
  std::unique_ptr<Aom> aom;
  std::optional<VAEncSequenceParameterBufferAV1> parameters;
  Av1SequenceHeader sequence;
  Bytes opened;  // the sequence header that it was opened for
  std::array<int, 8> held{-1, -1, -1, -1, -1, -1, -1, -1};
};

Av1& StateOf(Context& c) {
  if (!c.encoder) c.encoder = std::make_shared<Av1>();
  return *static_cast<Av1*>(c.encoder.get());
}

// One picture as its buffers say.
struct Av1Job {
  const VAEncPictureParameterBufferAV1* picture = nullptr;
  const VAEncTileGroupBufferAV1* tiles = nullptr;
  Bytes sequence;  // the application's OBUs
  Bytes frame;
  ObuUnit unit;  // what is in frame
  Av1FrameHeader header;
};

const char* CollectAv1(Driver& d, Context& c, Av1& v, Av1Job& j) {
  uint32_t packed = 0;
  size_t bits = 0;
  for (VABufferID id : c.rendered) {
    auto found = d.buffers.find(id);
    if (found == d.buffers.end()) return "a buffer was destroyed before vaEndPicture";
    const Buffer& b = found->second;
    const size_t size = b.data.size();
    if (b.type == VAEncSequenceParameterBufferType) {
      if (size != sizeof(VAEncSequenceParameterBufferAV1)) return "a sequence of another codec";
      v.parameters = *reinterpret_cast<const VAEncSequenceParameterBufferAV1*>(b.data.data());
    } else if (b.type == VAEncPictureParameterBufferType) {
      if (size != sizeof(VAEncPictureParameterBufferAV1)) return "a picture of another codec";
      j.picture = reinterpret_cast<const VAEncPictureParameterBufferAV1*>(b.data.data());
    } else if (b.type == VAEncSliceParameterBufferType) {
      if (size != sizeof(VAEncTileGroupBufferAV1) || j.tiles != nullptr) return "other than one group of tiles";
      j.tiles = reinterpret_cast<const VAEncTileGroupBufferAV1*>(b.data.data());
    } else if (b.type == VAEncMiscParameterBufferType) {
      TakeMisc(c, b);
    } else if (b.type == VAEncPackedHeaderParameterBufferType) {
      const auto* p = reinterpret_cast<const VAEncPackedHeaderParameterBuffer*>(b.data.data());
      packed = p->type;
      bits = p->bit_length;
    } else if (b.type == VAEncPackedHeaderDataBufferType) {
      if (bits != size * 8) return "a header of another length than its buffer";
      if (packed == VAEncPackedHeaderSequence && j.frame.empty()) {
        j.sequence = b.data;
      } else if (packed == VAEncPackedHeaderPicture && j.frame.empty()) {
        j.frame = b.data;
      } else {
        return "a header that was not agreed on";
      }
    } else {
      return "a buffer of another type";
    }
  }
  if (!v.parameters || j.picture == nullptr || j.tiles == nullptr) return "no sequence, picture or tile parameters";
  if (j.frame.empty()) return "no header of the frame";
  const auto* p = j.picture;
  if (!d.buffers.count(p->coded_buf) || d.buffers[p->coded_buf].type != VAEncCodedBufferType) return "no coded buffer";
  if (!d.surfaces.count(p->reconstructed_frame)) return "no surface to reconstruct in";
  if (p->reconstructed_frame == c.target) return "reconstruction over the source";
  return CheckRates(c, d.configs.at(c.config));
}

// Compares what the parameters say with what the header says.
class Agreement {
 public:
  explicit Agreement(const Av1Header& header) : header_(header) {}
  void Same(const char* element, uint32_t value, uint32_t otherwise = 0) {
    if (what_.empty() && header_.Of(element, otherwise) != value) what_ = element;
  }
  void That(bool so, const char* what) {
    if (what_.empty() && !so) what_ = what;
  }
  std::string Found() const { return what_.empty() ? "" : "the parameters say another thing than the header: " + what_; }

 private:
  const Av1Header& header_;
  std::string what_;
};

std::string TakeSequence(const Driver& d, const Context& c, Av1& v, const Av1Job& j) {
  std::vector<ObuUnit> units;
  if (!SplitObus(j.sequence, units) || units.size() != 1 || units[0].type != static_cast<int>(Obu::kSequenceHeader) ||
      units[0].extended) {
    return "a sequence header that is none";
  }
  v.sequence = ReadSequenceHeader(units[0].payload);
  if (!v.sequence.error.empty()) return v.sequence.error;
  if ((v.sequence.bits() + 8) / 8 != units[0].payload.size()) return "a sequence header of another length";
  const auto& p = *v.parameters;
  const auto& f = p.seq_fields.bits;
  Agreement a(v.sequence);
  a.Same("seq_profile", p.seq_profile);
  a.Same("seq_level_idx", p.seq_level_idx);
  a.Same("seq_tier", p.seq_tier);
  a.Same("still_picture", f.still_picture);
  a.Same("use_128x128_superblock", f.use_128x128_superblock);
  a.Same("enable_filter_intra", f.enable_filter_intra);
  a.Same("enable_intra_edge_filter", f.enable_intra_edge_filter);
  a.Same("enable_interintra_compound", f.enable_interintra_compound);
  a.Same("enable_masked_compound", f.enable_masked_compound);
  a.Same("enable_warped_motion", f.enable_warped_motion);
  a.Same("enable_dual_filter", f.enable_dual_filter);
  a.Same("enable_order_hint", f.enable_order_hint);
  a.Same("enable_jnt_comp", f.enable_jnt_comp);
  a.Same("enable_ref_frame_mvs", f.enable_ref_frame_mvs);
  a.Same("enable_superres", f.enable_superres);
  a.Same("enable_cdef", f.enable_cdef);
  a.Same("enable_restoration", f.enable_restoration);
  a.Same("order_hint_bits_minus_1", p.order_hint_bits_minus_1);
  a.That(f.bit_depth_minus8 == 0 && f.subsampling_x == 1 && f.subsampling_y == 1, "the format of pictures");
  if (!a.Found().empty()) return a.Found();
  const uint32_t needed = d.persona.av1_required;
  const VAConfigAttribValEncAV1 required{.value = needed};
  if (required.bits.support_128x128_superblock == 2 && !f.use_128x128_superblock) return "superblocks of 64";
  if (required.bits.support_intra_edge_filter == 2 && !f.enable_intra_edge_filter) return "no filter of edges";
  if (v.sequence.width > c.width || v.sequence.height > c.height) return "a picture that is larger than the context";
  // As many operating points as layers, the one with all of them first.
  const auto& points = v.sequence.operating_points;
  for (size_t i = 0; i < points.size(); ++i) {
    const uint32_t layers = points.size() == 1 ? 0 : 0x100 | ((1u << (points.size() - i)) - 1);
    if (points[i] != layers) return "operating points that are none of temporal layers";
  }
  return "";
}

std::string CheckFrame(const Driver& d, const Context& c, const Av1& v, const Av1Job& j) {
  const auto& p = *j.picture;
  const auto& f = p.picture_flags.bits;
  const auto& m = p.mode_control_flags.bits;
  const Av1FrameHeader& h = j.header;
  const Surface& source = d.surfaces.at(c.target);
  if (source.width < v.sequence.width || source.height < v.sequence.height) return "a surface that is too small";
  Agreement a(h);
  a.That(p.frame_width_minus_1 + 1 == v.sequence.width && p.frame_height_minus_1 + 1 == v.sequence.height, "the size");
  a.Same("frame_type", f.frame_type);
  a.Same("error_resilient_mode", f.error_resilient_mode, 1);
  a.Same("disable_cdf_update", f.disable_cdf_update);
  a.Same("allow_high_precision_mv", f.allow_high_precision_mv);
  a.Same("use_ref_frame_mvs", f.use_ref_frame_mvs);
  a.Same("disable_frame_end_update_cdf", f.disable_frame_end_update_cdf, f.disable_cdf_update);
  a.Same("reduced_tx_set", f.reduced_tx_set);
  a.That(!f.use_superres && !f.allow_intrabc && !f.palette_mode_enable && !f.disable_frame_recon, "tools");
  a.Same("order_hint", p.order_hint);
  a.Same("primary_ref_frame", p.primary_ref_frame, kNoPrimary);
  a.Same("refresh_frame_flags", p.refresh_frame_flags, 0xff);
  a.Same("interpolation_filter", p.interpolation_filter, h.key ? p.interpolation_filter : 4);
  a.Same("base_q_idx", p.base_qindex);
  a.That(!p.y_dc_delta_q && !p.u_dc_delta_q && !p.u_ac_delta_q && !p.v_dc_delta_q && !p.v_ac_delta_q &&
             !h.Of("DeltaQYDc.delta_coded") && !h.Of("DeltaQDc.delta_coded") && !h.Of("DeltaQAc.delta_coded"),
         "the deltas of quantisers");
  a.Same("using_qmatrix", p.qmatrix_flags.bits.using_qmatrix);
  a.Same("segmentation_enabled", p.segments.seg_flags.bits.segmentation_enabled);
  a.Same("delta_q_present", m.delta_q_present);
  a.Same("delta_lf_present", m.delta_lf_present);
  a.Same("loop_filter_level[0]", p.filter_level[0]);
  a.Same("loop_filter_level[1]", p.filter_level[1]);
  a.Same("loop_filter_level[2]", p.filter_level_u);
  a.Same("loop_filter_level[3]", p.filter_level_v);
  a.Same("loop_filter_sharpness", p.loop_filter_flags.bits.sharpness_level);
  a.Same("loop_filter_delta_enabled", p.loop_filter_flags.bits.mode_ref_delta_enabled);
  a.Same("cdef_damping_minus_3", p.cdef_damping_minus_3);
  a.Same("cdef_bits", p.cdef_bits);
  a.Same("cdef_y_pri_strength", p.cdef_y_strengths[0] / 4);
  a.Same("cdef_uv_pri_strength", p.cdef_uv_strengths[0] / 4);
  a.That(p.loop_restoration_flags.value == 0, "restoration");
  a.That(m.tx_mode == (h.Of("tx_mode_select") ? 2u : 1u), "tx_mode");
  a.That(d.persona.av1_transforms >> m.tx_mode & 1, "tx_mode, which was not offered");
  a.That(m.reference_mode == 0 && m.skip_mode_present == 0, "compound prediction");
  a.That(p.tile_cols == h.tile_columns && p.tile_rows == h.tile_rows, "the number of tiles");
  for (int i = 0; i + 1 < h.tile_columns; ++i) a.That(p.width_in_sbs_minus_1[i] + 1 == h.tile_width, "tiles' width");
  for (int i = 0; i + 1 < h.tile_rows; ++i) a.That(p.height_in_sbs_minus_1[i] + 1 == h.tile_height, "tiles' height");
  a.Same("context_update_tile_id", p.context_update_tile_id);
  a.Same("tile_size_bytes_minus_1", static_cast<uint32_t>(d.persona.av1_tile_size_bytes - 1),
         static_cast<uint32_t>(d.persona.av1_tile_size_bytes - 1));
  a.That(p.num_tile_groups_minus1 == 0 && j.tiles->tg_start == 0 && j.tiles->tg_end + 1 == h.tiles(), "groups of tiles");
  const auto& t = p.tile_group_obu_hdr_info.bits;
  const bool layered = v.sequence.operating_points.size() > 1;
  a.That(t.obu_extension_flag == j.unit.extended && layered == j.unit.extended, "obu_extension_flag");
  a.That(t.temporal_id == p.temporal_id && p.temporal_id == j.unit.temporal_id, "temporal_id");
  a.That(p.temporal_id < v.sequence.operating_points.size(), "temporal_id, of which there is no operating point");
  a.That(t.obu_has_size_field && f.enable_frame_obu, "the kind of OBU");
  return a.Found();
}

// Where the application says that its header is to be written to.
const char* CheckOffsets(const Driver& d, const Context& c, const Av1Job& j) {
  const auto& p = *j.picture;
  const bool constant = d.configs.at(c.config).rate_control == VA_RC_CQP;
  const size_t begin = j.unit.payload_at * 8;
  auto at = [&](Part part) { return constant || j.header.Bits(part) == 0 ? 0 : begin + j.header.At(part); };
  if (p.bit_offset_qindex != at(Part::kQuantiser)) return "the offset of the quantiser";
  if (p.bit_offset_loopfilter_params != at(Part::kLoopFilter)) return "the offset of the loop filter";
  if (p.bit_offset_cdef_params != at(Part::kCdef)) return "the offset of the directional filter";
  if (p.size_in_bits_cdef_params != (constant ? 0 : j.header.Bits(Part::kCdef))) return "the size of the directional filter";
  if (p.size_in_bits_frame_hdr_obu != (constant ? 0 : begin + j.header.bits())) return "the size of the header";
  if (p.bit_offset_segmentation != 0) return "an offset of segments, of which there are none";
  if (p.byte_offset_frame_hdr_obu_size != j.sequence.size() + j.unit.size_at) return "the offset of the OBU's size";
  if (static_cast<int>(j.unit.size_bytes) != d.persona.av1_obu_size_bytes) return "a size of the OBU in other bytes";
  if (!constant && (p.min_base_qindex < 1 || p.min_base_qindex > p.max_base_qindex)) return "quantisers of no range";
  return nullptr;
}

const char* CheckReferences(Driver& d, const Av1& v, const Av1Job& j) {
  const auto& p = *j.picture;
  const Av1FrameHeader& h = j.header;
  if (h.key) return p.primary_ref_frame == kNoPrimary ? nullptr : "a key frame with a primary reference";
  // libaom predicts from LAST_FRAME, and begins with its statistics.
  if (p.ref_frame_ctrl_l0.value != 1 || p.ref_frame_ctrl_l1.value != 0) return "references but the last";
  if (h.Of("error_resilient_mode") == 0) {
    if (p.primary_ref_frame > 6 || p.ref_frame_idx[p.primary_ref_frame] != h.last) return "another primary reference";
  }
  size_t i = 0;
  for (const Element& e : h.elements) {
    if (e.part == Part::kReferences && e.bits == 3 && (i > 6 || p.ref_frame_idx[i++] != e.value)) {
      return "the parameters say another thing than the header: ref_frame_idx";
    }
  }
  if (i != 7) return "references that are not all named";
  // All that a frame names must be there, whether it is predicted from or not.
  for (uint8_t index : p.ref_frame_idx) {
    if (index > 7) return "a reference that is none";
    auto found = d.surfaces.find(p.reference_frames[index]);
    if (found == d.surfaces.end() || found->second.picture < 0 || found->second.picture != v.held[index]) {
      return "a reference that is not held";
    }
  }
  for (size_t k = 0; k < 8; ++k) {
    if ((p.refresh_frame_flags >> k & 1) == 0 && p.reference_frames[k] == p.reconstructed_frame) {
      return "reconstruction over a reference";
    }
  }
  return nullptr;
}

// A group of tiles whose sizes have so many bytes.
Bytes LayTiles(const Bytes& tiles, const Av1FrameHeader& from, int count, int bytes) {
  if (count == 1) return tiles;
  const size_t had = from.Of("tile_size_bytes_minus_1") + 1;
  Bytes out(tiles.begin(), tiles.begin() + 1);  // tile_start_and_end_present_flag
  size_t at = 1;
  for (int i = 0; i + 1 < count; ++i) {
    size_t size = 0;
    for (size_t k = 0; k < had && at < tiles.size(); ++k) size |= static_cast<size_t>(tiles[at++]) << 8 * k;
    for (int k = 0; k < bytes; ++k) out.push_back(static_cast<uint8_t>(size >> 8 * k));
    const size_t end = std::min(at + size + 1, tiles.size());
    out.insert(out.end(), tiles.begin() + static_cast<ptrdiff_t>(at), tiles.begin() + static_cast<ptrdiff_t>(end));
    at = end;
  }
  out.insert(out.end(), tiles.begin() + static_cast<ptrdiff_t>(at), tiles.end());
  return out;
}

// The application's OBU with what was found, and tiles.
Bytes FinishFrame(const Driver& d, const Av1Job& j, const AomFrame& found) {
  Bytes payload = Annotate(j.header, found.header);
  const Bytes tiles = LayTiles(found.tiles, found.header, found.header.tiles(), d.persona.av1_tile_size_bytes);
  payload.insert(payload.end(), tiles.begin(), tiles.end());
  Bytes out(j.frame.begin(), j.frame.begin() + static_cast<ptrdiff_t>(j.unit.size_at));
  for (size_t i = 0; i < j.unit.size_bytes; ++i) {
    out.push_back(static_cast<uint8_t>((payload.size() >> 7 * i & 0x7f) | (i + 1 < j.unit.size_bytes ? 0x80 : 0)));
  }
  out.insert(out.end(), payload.begin(), payload.end());
  return out;
}

// The elements in which the two may differ: names of sizes and of layers, and what lets a
// frame choose what it then does not.
const std::vector<std::string> kSequencesMayDiffer = {
    "operating_points_cnt_minus_1", "operating_point_idc", "seq_level_idx", "seq_tier", "frame_width_bits_minus_1",
    "frame_height_bits_minus_1", "seq_choose_screen_content_tools", "seq_force_screen_content_tools",
    "seq_choose_integer_mv", "order_hint_bits_minus_1"};
const std::vector<std::string> kFramesMayDiffer = {"order_hint", "allow_screen_content_tools", "primary_ref_frame"};

std::string CheckFound(const Av1& v, const Av1Job& j, const AomFrame& found) {
  std::string what = Difference(v.sequence, found.sequence, kSequencesMayDiffer);
  if (what.empty()) what = Difference(j.header, found.header, kFramesMayDiffer);
  if (what.empty() && !j.header.key && found.header.last != j.header.last) what = "ref_frame_idx";
  if (what.empty() && (found.header.Of("order_hint") - j.header.Of("order_hint")) % 128 != 0) what = "order_hint";
  if (what.empty() && found.header.Of("allow_screen_content_tools") != 0) what = "allow_screen_content_tools";
  // It counts references, the application names one of several that are the same.
  if (what.empty() && !j.header.key && found.header.Of("primary_ref_frame", kNoPrimary) == kNoPrimary) {
    what = "primary_ref_frame";
  }
  return what.empty() ? "" : "libaom comes to another header: " + what;
}

}  // namespace

void DemandOfAv1(Persona& p) {
  VAConfigAttribValEncAV1 required{};
  required.bits.support_128x128_superblock = 2;
  required.bits.support_intra_edge_filter = 2;
  p.av1_required = required.value;
  p.av1_transforms = 2;
  p.av1_obu_size_bytes = 3;
  p.av1_tile_size_bytes = 2;
}

uint32_t Av1Attribute(const Persona& p, VAConfigAttribType type) {
  VAConfigAttribValEncAV1 tools{.value = p.av1_required};
  if (tools.bits.support_filter_intra == 0) tools.bits.support_filter_intra = 1;
  VAConfigAttribValEncAV1Ext1 filters{};
  filters.bits.interpolation_filter = 0x1f;
  VAConfigAttribValEncAV1Ext2 sizes{};
  sizes.bits.tile_size_bytes_minus1 = static_cast<uint32_t>(p.av1_tile_size_bytes - 1) & 3;
  sizes.bits.obu_size_bytes_minus1 = static_cast<uint32_t>(p.av1_obu_size_bytes - 1) & 3;
  sizes.bits.tx_mode_support = p.av1_transforms & 7;
  sizes.bits.max_tile_num_minus1 = 15;
  return type == VAConfigAttribEncAV1 ? tools.value : type == VAConfigAttribEncAV1Ext1 ? filters.value : sizes.value;
}

VAStatus EncodeAv1(Driver& d, Context& c, int number, Made& made) {
  Av1& v = StateOf(c);
  Av1Job j;
  if (const char* why = CollectAv1(d, c, v, j)) return RefuseWith(why);
  const auto refuse = [](const std::string& why) { return RefuseWith(why.c_str()); };
  if (!j.sequence.empty()) {
    if (const std::string why = TakeSequence(d, c, v, j); !why.empty()) return refuse(why);
  }
  if (v.sequence.elements.empty()) return RefuseWith("no sequence header");
  std::vector<ObuUnit> units;
  if (!SplitObus(j.frame, units) || units.size() != 1 || units[0].type != static_cast<int>(Obu::kFrame)) {
    return RefuseWith("a header of a frame that is none");
  }
  j.unit = units[0];
  j.header = ReadFrameHeader(j.unit.payload, v.sequence);
  if (!j.header.error.empty()) return refuse(j.header.error);
  if ((j.header.bits() + 7) / 8 != j.unit.payload.size()) return RefuseWith("a header of a frame of another length");
  if (j.header.key == j.sequence.empty()) return RefuseWith("a sequence header but before key frames");
  if (const std::string why = CheckFrame(d, c, v, j); !why.empty()) return refuse(why);
  if (const char* why = CheckOffsets(d, c, j)) return RefuseWith(why);
  if (const char* why = CheckReferences(d, v, j)) return RefuseWith(why);

  if (j.header.key && v.opened != j.sequence) {
    v.aom = Aom::Open(v.sequence, j.header);
    v.opened = j.sequence;
  }
  if (!v.aom) return RefuseWith("libaom does not take this");
  AomOrder o;
  o.key = j.header.key;
  o.buffer = static_cast<int>(j.header.last);
  o.refresh = j.header.key ? 0xff : j.picture->refresh_frame_flags;
  const bool constant = d.configs.at(c.config).rate_control == VA_RC_CQP;
  if (constant) o.quantiser = j.picture->base_qindex;
  if (!constant) o.bitrate = BitrateOf(c);
  if (!constant) o.most_quantiser = j.picture->max_base_qindex;
  o.framerate = c.framerate;
  const Surface& source = d.surfaces.at(c.target);
  AomFrame found;
  const std::string why = v.aom->Encode(&source.pixels[0], &source.pixels[static_cast<size_t>(source.pitch * source.rows())],
                                        source.pitch, o, found);
  if (!why.empty()) return refuse(why);
  if (const std::string other = CheckFound(v, j, found); !other.empty()) return refuse(other);

  made.stream = j.sequence;
  const Bytes frame = FinishFrame(d, j, found);
  made.stream.insert(made.stream.end(), frame.begin(), frame.end());
  d.surfaces[j.picture->reconstructed_frame].picture = number;
  for (size_t i = 0; i < v.held.size(); ++i) {
    if (o.refresh >> i & 1) v.held[i] = number;
  }
  made.coded = j.picture->coded_buf;
  made.log = Format("codec=av1 idr=%d layer=%d number=%d qp=%u tiles=%d", o.key, static_cast<int>(j.picture->temporal_id),
                    number, found.header.Of("base_q_idx"), j.header.tiles());
  return VA_STATUS_SUCCESS;
}

}  // namespace doubles
