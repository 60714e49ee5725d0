// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vaapi_session.h"

#if defined(NRTC_HW_VAAPI)

#include <algorithm>
#include <cmath>

#include "hw/h264_headers.h"
#include "hw/h264_level.h"
#include "hw/h264_references.h"
#include "hw/picture_copy.h"

namespace nrtc::hw {
namespace {

H264Profile H264ProfileOf(Profile profile) {
  switch (profile) {
    case Profile::kH264Main:
      return H264Profile::kMain;
    case Profile::kH264High:
      return H264Profile::kHigh;
    default:
      return H264Profile::kConstrainedBaseline;
  }
}

class VaapiH264 : public VaapiSession {
 public:
  VaapiH264(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile, const StreamConfig& config)
      : VaapiSession(std::move(display), profile, config, config.screen ? 10 : 14, config.max_qp),
        packed_(profile.packed_headers & (VA_ENC_PACKED_HEADER_SEQUENCE | VA_ENC_PACKED_HEADER_SLICE)),
        references_(info_.temporal_layers) {}

  Status Open() override;

 private:
  bool Next(bool key) override {
    picture_ = references_.Next(key);
    return picture_.slice.idr;
  }
  void AddSequence(VaapiBuffers& buffers) const override;
  void AddPicture(VaapiBuffers& buffers) const override;
  Status Inspect(Output& output) const override;
  void Commit() override { references_.Commit(picture_); }
  VAPictureH264 Describe(const H264Reference& r) const;

