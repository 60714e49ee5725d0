// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vaapi_session.h"

#if defined(NRTC_HW_VAAPI)

#include <va/va_enc_hevc.h>

#include <algorithm>
#include <cmath>

#include "hw/hevc_headers.h"
#include "hw/hevc_references.h"
#include "hw/hevc_stream.h"
#include "hw/hevc_window.h"

namespace nrtc::hw {
namespace {

constexpr uint32_t kHevcPacked = VA_ENC_PACKED_HEADER_SEQUENCE | VA_ENC_PACKED_HEADER_SLICE;
constexpr uint8_t kHevcNoPicture = 0xff;

// Slice headers are ours only where the parameter sets are too, for these say how wide their fields
// are.
VaapiProfile HevcProfileOf(VaapiProfile profile) {
  if ((profile.packed_headers & VA_ENC_PACKED_HEADER_SEQUENCE) == 0) {
    profile.packed_headers = 0;
    profile.report.temporal_layers = 1;
  }
  return profile;
}

VAPictureHEVC NoHevcPicture() {
  VAPictureHEVC none{};
  none.picture_id = VA_INVALID_ID;
  none.flags = VA_PICTURE_HEVC_INVALID;
  return none;
}

class VaapiHevc : public VaapiSession {
 public:
  VaapiHevc(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile, const StreamConfig& config)
      : VaapiSession(std::move(display), HevcProfileOf(profile), config, config.screen ? 10 : 14, config.max_qp),
        packed_(profile_.packed_headers & kHevcPacked),
        references_(info_.temporal_layers) {}

  Status Open() override;

 private:
  bool Next(bool key) override {
    picture_ = references_.Next(key);
    picture_.slice.bidirectional = bidirectional_;
    return picture_.slice.idr();
  }
  void AddSequence(VaapiBuffers& buffers) const override;
  void AddPicture(VaapiBuffers& buffers) const override;
  void AddSlice(VaapiBuffers& buffers) const;
  Status Inspect(Output& output) const override;
  void Commit() override { references_.Commit(picture_); }

  // What the driver can do and insists on.
  Status ChooseTools();
  void ChooseBlocks(const VAConfigAttribValEncHEVCBlockSizes& sizes);
  VAPictureHEVC Describe(int slot, int poc, uint32_t flags) const;

  const uint32_t packed_;
  HevcSequence sequence_;
  HevcReferences references_;
  HevcPicture picture_;
  bool bidirectional_ = false;
};

void VaapiHevc::ChooseBlocks(const VAConfigAttribValEncHEVCBlockSizes& sizes) {
  const auto& b = sizes.bits;
  HevcSequence& s = sequence_;
  s.log2_ctb = static_cast<int>(b.log2_max_coding_tree_block_size_minus3) + 3;
  s.log2_min_cb = static_cast<int>(b.log2_min_luma_coding_block_size_minus3) + 3;
  s.log2_min_tb = static_cast<int>(b.log2_min_luma_transform_block_size_minus2) + 2;
  s.log2_max_tb = std::min(static_cast<int>(b.log2_max_luma_transform_block_size_minus2) + 2, s.log2_ctb);
  // No deeper than there are sizes.
  const int deepest = s.log2_ctb - s.log2_min_tb;
  s.max_depth_inter = std::min(static_cast<int>(b.max_max_transform_hierarchy_depth_inter), deepest);
  s.max_depth_intra = std::min(static_cast<int>(b.max_max_transform_hierarchy_depth_intra), deepest);
}

Status VaapiHevc::ChooseTools() {
  VAConfigAttrib a[] = {{VAConfigAttribEncHEVCFeatures, 0},
                        {VAConfigAttribEncHEVCBlockSizes, 0},
                        {VAConfigAttribPredictionDirection, 0}};
  Status status = d_->Check(d_->va().GetConfigAttributes(d_->display(), profile_.profile, profile_.entrypoint, a,
                                                         static_cast<int>(std::size(a))),
                            "query what H265 may consist of");
  if (!status.ok()) return status;
  if (a[2].value != VA_ATTRIB_NOT_SUPPORTED) bidirectional_ = (a[2].value & VA_PREDICTION_DIRECTION_BI_NOT_EMPTY) != 0;
  HevcSequence& s = sequence_;
  if (a[1].value != VA_ATTRIB_NOT_SUPPORTED) {
    VAConfigAttribValEncHEVCBlockSizes sizes{};
    sizes.value = a[1].value;
    ChooseBlocks(sizes);
  }
  const bool varies = !own_rate_control();
  if (a[0].value == VA_ATTRIB_NOT_SUPPORTED) {
    // As the drivers do that know of no such question.
    s.amp = true;
    s.cu_qp_delta = varies;
    return status;
  }
  VAConfigAttribValEncHEVCFeatures features{};
  features.value = a[0].value;
  const auto& f = features.bits;
  auto required = [](uint32_t feature) { return feature == VA_FEATURE_REQUIRED; };
  if (required(f.separate_colour_planes) || required(f.scaling_lists) || required(f.pcm) ||
      required(f.dependent_slices) || required(f.constrained_intra_pred) || required(f.weighted_prediction) ||
      required(f.transquant_bypass) || required(f.deblocking_filter_disable)) {
    return Status("the driver insists on parts of H265 that are not used here");
  }
  s.amp = f.amp != VA_FEATURE_NOT_SUPPORTED;
  s.sao = f.sao != VA_FEATURE_NOT_SUPPORTED;
  s.temporal_mvp = f.temporal_mvp != VA_FEATURE_NOT_SUPPORTED;
  s.strong_intra_smoothing = f.strong_intra_smoothing != VA_FEATURE_NOT_SUPPORTED;
  s.sign_data_hiding = f.sign_data_hiding != VA_FEATURE_NOT_SUPPORTED;
  // It is for text and lines.
  s.transform_skip = required(f.transform_skip) || (config_.screen && f.transform_skip == VA_FEATURE_SUPPORTED);
  s.cu_qp_delta = required(f.cu_qp_delta) || (varies && f.cu_qp_delta == VA_FEATURE_SUPPORTED);
  if (s.cu_qp_delta) s.cu_qp_delta_depth = s.log2_ctb - s.log2_min_cb;
  return status;
}

Status VaapiHevc::Open() {
  Status status = ChooseTools();
  if (!status.ok()) return status;
  HevcSequence& s = sequence_;
  s.width = config_.width;
  s.height = config_.height;
  s.temporal_layers = info_.temporal_layers;
  s.max_references = references_.max_references();
  s.level_idc = ChooseHevcLevel(s.coded_width(), s.coded_height(), config_.rates.framerate,
                                std::max(config_.max_bitrate_bps, config_.rates.bitrate_bps));
  if (s.level_idc == 0) return Status("no H265 level allows this size, framerate and bitrate");
  return OpenContext(s.coded_width(), s.coded_height(), references_.slots(), packed_);
}

void VaapiHevc::AddSequence(VaapiBuffers& buffers) const {
  VAEncSequenceParameterBufferHEVC s{};
  s.general_profile_idc = 1;
  s.general_level_idc = static_cast<uint8_t>(sequence_.level_idc);
  // As of H264: key pictures come on request only.
  s.intra_period = 0x7fff;
  s.intra_idr_period = 0x7fff;
  s.ip_period = 1;
  s.bits_per_second = own_rate_control() ? 0 : rates().bitrate_bps;
  s.pic_width_in_luma_samples = static_cast<uint16_t>(sequence_.coded_width());
  s.pic_height_in_luma_samples = static_cast<uint16_t>(sequence_.coded_height());
  auto& f = s.seq_fields.bits;
  f.chroma_format_idc = 1;
  f.strong_intra_smoothing_enabled_flag = sequence_.strong_intra_smoothing;
  f.amp_enabled_flag = sequence_.amp;
  f.sample_adaptive_offset_enabled_flag = sequence_.sao;
  f.sps_temporal_mvp_enabled_flag = sequence_.temporal_mvp;
  f.low_delay_seq = 1;
  s.log2_min_luma_coding_block_size_minus3 = static_cast<uint8_t>(sequence_.log2_min_cb - 3);
  s.log2_diff_max_min_luma_coding_block_size = static_cast<uint8_t>(sequence_.log2_ctb - sequence_.log2_min_cb);
  s.log2_min_transform_block_size_minus2 = static_cast<uint8_t>(sequence_.log2_min_tb - 2);
  s.log2_diff_max_min_transform_block_size = static_cast<uint8_t>(sequence_.log2_max_tb - sequence_.log2_min_tb);
  s.max_transform_hierarchy_depth_inter = static_cast<uint8_t>(sequence_.max_depth_inter);
  s.max_transform_hierarchy_depth_intra = static_cast<uint8_t>(sequence_.max_depth_intra);
  // Not in the stream; some drivers take the framerate from here.
  s.vui_num_units_in_tick = 1000;
  s.vui_time_scale = static_cast<uint32_t>(std::lround(rates().framerate * 1000));
  buffers.Add(VAEncSequenceParameterBufferType, s);
}

VAPictureHEVC VaapiHevc::Describe(int slot, int poc, uint32_t flags) const {
  VAPictureHEVC p{};
  p.picture_id = surface(slot);
  p.pic_order_cnt = poc;
  p.flags = flags;
  return p;
}

void VaapiHevc::AddPicture(VaapiBuffers& buffers) const {
  const HevcPicture& p = picture_;
  if (p.slice.idr() && (packed_ & VA_ENC_PACKED_HEADER_SEQUENCE)) {
    // All parameter sets: drivers that take a sequence header only take it as it is.
    buffers.Packed(VAEncPackedHeaderSequence, HevcParameterSets(sequence_));
  }
  VAEncPictureParameterBufferHEVC pic{};
  pic.decoded_curr_pic = Describe(p.slot, p.slice.poc, 0);
  std::fill(std::begin(pic.reference_frames), std::end(pic.reference_frames), NoHevcPicture());
  for (size_t i = 0; i < p.kept.size(); ++i) {
    pic.reference_frames[i] =
        Describe(p.kept[i].slot, p.kept[i].poc, p.slice.kept[i].used ? VA_PICTURE_HEVC_RPS_ST_CURR_BEFORE : 0);
  }
  pic.coded_buf = coded();
  pic.collocated_ref_pic_index = sequence_.temporal_mvp && !p.slice.idr() ? 0 : kHevcNoPicture;
  pic.pic_init_qp = static_cast<uint8_t>(sequence_.init_qp);
  pic.diff_cu_qp_delta_depth = static_cast<uint8_t>(sequence_.cu_qp_delta_depth);
  pic.nal_unit_type = p.slice.nal;
  auto& f = pic.pic_fields.bits;
  f.idr_pic_flag = p.slice.idr();
  f.coding_type = p.slice.idr() ? 1 : 2;  // P, also by two lists
  f.reference_pic_flag = p.referenced;
  f.sign_data_hiding_enabled_flag = sequence_.sign_data_hiding;
  f.transform_skip_enabled_flag = sequence_.transform_skip;
  f.cu_qp_delta_enabled_flag = sequence_.cu_qp_delta;
  f.screen_content_flag = config_.screen;
  buffers.Add(VAEncPictureParameterBufferType, pic);
  AddSlice(buffers);
}

void VaapiHevc::AddSlice(VaapiBuffers& buffers) const {
  const HevcPicture& p = picture_;
  const int quantiser = own_rate_control() ? qp() : sequence_.init_qp;
  if (packed_ & VA_ENC_PACKED_HEADER_SLICE) {
    HevcSlice header = p.slice;
    header.qp = quantiser;
    buffers.Packed(VAEncPackedHeaderSlice, HevcSliceHeader(sequence_, header));
  }
  VAEncSliceParameterBufferHEVC slice{};
  slice.num_ctu_in_slice = static_cast<uint32_t>(sequence_.ctbs());
  slice.slice_type = p.slice.idr() ? 2 : bidirectional_ ? 0 : 1;
  std::fill(std::begin(slice.ref_pic_list0), std::end(slice.ref_pic_list0), NoHevcPicture());
  std::fill(std::begin(slice.ref_pic_list1), std::end(slice.ref_pic_list1), NoHevcPicture());
  if (!p.slice.idr()) {
    slice.ref_pic_list0[0] = Describe(p.kept[0].slot, p.kept[0].poc, VA_PICTURE_HEVC_RPS_ST_CURR_BEFORE);
    if (bidirectional_) slice.ref_pic_list1[0] = slice.ref_pic_list0[0];
  }
  slice.max_num_merge_cand = kHevcMergeCandidates;
  slice.slice_qp_delta = static_cast<int8_t>(quantiser - sequence_.init_qp);
  auto& f = slice.slice_fields.bits;
  f.last_slice_of_pic_flag = 1;
  f.slice_temporal_mvp_enabled_flag = sequence_.temporal_mvp && !p.slice.idr();
  f.slice_sao_luma_flag = sequence_.sao;
  f.slice_sao_chroma_flag = sequence_.sao;
  f.collocated_from_l0_flag = 1;
  buffers.Add(VAEncSliceParameterBufferType, slice);
}

Status VaapiHevc::Inspect(Output& output) const {
  const bool key = picture_.slice.idr();
  const HevcContents found = InspectHevc(output.data);
  if (!found.slice || found.idr != key) return Status("the driver's stream holds no picture as asked for");
  if (key && !found.parameter_sets) {
    const auto sets = HevcParameterSets(sequence_).bytes;
    output.data.insert(output.data.begin(), sets.begin(), sets.end());
  } else if (key && !(packed_ & VA_ENC_PACKED_HEADER_SEQUENCE) && sequence_.cropped() &&
             !SetHevcWindow(output.data, config_.width, config_.height)) {
    return Status("the driver's stream has a size of its own");
  }
  output.temporal_index = picture_.slice.temporal_index;
  output.layer_sync = picture_.layer_sync;
  return Status();
}

}  // namespace

std::unique_ptr<Session> OpenVaapiHevc(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                       const StreamConfig& config, Status& status) {
  return OpenVaapiSession<VaapiHevc>(std::move(display), profile, config, status);
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI
