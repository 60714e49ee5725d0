// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/h264_headers.h"

namespace nrtc::hw {
namespace {

constexpr uint8_t kNalSps = 0x67;  // nal_ref_idc 3
constexpr uint8_t kNalPps = 0x68;
constexpr int kNalIdr = 5;
constexpr int kNalNonIdr = 1;
constexpr int kSliceP = 5;  // all slices of the picture are of this type
constexpr int kSliceI = 7;

}  // namespace

int H264Sequence::profile_idc() const {
  switch (profile) {
    case H264Profile::kMain:
      return 77;
    case H264Profile::kHigh:
      return 100;
    default:
      return 66;
  }
}

int H264Sequence::constraint_flags() const {
  switch (profile) {
    case H264Profile::kMain:
      return 0x40;
    case H264Profile::kHigh:
      return 0x0c;  // constrained high: frames only, no B frames
    default:
      return 0xe0;
  }
}

PackedHeader H264SequenceParameterSet(const H264Sequence& s) {
  BitWriter w;
  w.Bits(s.profile_idc(), 8);
  // Level 1b is said by constraint_set3_flag outside of the high profiles.
  bool level_1b = s.level_idc == 9 && s.profile != H264Profile::kHigh;
  w.Bits(s.constraint_flags() | (level_1b ? 0x10 : 0), 8);
  w.Bits(level_1b ? 11 : s.level_idc, 8);
  w.Ue(0);  // seq_parameter_set_id
  if (s.profile == H264Profile::kHigh) {
    w.Ue(1);        // chroma_format_idc: 4:2:0
    w.Ue(0);        // bit_depth_luma_minus8
    w.Ue(0);        // bit_depth_chroma_minus8
    w.Flag(false);  // qpprime_y_zero_transform_bypass_flag
    w.Flag(false);  // seq_scaling_matrix_present_flag
  }
  w.Ue(kH264Log2MaxFrameNum - 4);
  w.Ue(0);  // pic_order_cnt_type
  w.Ue(kH264Log2MaxPocLsb - 4);
  w.Ue(s.max_num_ref_frames);
  w.Flag(s.gaps_in_frame_num);
  w.Ue(s.width_in_mbs() - 1);
  w.Ue(s.height_in_mbs() - 1);
  w.Flag(true);  // frame_mbs_only_flag
  w.Flag(true);  // direct_8x8_inference_flag
  w.Flag(s.cropped());
  if (s.cropped()) {
    w.Ue(0);
    w.Ue(s.crop_right());
    w.Ue(0);
    w.Ue(s.crop_bottom());
  }
  w.Flag(true);   // vui_parameters_present_flag
  w.Flag(false);  // aspect_ratio_info_present_flag
  w.Flag(false);  // overscan_info_present_flag
  w.Flag(false);  // video_signal_type_present_flag
  w.Flag(false);  // chroma_loc_info_present_flag
  w.Flag(false);  // timing_info_present_flag
  w.Flag(false);  // nal_hrd_parameters_present_flag
  w.Flag(false);  // vcl_hrd_parameters_present_flag
  w.Flag(false);  // pic_struct_present_flag
  // Without this a decoder may hold frames back to bring them into order.
  w.Flag(true);                // bitstream_restriction_flag
  w.Flag(true);                // motion_vectors_over_pic_boundaries_flag
  w.Ue(0);                     // max_bytes_per_pic_denom: no limit
  w.Ue(0);                     // max_bits_per_mb_denom: no limit
  w.Ue(15);                    // log2_max_mv_length_horizontal
  w.Ue(15);                    // log2_max_mv_length_vertical
  w.Ue(0);                     // max_num_reorder_frames
  w.Ue(s.max_num_ref_frames);  // max_dec_frame_buffering
  w.TrailingBits();
  return PackNalUnit({kNalSps}, w);
}

PackedHeader H264PictureParameterSet(const H264Sequence& s) {
  BitWriter w;
  w.Ue(0);  // pic_parameter_set_id
  w.Ue(0);  // seq_parameter_set_id
  w.Flag(s.cabac());
  w.Flag(false);  // bottom_field_pic_order_in_frame_present_flag
  w.Ue(0);        // num_slice_groups_minus1
  w.Ue(0);        // num_ref_idx_l0_default_active_minus1
  w.Ue(0);        // num_ref_idx_l1_default_active_minus1
  w.Flag(false);  // weighted_pred_flag
  w.Bits(0, 2);   // weighted_bipred_idc
  w.Se(s.init_qp - 26);
  w.Se(0);        // pic_init_qs_minus26
  w.Se(0);        // chroma_qp_index_offset
  w.Flag(true);   // deblocking_filter_control_present_flag
  w.Flag(false);  // constrained_intra_pred_flag
  w.Flag(false);  // redundant_pic_cnt_present_flag
  if (s.transform_8x8()) {
    w.Flag(true);   // transform_8x8_mode_flag
    w.Flag(false);  // pic_scaling_matrix_present_flag
    w.Se(0);        // second_chroma_qp_index_offset
  }
  w.TrailingBits();
  return PackNalUnit({kNalPps}, w);
}

PackedHeader H264SliceHeader(const H264Sequence& s, const H264Slice& slice) {
  BitWriter w;
  w.Ue(0);  // first_mb_in_slice
  w.Ue(slice.idr ? kSliceI : kSliceP);
  w.Ue(0);  // pic_parameter_set_id
  w.Bits(slice.frame_num, kH264Log2MaxFrameNum);
  if (slice.idr) w.Ue(slice.idr_pic_id);
  w.Bits(slice.poc_lsb, kH264Log2MaxPocLsb);
  if (!slice.idr) {
    w.Flag(false);  // num_ref_idx_active_override_flag
    w.Flag(slice.reorder_distance > 0);
    if (slice.reorder_distance > 0) {
      w.Ue(0);  // modification_of_pic_nums_idc: subtract
      w.Ue(slice.reorder_distance - 1);
      w.Ue(3);  // end
    }
  }
  if (slice.nal_ref_idc != 0) {
    if (slice.idr) {
      w.Flag(false);  // no_output_of_prior_pics_flag
      w.Flag(false);  // long_term_reference_flag
    } else {
      w.Flag(false);  // adaptive_ref_pic_marking_mode_flag: sliding window
    }
  }
  if (s.cabac() && !slice.idr) w.Ue(0);  // cabac_init_idc
  w.Se(slice.qp - s.init_qp);
  w.Ue(0);  // disable_deblocking_filter_idc: it is on
  w.Se(0);  // slice_alpha_c0_offset_div2
  w.Se(0);  // slice_beta_offset_div2
  uint8_t header = static_cast<uint8_t>(slice.nal_ref_idc << 5 | (slice.idr ? kNalIdr : kNalNonIdr));
  return PackNalUnit({header}, w);
}

}  // namespace nrtc::hw
