// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/hevc_headers.h"

namespace nrtc::hw {
namespace {

constexpr int kHevcMainIdc = 1;
enum HevcSliceType { kHevcSliceB, kHevcSliceP, kHevcSliceI };

std::vector<uint8_t> HevcNalHeader(HevcNal type, int temporal_index) {
  return {static_cast<uint8_t>(type << 1), static_cast<uint8_t>(temporal_index + 1)};
}

void WriteHevcProfile(BitWriter& w, const HevcSequence& s) {
  w.Bits(0, 2);              // general_profile_space
  w.Flag(false);             // general_tier_flag: main
  w.Bits(kHevcMainIdc, 5);   // general_profile_idc
  w.Bits(0x60000000, 32);    // compatible with main and main 10
  w.Flag(true);              // general_progressive_source_flag
  w.Flag(false);             // general_interlaced_source_flag
  w.Flag(true);              // general_non_packed_constraint_flag
  w.Flag(true);              // general_frame_only_constraint_flag
  w.Bits(0, 32);             // general_reserved_zero_43bits, general_inbld_flag
  w.Bits(0, 12);
  w.Bits(static_cast<uint32_t>(s.level_idc), 8);
  const int layers = s.temporal_layers;
  if (layers == 1) return;
  // The lower layers say nothing of their own; there are pairs of bits for eight.
  for (int i = 0; i < 8; ++i) w.Bits(0, 2);
}

// How many pictures a decoder holds: all but the current one are kept, and none waits for
// its turn.
void WriteHevcBuffering(BitWriter& w, const HevcSequence& s) {
  w.Flag(false);  // sub_layer_ordering_info_present_flag: the same for all layers
  w.Ue(static_cast<uint32_t>(s.max_references));  // max_dec_pic_buffering_minus1
  w.Ue(0);                                        // max_num_reorder_pics
  w.Ue(0);                                        // max_latency_increase_plus1: no limit
}

// A short-term reference picture set, which names no other one.
void WriteHevcReferences(BitWriter& w, const std::vector<HevcKept>& kept) {
  w.Ue(static_cast<uint32_t>(kept.size()));  // num_negative_pics
  w.Ue(0);                                   // num_positive_pics
  int before = 0;
  for (const HevcKept& k : kept) {
    w.Ue(static_cast<uint32_t>(k.distance - before - 1));  // delta_poc_s0_minus1
    w.Flag(k.used);                                        // used_by_curr_pic_s0_flag
    before = k.distance;
  }
}

bool IsThePictureBefore(const std::vector<HevcKept>& kept) {
  return kept.size() == 1 && kept[0].distance == 1 && kept[0].used;
}

}  // namespace

PackedHeader HevcVideoParameterSet(const HevcSequence& s) {
  BitWriter w;
  w.Bits(0, 4);   // vps_video_parameter_set_id
  w.Flag(true);   // vps_base_layer_internal_flag
  w.Flag(true);   // vps_base_layer_available_flag
  w.Bits(0, 6);   // vps_max_layers_minus1
  w.Bits(static_cast<uint32_t>(s.temporal_layers - 1), 3);
  w.Flag(true);   // vps_temporal_id_nesting_flag
  w.Bits(0xffff, 16);
  WriteHevcProfile(w, s);
  WriteHevcBuffering(w, s);
  w.Bits(0, 6);   // vps_max_layer_id
  w.Ue(0);        // vps_num_layer_sets_minus1
  w.Flag(false);  // vps_timing_info_present_flag
  w.Flag(false);  // vps_extension_flag
  w.TrailingBits();
  return PackNalUnit(HevcNalHeader(kHevcVps, 0), w);
}

PackedHeader HevcSequenceParameterSet(const HevcSequence& s) {
  BitWriter w;
  w.Bits(0, 4);  // sps_video_parameter_set_id
  w.Bits(static_cast<uint32_t>(s.temporal_layers - 1), 3);
  w.Flag(true);  // sps_temporal_id_nesting_flag
  WriteHevcProfile(w, s);
  w.Ue(0);  // sps_seq_parameter_set_id
  w.Ue(1);  // chroma_format_idc: 4:2:0
  w.Ue(static_cast<uint32_t>(s.coded_width()));
  w.Ue(static_cast<uint32_t>(s.coded_height()));
  w.Flag(s.cropped());  // conformance_window_flag
  if (s.cropped()) {
    w.Ue(0);
    w.Ue(static_cast<uint32_t>(s.crop_right()));
    w.Ue(0);
    w.Ue(static_cast<uint32_t>(s.crop_bottom()));
  }
  w.Ue(0);  // bit_depth_luma_minus8
  w.Ue(0);  // bit_depth_chroma_minus8
  w.Ue(kHevcLog2MaxPocLsb - 4);
  WriteHevcBuffering(w, s);
  w.Ue(static_cast<uint32_t>(s.log2_min_cb - 3));
  w.Ue(static_cast<uint32_t>(s.log2_ctb - s.log2_min_cb));
  w.Ue(static_cast<uint32_t>(s.log2_min_tb - 2));
  w.Ue(static_cast<uint32_t>(s.log2_max_tb - s.log2_min_tb));
  w.Ue(static_cast<uint32_t>(s.max_depth_inter));
  w.Ue(static_cast<uint32_t>(s.max_depth_intra));
  w.Flag(false);  // scaling_list_enabled_flag
  w.Flag(s.amp);
  w.Flag(s.sao);
  w.Flag(false);  // pcm_enabled_flag
  // The one set that a driver which writes slice headers itself can need: the picture before.
  w.Ue(1);  // num_short_term_ref_pic_sets
  WriteHevcReferences(w, {HevcKept()});
  w.Flag(false);  // long_term_ref_pics_present_flag
  w.Flag(s.temporal_mvp);
  w.Flag(s.strong_intra_smoothing);
  w.Flag(false);  // vui_parameters_present_flag
  w.Flag(false);  // sps_extension_present_flag
  w.TrailingBits();
  return PackNalUnit(HevcNalHeader(kHevcSps, 0), w);
}

PackedHeader HevcPictureParameterSet(const HevcSequence& s) {
  BitWriter w;
  w.Ue(0);        // pps_pic_parameter_set_id
  w.Ue(0);        // pps_seq_parameter_set_id
  w.Flag(false);  // dependent_slice_segments_enabled_flag
  w.Flag(false);  // output_flag_present_flag
  w.Bits(0, 3);   // num_extra_slice_header_bits
  w.Flag(s.sign_data_hiding);
  w.Flag(false);  // cabac_init_present_flag
  w.Ue(0);        // num_ref_idx_l0_default_active_minus1
  w.Ue(0);        // num_ref_idx_l1_default_active_minus1
  w.Se(s.init_qp - 26);
  w.Flag(false);  // constrained_intra_pred_flag
  w.Flag(s.transform_skip);
  w.Flag(s.cu_qp_delta);
  if (s.cu_qp_delta) w.Ue(static_cast<uint32_t>(s.cu_qp_delta_depth));
  w.Se(0);        // pps_cb_qp_offset
  w.Se(0);        // pps_cr_qp_offset
  w.Flag(false);  // pps_slice_chroma_qp_offsets_present_flag
  w.Flag(false);  // weighted_pred_flag
  w.Flag(false);  // weighted_bipred_flag
  w.Flag(false);  // transquant_bypass_enabled_flag
  w.Flag(false);  // tiles_enabled_flag
  w.Flag(false);  // entropy_coding_sync_enabled_flag
  w.Flag(false);  // pps_loop_filter_across_slices_enabled_flag
  w.Flag(false);  // deblocking_filter_control_present_flag: it is on
  w.Flag(false);  // pps_scaling_list_data_present_flag
  w.Flag(false);  // lists_modification_present_flag
  w.Ue(0);        // log2_parallel_merge_level_minus2
  w.Flag(false);  // slice_segment_header_extension_present_flag
  w.Flag(false);  // pps_extension_present_flag
  w.TrailingBits();
  return PackNalUnit(HevcNalHeader(kHevcPps, 0), w);
}

PackedHeader HevcParameterSets(const HevcSequence& s) {
  PackedHeader all = HevcVideoParameterSet(s);
  for (const PackedHeader& next : {HevcSequenceParameterSet(s), HevcPictureParameterSet(s)}) {
    all.bytes.insert(all.bytes.end(), next.bytes.begin(), next.bytes.end());
    all.bits += next.bits;
  }
  return all;
}

PackedHeader HevcSliceHeader(const HevcSequence& s, const HevcSlice& slice) {
  BitWriter w;
  w.Flag(true);                     // first_slice_segment_in_pic_flag
  if (slice.idr()) w.Flag(false);   // no_output_of_prior_pics_flag
  w.Ue(0);                          // slice_pic_parameter_set_id
  w.Ue(slice.idr() ? kHevcSliceI : slice.bidirectional ? kHevcSliceB : kHevcSliceP);
  if (!slice.idr()) {
    w.Bits(static_cast<uint32_t>(slice.poc) % (1u << kHevcLog2MaxPocLsb), kHevcLog2MaxPocLsb);
    const bool of_sequence = IsThePictureBefore(slice.kept);
    w.Flag(of_sequence);  // short_term_ref_pic_set_sps_flag
    if (!of_sequence) {
      // Those that are not the first of the sequence may be told as a difference to others.
      w.Flag(false);  // inter_ref_pic_set_prediction_flag
      WriteHevcReferences(w, slice.kept);
    }
    if (s.temporal_mvp) w.Flag(true);  // slice_temporal_mvp_enabled_flag
  }
  if (s.sao) w.Bits(3, 2);  // slice_sao_luma_flag, slice_sao_chroma_flag
  if (!slice.idr()) {
    w.Flag(false);                                             // num_ref_idx_active_override_flag
    if (slice.bidirectional) w.Flag(false);                    // mvd_l1_zero_flag
    if (s.temporal_mvp && slice.bidirectional) w.Flag(true);   // collocated_from_l0_flag
    w.Ue(5 - kHevcMergeCandidates);                            // five_minus_max_num_merge_cand
  }
  w.Se(slice.qp - s.init_qp);
  w.TrailingBits();  // byte_alignment, which is part of it
  return PackNalUnit(HevcNalHeader(slice.nal, slice.temporal_index), w);
}

}  // namespace nrtc::hw
