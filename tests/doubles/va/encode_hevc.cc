// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// H.265 of the test driver: behind the application's headers, as far as the persona takes them,
// stands slice data of the double's own. What the headers and the parameters say must agree,
// and a decoder must have what is referred to.

#include <algorithm>
#include <cmath>
#include <map>

#include "../hevc/headers.h"
#include "../hevc/rate.h"
#include "../hevc/slice.h"
#include "driver.h"
#include "parameters.h"

namespace doubles {
namespace {

constexpr int kSmallestTransform = 2, kLargestTransform = 5;

// What a decoder holds, and what the driver keeps of each surface.
struct HeldPicture {
  int poc = 0;
  int temporal_id = 0;
  hevc::Picture picture;
};

// The encoder of a context.
struct Hevc {
  std::optional<VAEncSequenceParameterBufferHEVC> sequence;
  bool changed = true;  // and no key picture came since
  hevc::SequenceSet sps;
  hevc::PictureSet pps;
  Bytes sets;
  std::map<VASurfaceID, HeldPicture> held;
  HevcRate rate;
};

Hevc& Of(Context& c) {
  if (!c.encoder) c.encoder = std::make_shared<Hevc>();
  return *static_cast<Hevc*>(c.encoder.get());
}

// One picture as its buffers say.
struct HevcJob
    : Parameters<VAEncSequenceParameterBufferHEVC, VAEncPictureParameterBufferHEVC, VAEncSliceParameterBufferHEVC> {
  hevc::SliceHeader header;
  BitSink bits;  // the header, without that of its unit
};

// The parameter sets that the parameters describe.
void DescribeSets(const VAEncSequenceParameterBufferHEVC& s, const VAEncPictureParameterBufferHEVC& p,
                  hevc::SequenceSet& sps, hevc::PictureSet& pps) {
  const auto& f = s.seq_fields.bits;
  const auto& g = p.pic_fields.bits;
  sps = {};
  sps.level = s.general_level_idc;
  sps.width = s.pic_width_in_luma_samples;
  sps.height = s.pic_height_in_luma_samples;
  sps.log2_min_cb = s.log2_min_luma_coding_block_size_minus3 + 3;
  sps.log2_ctb = sps.log2_min_cb + s.log2_diff_max_min_luma_coding_block_size;
  sps.log2_min_tb = s.log2_min_transform_block_size_minus2 + 2;
  sps.log2_max_tb = sps.log2_min_tb + s.log2_diff_max_min_transform_block_size;
  sps.depth_inter = s.max_transform_hierarchy_depth_inter;
  sps.depth_intra = s.max_transform_hierarchy_depth_intra;
  sps.scaling_lists = f.scaling_list_enabled_flag;
  sps.amp = f.amp_enabled_flag;
  sps.sao = f.sample_adaptive_offset_enabled_flag;
  sps.pcm = f.pcm_enabled_flag;
  sps.temporal_mvp = f.sps_temporal_mvp_enabled_flag;
  sps.strong_intra = f.strong_intra_smoothing_enabled_flag;
  pps = {};
  pps.dependent_slices = g.dependent_slice_segments_enabled_flag;
  pps.sign_hiding = g.sign_data_hiding_enabled_flag;
  pps.active[0] = p.num_ref_idx_l0_default_active_minus1 + 1;
  pps.active[1] = p.num_ref_idx_l1_default_active_minus1 + 1;
  pps.init_qp = p.pic_init_qp;
  pps.constrained_intra = g.constrained_intra_pred_flag;
  pps.transform_skip = g.transform_skip_enabled_flag;
  pps.cu_qp_delta = g.cu_qp_delta_enabled_flag;
  pps.cu_qp_delta_depth = p.diff_cu_qp_delta_depth;
  pps.cb_offset = p.pps_cb_qp_offset;
  pps.cr_offset = p.pps_cr_qp_offset;
  pps.weighted = g.weighted_pred_flag;
  pps.bi_weighted = g.weighted_bipred_flag;
  pps.bypass = g.transquant_bypass_enabled_flag;
  pps.tiles = g.tiles_enabled_flag;
  pps.sync = g.entropy_coding_sync_enabled_flag;
  pps.across_slices = g.pps_loop_filter_across_slices_enabled_flag;
  pps.scaling_lists = g.scaling_list_data_present_flag;
  pps.merge_level = p.log2_parallel_merge_level_minus2 + 2;
}

// What stands in the application's parameter sets must be what it says in the parameters.
const char* CompareSets(const hevc::SequenceSet& a, const hevc::SequenceSet& b, const hevc::PictureSet& p,
                        const hevc::PictureSet& q) {
  if (a.level != b.level) return "the level of the sequence header differs";
  if (a.width != b.width || a.height != b.height) return "the size of the sequence header differs";
  if (a.log2_min_cb != b.log2_min_cb || a.log2_ctb != b.log2_ctb || a.log2_min_tb != b.log2_min_tb ||
      a.log2_max_tb != b.log2_max_tb || a.depth_inter != b.depth_inter || a.depth_intra != b.depth_intra) {
    return "the blocks of the sequence header differ";
  }
  if (a.amp != b.amp || a.sao != b.sao || a.temporal_mvp != b.temporal_mvp || a.strong_intra != b.strong_intra) {
    return "the tools of the sequence header differ";
  }
  if (p.sign_hiding != q.sign_hiding || p.active[0] != q.active[0] || p.active[1] != q.active[1] ||
      p.init_qp != q.init_qp || p.constrained_intra != q.constrained_intra || p.transform_skip != q.transform_skip ||
      p.cu_qp_delta != q.cu_qp_delta || p.cu_qp_delta_depth != q.cu_qp_delta_depth || p.cb_offset != q.cb_offset ||
      p.cr_offset != q.cr_offset || p.across_slices != q.across_slices || p.merge_level != q.merge_level) {
    return "the tools of the picture header differ";
  }
  return nullptr;
}

// What the double, and the persona, cannot do.
const char* CheckTools(const Persona& persona, const hevc::SequenceSet& s, const hevc::PictureSet& p) {
  if (s.scaling_lists || s.pcm || s.long_term || p.dependent_slices || p.constrained_intra || p.weighted ||
      p.bi_weighted || p.bypass || p.tiles || p.sync || p.scaling_lists || p.cabac_init) {
    return "a tool that is not offered";
  }
  if (p.cu_qp_delta_depth > s.log2_ctb - s.log2_min_cb) return "quantisers of parts of a block";
  if (s.log2_ctb < 4 || s.log2_ctb > 6 || s.log2_min_cb > std::min(4, s.log2_ctb) ||
      s.log2_min_tb != kSmallestTransform || s.log2_max_tb < 4 || s.log2_max_tb > std::min(kLargestTransform, s.log2_ctb) ||
      std::max(s.depth_inter, s.depth_intra) > s.log2_ctb - s.log2_min_tb) {
    return "blocks of a size that there is not";
  }
  if (s.width % (1 << s.log2_min_cb) != 0 || s.height % (1 << s.log2_min_cb) != 0) return "a size of broken blocks";
  if (!persona.tells_hevc) return nullptr;
  VAConfigAttribValEncHEVCFeatures features{};
  VAConfigAttribValEncHEVCBlockSizes blocks{};
  features.value = HevcAttribute(persona, VAConfigAttribEncHEVCFeatures);
  blocks.value = HevcAttribute(persona, VAConfigAttribEncHEVCBlockSizes);
  const auto& f = features.bits;
  const auto& b = blocks.bits;
  if ((s.amp && !f.amp) || (s.sao && !f.sao) || (s.temporal_mvp && !f.temporal_mvp) ||
      (s.strong_intra && !f.strong_intra_smoothing) || (p.sign_hiding && !f.sign_data_hiding) ||
      (p.transform_skip && !f.transform_skip) || (p.cu_qp_delta && !f.cu_qp_delta)) {
    return "a tool that is not offered";
  }
  if (f.pcm == VA_FEATURE_REQUIRED) return "without a tool that is required";
  auto outside = [](int log2, uint32_t least, uint32_t most) {
    return log2 < static_cast<int>(least) || log2 > static_cast<int>(most);
  };
  if (outside(s.log2_ctb - 3, b.log2_min_coding_tree_block_size_minus3, b.log2_max_coding_tree_block_size_minus3) ||
      outside(s.log2_min_cb - 3, b.log2_min_luma_coding_block_size_minus3, 3) ||
      outside(s.log2_max_tb - 2, b.log2_min_luma_transform_block_size_minus2,
              b.log2_max_luma_transform_block_size_minus2) ||
      outside(s.depth_inter, b.min_max_transform_hierarchy_depth_inter, b.max_max_transform_hierarchy_depth_inter) ||
      outside(s.depth_intra, b.min_max_transform_hierarchy_depth_intra, b.max_max_transform_hierarchy_depth_intra)) {
    return "blocks of a size that is not offered";
  }
  return nullptr;
}

// Takes the parameter sets with a key picture: the application's, or those that are written here.
const char* TakeSets(const Persona& persona, const Context& c, Hevc& e, const HevcJob& j) {
  hevc::SequenceSet sps;
  hevc::PictureSet pps;
  DescribeSets(*j.sequence, *j.picture, sps, pps);
  e.sets.clear();
  if (c.parameter_sets.empty()) {
    // What the driver writes by itself: the picture before is kept, and nothing else.
    sps.sets = {{{1, true}}};
    e.sps = sps;
    e.pps = pps;
    if (const char* why = CheckTools(persona, sps, pps)) return why;
    hevc::AppendSets(e.sets, sps, pps);
    return nullptr;
  }
  bool vps = false, has_sps = false, has_pps = false;
  e.sps = {};
  e.pps = {};
  for (const Bytes& unit : hevc::Units(c.parameter_sets)) {
    const int type = unit[0] >> 1 & 63;
    vps = vps || type == hevc::kVps;
    if (type == hevc::kSps) has_sps = hevc::ReadSequence(unit, e.sps);
    if (type == hevc::kPps) has_pps = hevc::ReadPicture(unit, e.pps);
  }
  if (!vps || !has_sps || !has_pps) return "parameter sets that do not parse";
  e.sets = c.parameter_sets;
  if (const char* why = CompareSets(e.sps, sps, e.pps, pps)) return why;
  return CheckTools(persona, e.sps, e.pps);
}

// The references in the order of their distance, as the parameters say.
hevc::References DescribeReferences(const VAEncPictureParameterBufferHEVC& p) {
  hevc::References all;
  for (const auto& r : p.reference_frames) {
    if (r.flags & VA_PICTURE_HEVC_INVALID) continue;
    const bool used = (r.flags & VA_PICTURE_HEVC_RPS_ST_CURR_BEFORE) != 0;
    all.push_back({p.decoded_curr_pic.pic_order_cnt - r.pic_order_cnt, used});
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.distance < b.distance; });
  return all;
}

// The slice header: the application's, or one of what the parameters say.
const char* TakeHeader(Hevc& e, HevcJob& j) {
  hevc::SliceHeader& h = j.header;
  if (!j.packed.slice_header.empty()) {
    if (!hevc::ReadSlice(j.packed.slice_header, j.packed.slice_bits, e.sps, e.pps, h)) {
      return "a slice header that does not parse";
    }
    const Bytes rest(j.packed.slice_header.begin() + 2, j.packed.slice_header.end());
    BitReader r(rest, j.packed.slice_bits - 16);
    while (r.at() < j.packed.slice_bits - 16) j.bits.Bit(r.U(1));
    return nullptr;
  }
  const auto& s = *j.slice;
  const auto& f = s.slice_fields.bits;
  h.nal = j.picture->nal_unit_type;
  h.type = s.slice_type;
  h.poc_lsb = j.picture->decoded_curr_pic.pic_order_cnt % (1 << e.sps.log2_max_poc);
  if (!h.idr()) h.references = DescribeReferences(*j.picture);
  h.of_sequence = e.sps.sets.size() == 1 && h.references.size() == 1 && h.references[0].used &&
                  h.references[0].distance == e.sps.sets[0][0].distance;
  h.temporal_mvp = f.slice_temporal_mvp_enabled_flag;
  h.sao_luma = f.slice_sao_luma_flag;
  h.sao_chroma = f.slice_sao_chroma_flag;
  h.active_override = f.num_ref_idx_active_override_flag;
  h.active[0] = s.num_ref_idx_l0_active_minus1 + 1;
  h.active[1] = s.num_ref_idx_l1_active_minus1 + 1;
  h.mvd_l1_zero = f.mvd_l1_zero_flag;
  h.collocated_from_l0 = f.collocated_from_l0_flag;
  h.merge_candidates = s.max_num_merge_cand;
  h.qp = e.pps.init_qp + s.slice_qp_delta;
  h.cb_offset = s.slice_cb_qp_offset;
  h.cr_offset = s.slice_cr_qp_offset;
  h.across_slices = f.slice_loop_filter_across_slices_enabled_flag;
  j.bits = hevc::WriteSlice(e.sps, e.pps, h);
  return nullptr;
}

// What the parameters and the slice header say of the picture itself.
const char* CheckPicture(const Driver& d, const Context& c, const Hevc& e, const HevcJob& j) {
  const auto& p = *j.picture;
  const auto& s = *j.slice;
  const auto& f = s.slice_fields.bits;
  const hevc::SliceHeader& h = j.header;
  const bool idr = p.pic_fields.bits.idr_pic_flag;
  if (e.sps.width != c.width || e.sps.height != c.height) return "a sequence of another size than the context";
  const Surface& source = d.surfaces.at(c.target);
  if (source.pitch < c.width || source.coded_height() < c.height) return "a surface that is too small";
  if (!d.surfaces.count(p.decoded_curr_pic.picture_id)) return "no surface to reconstruct in";
  if (p.decoded_curr_pic.picture_id == c.target) return "reconstruction over the source";
  const int ctb = 1 << e.sps.log2_ctb;
  const int ctbs = ((c.width + ctb - 1) / ctb) * ((c.height + ctb - 1) / ctb);
  if (s.num_ctu_in_slice != static_cast<uint32_t>(ctbs) || !f.last_slice_of_pic_flag) {
    return "a slice that is not the picture";
  }
  if (h.nal != p.nal_unit_type) return "the type of the unit differs";
  // What stands in for a P picture by two lists that are alike may be called one.
  const uint32_t coding_type = idr ? 1 : s.slice_type == hevc::kP || p.pic_fields.bits.coding_type == 2 ? 2 : 3;
  if (h.idr() != idr || idr != (s.slice_type == hevc::kI)) return "IDR here and not there";
  if (p.pic_fields.bits.coding_type != coding_type) return "the type of the picture differs";
  if (!idr && d.persona.two_lists_only && s.slice_type != hevc::kB) return "P pictures are not offered";
  if (h.type != s.slice_type) return "the type of the slice differs";
  if (idr && p.decoded_curr_pic.pic_order_cnt != 0) return "an IDR picture in the midst of the order";
  if (!idr && h.poc_lsb != p.decoded_curr_pic.pic_order_cnt % (1 << e.sps.log2_max_poc)) {
    return "picture order count of the slice header differs";
  }
  if (h.temporal_id >= e.sps.layers || (idr && h.temporal_id != 0)) return "a temporal layer that the sequence has not";
  if (h.nal == hevc::kTsaN && p.pic_fields.bits.reference_pic_flag) return "a reference here and not there";
  if (h.qp != e.pps.init_qp + s.slice_qp_delta) return "the quantiser of the slice header differs";
  if (h.qp < 0 || h.qp > 51) return "the quantiser is out of range";
  if (h.sao_luma != f.slice_sao_luma_flag || h.sao_chroma != f.slice_sao_chroma_flag ||
      (!idr && h.temporal_mvp != f.slice_temporal_mvp_enabled_flag) || h.cabac_init || h.mvd_l1_zero != f.mvd_l1_zero_flag ||
      h.deblocking_off != f.slice_deblocking_filter_disabled_flag || h.cb_offset != s.slice_cb_qp_offset ||
      h.cr_offset != s.slice_cr_qp_offset || h.beta != s.slice_beta_offset_div2 || h.tc != s.slice_tc_offset_div2) {
    return "the tools of the slice header differ";
  }
  if (!idr && h.merge_candidates != s.max_num_merge_cand) return "the merge candidates of the slice header differ";
  if (!idr && p.collocated_ref_pic_index != (h.temporal_mvp ? 0 : 0xff)) {
    return "motion of a picture that is not the reference";
  }
  return nullptr;
}

// What the picture refers to and keeps: the same everywhere, and held by a decoder.
const char* CheckReferences(Hevc& e, const HevcJob& j, VASurfaceID& reference) {
  const auto& p = *j.picture;
  const auto& s = *j.slice;
  const hevc::SliceHeader& h = j.header;
  const int poc = p.decoded_curr_pic.pic_order_cnt;
  if (h.idr()) {
    e.held.clear();
    return nullptr;
  }
  if (static_cast<int>(h.references.size()) > e.sps.buffering[e.sps.layers - 1]) {
    return "more references than the sequence allows";
  }
  auto find = [&](int distance) {
    return std::find_if(e.held.begin(), e.held.end(), [&](const auto& k) { return k.second.poc == poc - distance; });
  };
  hevc::References listed = DescribeReferences(p);
  for (const auto& r : p.reference_frames) {
    if (r.flags & VA_PICTURE_HEVC_INVALID) continue;
    auto found = e.held.find(r.picture_id);
    if (found == e.held.end() || found->second.poc != r.pic_order_cnt) return "a reference that is not held";
    if (r.picture_id == p.decoded_curr_pic.picture_id) return "reconstruction over a reference";
  }
  std::map<VASurfaceID, HeldPicture> kept;
  reference = VA_INVALID_ID;
  for (const hevc::Kept& k : h.references) {
    auto found = find(k.distance);
    if (found == e.held.end()) return "a picture in the slice header that is not held";
    const auto same =
        std::find_if(listed.begin(), listed.end(), [&](const auto& l) { return l.distance == k.distance; });
    if (k.used != (same != listed.end() && same->used)) return "the slice header refers to others";
    if (found->first == p.decoded_curr_pic.picture_id) return "reconstruction over a picture that is kept";
    const int above = found->second.temporal_id - h.temporal_id;
    const bool upper = h.nal == hevc::kTsaN || h.nal == hevc::kTsaR ? above >= 0 : above > 0;
    if (upper) return "a reference of a temporal layer above";
    if (k.used && reference == VA_INVALID_ID) reference = found->first;
    kept.insert(*found);
  }
  for (const auto& l : listed) {
    if (!kept.count(find(l.distance)->first)) return "a reference that the slice header does not keep";
  }
  if (reference == VA_INVALID_ID) return "no reference";
  if (s.num_ref_idx_l0_active_minus1 != 0 || s.num_ref_idx_l1_active_minus1 != 0 || h.active[0] != 1 ||
      h.active[1] != 1) {
    return "more references at once than are offered";
  }
  if (s.ref_pic_list0[0].picture_id != reference) return "a list of references that begins with another";
  if (h.type == hevc::kB && s.ref_pic_list1[0].picture_id != reference) return "two lists of references that differ";
  e.held = std::move(kept);
  return nullptr;
}

hevc::Picture PictureOf(const Surface& surface, int width, int height) {
  hevc::Picture p{{hevc::Plane(width, height), hevc::Plane(width / 2, height / 2), hevc::Plane(width / 2, height / 2)}};
  const size_t pitch = static_cast<size_t>(surface.pitch), chroma = pitch * static_cast<size_t>(surface.rows());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      p.planes[0].at(x, y) = surface.pixels[static_cast<size_t>(y) * pitch + static_cast<size_t>(x)];
      if (x % 2 == 0 && y % 2 == 0) {
        const size_t at = chroma + static_cast<size_t>(y / 2) * pitch + static_cast<size_t>(x);
        p.planes[1].at(x / 2, y / 2) = surface.pixels[at];
        p.planes[2].at(x / 2, y / 2) = surface.pixels[at + 1];
      }
    }
  }
  return p;
}

hevc::Slice SliceOf(const Hevc& e, const hevc::SliceHeader& h, int qp) {
  hevc::Slice s;
  s.type = static_cast<hevc::SliceType>(h.type);
  s.log2_ctb = e.sps.log2_ctb;
  s.log2_min_cb = e.sps.log2_min_cb;
  s.log2_min_tb = e.sps.log2_min_tb;
  s.log2_max_tb = e.sps.log2_max_tb;
  s.max_depth_intra = e.sps.depth_intra;
  s.merge_candidates = h.merge_candidates;
  s.sao_luma = h.sao_luma;
  s.sao_chroma = h.sao_chroma;
  s.sign_data_hiding = e.pps.sign_hiding;
  s.transform_skip = e.pps.transform_skip;
  s.cu_qp_delta = e.pps.cu_qp_delta;
  s.cu_qp_delta_depth = e.pps.cu_qp_delta_depth;
  s.deblocking = !h.deblocking_off;
  s.beta_offset_div2 = h.beta;
  s.tc_offset_div2 = h.tc;
  s.header_qp = h.qp;
  s.qp = qp;
  s.chroma_pps_offset[0] = e.pps.cb_offset;
  s.chroma_pps_offset[1] = e.pps.cr_offset;
  s.chroma_slice_offset[0] = h.cb_offset;
  s.chroma_slice_offset[1] = h.cr_offset;
  return s;
}

}  // namespace

uint32_t HevcAttribute(const Persona& p, VAConfigAttribType type) {
  if (type == VAConfigAttribPredictionDirection && p.two_lists_only) {
    return VA_PREDICTION_DIRECTION_PREVIOUS | VA_PREDICTION_DIRECTION_BI_NOT_EMPTY;
  }
  if (!p.tells_hevc) return VA_ATTRIB_NOT_SUPPORTED;
  VAConfigAttribValEncHEVCFeatures features{};
  VAConfigAttribValEncHEVCBlockSizes blocks{};
  if (type == VAConfigAttribEncHEVCFeatures) {
    auto& f = features.bits;
    f.amp = p.low_power_only ? VA_FEATURE_NOT_SUPPORTED : VA_FEATURE_SUPPORTED;
    f.sao = f.temporal_mvp = f.cu_qp_delta = f.transform_skip = f.sign_data_hiding = VA_FEATURE_SUPPORTED;
    f.strong_intra_smoothing = f.deblocking_filter_disable = VA_FEATURE_SUPPORTED;
    if (p.insists) f.pcm = VA_FEATURE_REQUIRED;
    return features.value;
  }
  if (type == VAConfigAttribEncHEVCBlockSizes) {
    auto& b = blocks.bits;
    b.log2_max_coding_tree_block_size_minus3 = 3;
    b.log2_min_coding_tree_block_size_minus3 = p.low_power_only ? 3 : 1;
    b.log2_max_luma_transform_block_size_minus2 = kLargestTransform - 2;
    b.log2_min_luma_transform_block_size_minus2 = kSmallestTransform - 2;
    b.max_max_transform_hierarchy_depth_inter = b.max_max_transform_hierarchy_depth_intra = 2;
    return blocks.value;
  }
  return VA_ATTRIB_NOT_SUPPORTED;
}

VAStatus EncodeHevc(Driver& d, Context& c, int, Made& made) {
  Hevc& e = Of(c);
  HevcJob j;
  if (const char* why = Collect(d, c, e.sequence, j)) return RefuseWith(why);
  e.changed = e.changed || j.new_sequence;
  const bool idr = j.picture->pic_fields.bits.idr_pic_flag;
  if (idr) {
    if (const char* why = TakeSets(d.persona, c, e, j)) return RefuseWith(why);
    e.changed = false;
  }
  if (e.changed) return RefuseWith("a sequence that no key picture begins");
  if (const char* why = TakeHeader(e, j)) return RefuseWith(why);
  if (const char* why = CheckPicture(d, c, e, j)) return RefuseWith(why);
  VASurfaceID reference = VA_INVALID_ID;
  if (const char* why = CheckReferences(e, j, reference)) return RefuseWith(why);

  const bool own_quantiser = d.configs.at(c.config).rate_control == VA_RC_CQP;
  int qp = j.header.qp;
  if (!own_quantiser) {
    if (!e.pps.cu_qp_delta) return RefuseWith("rate control without differences of the quantiser");
    qp = std::clamp(e.rate.Next(BitrateOf(c), c.framerate), j.header.qp - 26, j.header.qp + 25);
  }
  const hevc::Picture source = PictureOf(d.surfaces.at(c.target), c.width, c.height);
  HeldPicture current{j.picture->decoded_curr_pic.pic_order_cnt, j.header.temporal_id, source};
  BitSink w = j.bits;
  const hevc::Picture& before = idr ? source : e.held.at(reference).picture;
  hevc::AppendSliceData(w, SliceOf(e, j.header, qp), source, before, current.picture);
  if (j.picture->pic_fields.bits.reference_pic_flag) {
    e.held[j.picture->decoded_curr_pic.picture_id] = std::move(current);
  }

  made.coded = j.picture->coded_buf;
  if (idr && d.persona.parameter_sets) made.stream = e.sets;
  made.stream.insert(made.stream.end(), j.packed.other_units.begin(), j.packed.other_units.end());
  hevc::AppendUnit(made.stream, j.header.nal, j.header.temporal_id, w.bytes());
  e.rate.Took(made.stream.size(), idr);
  made.log = Format("codec=hevc idr=%d layer=%d poc=%d type=%d qp=%d level=%d kept=%zu", idr, j.header.temporal_id,
                    j.picture->decoded_curr_pic.pic_order_cnt, j.header.type, qp, e.sps.level, e.held.size());
  return VA_STATUS_SUCCESS;
}

}  // namespace doubles