  const uint32_t packed_;
  H264Sequence sequence_;
  H264References references_;
  H264Picture picture_;
};

Status VaapiH264::Open() {
  sequence_.profile = H264ProfileOf(config_.profile);
  sequence_.width = config_.width;
  sequence_.height = config_.height;
  sequence_.max_num_ref_frames = references_.max_num_ref_frames();
  sequence_.gaps_in_frame_num = references_.needs_gaps();
  sequence_.level_idc =
      ChooseH264Level(sequence_.profile, config_.width, config_.height, config_.rates.framerate,
                      std::max(config_.max_bitrate_bps, config_.rates.bitrate_bps), sequence_.max_num_ref_frames);
  if (sequence_.level_idc == 0) return Status("no H.264 level allows this size, framerate and bitrate");
  return OpenContext(sequence_.width_in_mbs() * 16, sequence_.height_in_mbs() * 16, references_.slots(), packed_);
}

void VaapiH264::AddSequence(VaapiBuffers& buffers) const {
  VAEncSequenceParameterBufferH264 s{};
  s.level_idc = static_cast<uint8_t>(sequence_.level_idc);
  // Key pictures come on request only; 0 would mean "none but the first" to some
  // drivers and "all" to others.
  s.intra_period = 0x7fff;
  s.intra_idr_period = 0x7fff;
  s.ip_period = 1;
  s.bits_per_second = own_rate_control() ? 0 : rates().bitrate_bps;
  s.max_num_ref_frames = static_cast<uint32_t>(sequence_.max_num_ref_frames);
  s.picture_width_in_mbs = static_cast<uint16_t>(sequence_.width_in_mbs());
  s.picture_height_in_mbs = static_cast<uint16_t>(sequence_.height_in_mbs());
  s.seq_fields.bits.chroma_format_idc = 1;
  s.seq_fields.bits.frame_mbs_only_flag = 1;
  s.seq_fields.bits.direct_8x8_inference_flag = 1;
  s.seq_fields.bits.log2_max_frame_num_minus4 = kH264Log2MaxFrameNum - 4;
  s.seq_fields.bits.log2_max_pic_order_cnt_lsb_minus4 = kH264Log2MaxPocLsb - 4;
  s.frame_cropping_flag = sequence_.cropped();
  s.frame_crop_right_offset = static_cast<uint32_t>(sequence_.crop_right());
  s.frame_crop_bottom_offset = static_cast<uint32_t>(sequence_.crop_bottom());
  s.vui_parameters_present_flag = 1;
  s.vui_fields.bits.bitstream_restriction_flag = 1;
  s.vui_fields.bits.motion_vectors_over_pic_boundaries_flag = 1;
  s.vui_fields.bits.log2_max_mv_length_horizontal = 15;
  s.vui_fields.bits.log2_max_mv_length_vertical = 15;
  // Not in the stream; some drivers take the framerate from here.
  s.num_units_in_tick = 1000;
  s.time_scale = static_cast<uint32_t>(std::lround(rates().framerate * 2000));
  buffers.Add(VAEncSequenceParameterBufferType, s);
}

VAPictureH264 VaapiH264::Describe(const H264Reference& r) const {
  VAPictureH264 p{};
  p.picture_id = surface(r.slot);
  p.frame_idx = static_cast<uint32_t>(r.frame_num);
  p.flags = VA_PICTURE_H264_SHORT_TERM_REFERENCE;
  p.TopFieldOrderCnt = r.poc;
  p.BottomFieldOrderCnt = r.poc;
  return p;
}

void VaapiH264::AddPicture(VaapiBuffers& buffers) const {
  const H264Picture& p = picture_;
  const int quantiser = own_rate_control() ? qp() : sequence_.init_qp;
  if (p.slice.idr && (packed_ & VA_ENC_PACKED_HEADER_SEQUENCE)) {
    // Both parameter sets: drivers that take a sequence header only take it as it is.
    PackedHeader both = H264SequenceParameterSet(sequence_);
    PackedHeader pps = H264PictureParameterSet(sequence_);
    both.bytes.insert(both.bytes.end(), pps.bytes.begin(), pps.bytes.end());
    both.bits += pps.bits;
    buffers.Packed(VAEncPackedHeaderSequence, both);
  }
  VAPictureH264 none{};
  none.picture_id = VA_INVALID_ID;
  none.flags = VA_PICTURE_H264_INVALID;

  VAEncPictureParameterBufferH264 pic{};
  pic.CurrPic = Describe({p.slot, p.slice.frame_num, p.poc, 0});
  if (p.slice.nal_ref_idc == 0) pic.CurrPic.flags = 0;
  std::fill(std::begin(pic.ReferenceFrames), std::end(pic.ReferenceFrames), none);
  for (size_t i = 0; i < p.kept.size(); ++i) pic.ReferenceFrames[i] = Describe(p.kept[i]);
  pic.coded_buf = coded();
  pic.frame_num = static_cast<uint16_t>(p.slice.frame_num);
  pic.pic_init_qp = static_cast<uint8_t>(sequence_.init_qp);
  pic.pic_fields.bits.idr_pic_flag = p.slice.idr;
  pic.pic_fields.bits.reference_pic_flag = p.slice.nal_ref_idc != 0;
  pic.pic_fields.bits.entropy_coding_mode_flag = sequence_.cabac();
  pic.pic_fields.bits.transform_8x8_mode_flag = sequence_.transform_8x8();
  pic.pic_fields.bits.deblocking_filter_control_present_flag = 1;
  buffers.Add(VAEncPictureParameterBufferType, pic);

  if (packed_ & VA_ENC_PACKED_HEADER_SLICE) {
    H264Slice header = p.slice;
    header.qp = quantiser;
    buffers.Packed(VAEncPackedHeaderSlice, H264SliceHeader(sequence_, header));
  }

  VAEncSliceParameterBufferH264 slice{};
  slice.num_macroblocks = static_cast<uint32_t>(sequence_.width_in_mbs() * sequence_.height_in_mbs());
  slice.macroblock_info = VA_INVALID_ID;
  slice.slice_type = p.slice.idr ? 2 : 0;
  slice.idr_pic_id = static_cast<uint16_t>(p.slice.idr_pic_id);
  slice.pic_order_cnt_lsb = static_cast<uint16_t>(p.slice.poc_lsb);
  slice.direct_spatial_mv_pred_flag = 1;
  std::fill(std::begin(slice.RefPicList0), std::end(slice.RefPicList0), none);
  std::fill(std::begin(slice.RefPicList1), std::end(slice.RefPicList1), none);
  if (const H264Reference* r = p.reference()) slice.RefPicList0[0] = Describe(*r);
  slice.slice_qp_delta = static_cast<int8_t>(quantiser - sequence_.init_qp);
  buffers.Add(VAEncSliceParameterBufferType, slice);
}

Status VaapiH264::Inspect(Output& output) const {
  const bool key = picture_.slice.idr;
  H264Contents found = InspectH264(output.data);
  if (!found.slice || found.idr != key) return Status("the driver's stream holds no picture as asked for");
  if (key && !found.parameter_sets) {
    auto sps = H264SequenceParameterSet(sequence_).bytes;
    auto pps = H264PictureParameterSet(sequence_).bytes;
    sps.insert(sps.end(), pps.begin(), pps.end());
    output.data.insert(output.data.begin(), sps.begin(), sps.end());
  }
  output.temporal_index = picture_.temporal_index;
  output.layer_sync = picture_.layer_sync;
  return Status();
}

}  // namespace

std::unique_ptr<Session> OpenVaapiH264(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                       const StreamConfig& config, Status& status) {
  return OpenVaapiSession<VaapiH264>(std::move(display), profile, config, status);
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI
