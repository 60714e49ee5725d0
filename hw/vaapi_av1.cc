// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vaapi_session.h"

#if defined(NRTC_HW_VAAPI_AV1)

#include <algorithm>

#include "hw/av1_headers.h"
#include "hw/av1_level.h"
#include "hw/vpx_quantiser.h"
#include "hw/vpx_references.h"

namespace nrtc::hw {
namespace {

constexpr int kAv1MostIndex = 255;
constexpr int kAv1Alignment = 16;  // of surfaces
constexpr uint32_t kAv1Headers = VA_ENC_PACKED_HEADER_SEQUENCE | VA_ENC_PACKED_HEADER_PICTURE;

// What a driver says of how AV1 is to be written.
struct Av1Traits {
  VAConfigAttribValEncAV1 tools;
  VAConfigAttribValEncAV1Ext1 filters;
  VAConfigAttribValEncAV1Ext2 sizes;
};

Status ReadAv1Traits(const VaapiDisplay& d, const VaapiProfile& profile, Av1Traits& traits) {
  VAConfigAttrib a[] = {{VAConfigAttribEncAV1, 0}, {VAConfigAttribEncAV1Ext1, 0}, {VAConfigAttribEncAV1Ext2, 0}};
  Status status = d.Check(d.va().GetConfigAttributes(d.display(), profile.profile, profile.entrypoint, a, std::size(a)),
                          "query a profile");
  if (!status.ok()) return status;
  auto value = [&](size_t i) { return a[i].value == VA_ATTRIB_NOT_SUPPORTED ? 0 : a[i].value; };
  traits.tools.value = value(0);
  traits.filters.value = value(1);
  traits.sizes.value = value(2);
  if ((profile.packed_headers & kAv1Headers) != kAv1Headers) {
    return Status("the driver takes no headers of AV1, and writes none that are known to be right");
  }
  if ((traits.sizes.bits.tx_mode_support & 6) == 0) return Status("the driver does not say which transforms of AV1 it uses");
  const auto& t = traits.tools.bits;
  if (t.support_palette_mode == VA_FEATURE_REQUIRED || t.support_ref_frame_mvs == VA_FEATURE_REQUIRED ||
      t.support_superres == VA_FEATURE_REQUIRED || t.support_restoration == VA_FEATURE_REQUIRED ||
      t.support_allow_intrabc == VA_FEATURE_REQUIRED) {
    return Status("the driver demands tools of AV1 that are not used here");
  }
  return status;
}

// The driver takes both headers. With rate control it writes into them what that and its filters
// came to; the temporal delimiter is ours.
class VaapiAv1 : public VaapiSession {
 public:
  VaapiAv1(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile, const StreamConfig& config)
      : VaapiSession(std::move(display), profile, config, config.screen ? 6 : 10, kVp9CoarsestQp),
        references_(info_.temporal_layers) {}

  Status Open() override;

 private:
  bool Next(bool key) override;
  void AddSequence(VaapiBuffers& buffers) const override;
  void AddPicture(VaapiBuffers& buffers) const override;
  Status Inspect(Output& output) const override;
  void Commit() override;
  // AV1 and VP9 divide by the same numbers.
  int Quantiser() const override { return std::min(Vp9IndexOf(qp()), config_.max_qp); }
  // The header of the picture; its quantiser is known once it was decided on.
  Av1FrameHeader Header() const;
  Av1Frame Frame() const;

  Av1Traits traits_{};
  Av1Sequence sequence_;
  VpxReferences references_;
  VpxPicture picture_;
  Av1Frame frame_;
  int since_key_ = 0;
};

Status VaapiAv1::Open() {
  Status status = ReadAv1Traits(*d_, profile_, traits_);
  if (!status.ok()) return status;
  const auto& t = traits_.tools.bits;
  Av1Sequence& s = sequence_;
  s.width = config_.width;
  s.height = config_.height;
  s.temporal_layers = info_.temporal_layers;
  s.superblocks_of_128 = t.support_128x128_superblock == VA_FEATURE_REQUIRED;
  s.filter_intra = t.support_filter_intra == VA_FEATURE_REQUIRED;
  s.intra_edge_filter = t.support_intra_edge_filter == VA_FEATURE_REQUIRED;
  s.interintra_compound = t.support_interintra_compound == VA_FEATURE_REQUIRED;
  s.masked_compound = t.support_masked_compound == VA_FEATURE_REQUIRED;
  s.warped_motion = t.support_warped_motion == VA_FEATURE_REQUIRED;
  s.dual_filter = t.support_dual_filter == VA_FEATURE_REQUIRED;
  s.jnt_comp = t.support_jnt_comp == VA_FEATURE_REQUIRED;
  // Strengths that nobody searched for do more harm than good.
  s.cdef = !own_rate_control();
  s.obu_size_bytes = static_cast<int>(traits_.sizes.bits.obu_size_bytes_minus1) + 1;
  s.tile_size_bytes = static_cast<int>(traits_.sizes.bits.tile_size_bytes_minus1) + 1;
  const Av1Tiles tiles = s.tiles();
  const int most_tiles = static_cast<int>(traits_.sizes.bits.max_tile_num_minus1) + 1;
  if (tiles.count() > 1 && tiles.count() > most_tiles) return Status("the driver does not make as many tiles as the size demands");
  s.level_idx = ChooseAv1Level(s.width, s.height, config_.rates.framerate,
                               std::max(config_.max_bitrate_bps, config_.rates.bitrate_bps), tiles.count(), tiles.columns);
  if (s.level_idx < 0) return Status("no AV1 level allows this size, framerate and bitrate");
  // The filter that all have, if it is offered; then each block its own.
  const uint32_t filters = traits_.filters.bits.interpolation_filter;
  while (filters != 0 && (filters >> frame_.interpolation & 1) == 0) ++frame_.interpolation;
  frame_.select_transforms = (traits_.sizes.bits.tx_mode_support & 4) != 0;
  auto aligned = [](int size) { return (size + kAv1Alignment - 1) / kAv1Alignment * kAv1Alignment; };
  return OpenContext(aligned(s.width), aligned(s.height), VpxReferences::kSlots, kAv1Headers);
}

bool VaapiAv1::Next(bool key) {
  picture_ = references_.Next(key);
  frame_.key = picture_.key;
  frame_.temporal_index = picture_.temporal_index;
  frame_.order_hint = picture_.key ? 0 : since_key_ % (1 << kAv1OrderHintBits);
  // The first two buffers are those that change; the others hold the key picture.
  frame_.reference = picture_.used;
  frame_.refresh = 0;
  for (int i = 0; i < kVpxBuffers; ++i) {
    if (picture_.updates[static_cast<size_t>(i)]) frame_.refresh |= static_cast<uint8_t>(1 << i);
  }
  if (picture_.key) frame_.refresh = 0xff;
  return picture_.key;
}

void VaapiAv1::Commit() {
  references_.Commit(picture_);
  since_key_ = picture_.key ? 1 : since_key_ + 1;
}

Av1Frame VaapiAv1::Frame() const {
  Av1Frame f = frame_;
  f.quantiser = own_rate_control() ? Quantiser() : kAv1MostIndex / 2;
  // It smoothes more than that of VP9.
  f.filter_level = VpxFilterLevel(f.quantiser, kAv1MostIndex) * 2 / 3;
  return f;
}

Av1FrameHeader VaapiAv1::Header() const {
  return WriteAv1FrameHeader(sequence_, Frame());
}

void VaapiAv1::AddSequence(VaapiBuffers& buffers) const {
  VAEncSequenceParameterBufferAV1 s{};
  s.seq_level_idx = static_cast<uint8_t>(sequence_.level_idx);
  // Key pictures come on request only.
  s.intra_period = 0x7fff;
  s.ip_period = 1;
  s.bits_per_second = own_rate_control() ? 0 : rates().bitrate_bps;
  auto& f = s.seq_fields.bits;
  f.use_128x128_superblock = sequence_.superblocks_of_128;
  f.enable_filter_intra = sequence_.filter_intra;
  f.enable_intra_edge_filter = sequence_.intra_edge_filter;
  f.enable_interintra_compound = sequence_.interintra_compound;
  f.enable_masked_compound = sequence_.masked_compound;
  f.enable_warped_motion = sequence_.warped_motion;
  f.enable_dual_filter = sequence_.dual_filter;
  f.enable_order_hint = 1;
  f.enable_jnt_comp = sequence_.jnt_comp;
  f.enable_cdef = sequence_.cdef;
  f.subsampling_x = 1;
  f.subsampling_y = 1;
  s.order_hint_bits_minus_1 = kAv1OrderHintBits - 1;
  buffers.Add(VAEncSequenceParameterBufferType, s);
}

void VaapiAv1::AddPicture(VaapiBuffers& buffers) const {
  const Av1Frame f = Frame();
  const Av1FrameHeader header = Header();
  const Av1Tiles tiles = sequence_.tiles();
  size_t before = 0;
  if (f.key) {
    const PackedHeader sequence = Av1SequenceHeader(sequence_);
    buffers.Packed(VAEncPackedHeaderSequence, sequence);
    before = sequence.bytes.size();
  }
  VAEncPictureParameterBufferAV1 pic{};
  pic.frame_width_minus_1 = static_cast<uint16_t>(config_.width - 1);
  pic.frame_height_minus_1 = static_cast<uint16_t>(config_.height - 1);
  pic.reconstructed_frame = surface(picture_.slot);
  pic.coded_buf = coded();
  for (size_t i = 0; i < std::size(pic.reference_frames); ++i) {
    pic.reference_frames[i] = f.key ? VA_INVALID_SURFACE : surface(picture_.slots[std::min<size_t>(i, kVpxAltRef)]);
  }
  std::fill(std::begin(pic.ref_frame_idx), std::end(pic.ref_frame_idx), static_cast<uint8_t>(f.reference));
  pic.primary_ref_frame = static_cast<uint8_t>(f.key ? kAv1NoReference : f.reference);
  if (!f.key) pic.ref_frame_ctrl_l0.fields.search_idx0 = 1;  // LAST_FRAME
  pic.order_hint = static_cast<uint8_t>(f.order_hint);
  pic.refresh_frame_flags = f.refresh;
  pic.temporal_id = static_cast<uint8_t>(f.temporal_index);
  auto& flags = pic.picture_flags.bits;
  flags.frame_type = f.key ? 0 : 1;
  flags.error_resilient_mode = f.key;
  flags.reduced_tx_set = 1;
  flags.enable_frame_obu = 1;
  pic.interpolation_filter = static_cast<uint8_t>(f.interpolation);
  pic.base_qindex = static_cast<uint8_t>(f.quantiser);
  pic.min_base_qindex = 1;
  pic.max_base_qindex = static_cast<uint8_t>(std::clamp(config_.max_qp, 1, kAv1MostIndex));
  const auto level = static_cast<uint8_t>(f.filter_level);
  pic.filter_level[0] = pic.filter_level[1] = pic.filter_level_u = pic.filter_level_v = level;
  pic.mode_control_flags.bits.tx_mode = f.select_transforms ? 2 : 1;
  pic.tile_cols = static_cast<uint8_t>(tiles.columns);
  pic.tile_rows = static_cast<uint8_t>(tiles.rows);
  auto superblocks = [&](int size) { return (size + tiles.superblock - 1) / tiles.superblock; };
  for (int i = 0; i < tiles.columns; ++i) {
    const int left = superblocks(config_.width) - i * tiles.width;
    pic.width_in_sbs_minus_1[i] = static_cast<uint16_t>(std::min(left, tiles.width) - 1);
  }
  for (int i = 0; i < tiles.rows; ++i) {
    const int left = superblocks(config_.height) - i * tiles.height;
    pic.height_in_sbs_minus_1[i] = static_cast<uint16_t>(std::min(left, tiles.height) - 1);
  }
  if (!own_rate_control()) {
    pic.bit_offset_qindex = static_cast<uint32_t>(header.quantiser);
    pic.bit_offset_loopfilter_params = static_cast<uint32_t>(header.loop_filter);
    pic.bit_offset_cdef_params = static_cast<uint32_t>(header.cdef);
    pic.size_in_bits_cdef_params = static_cast<uint32_t>(header.cdef_bits);
    pic.size_in_bits_frame_hdr_obu = static_cast<uint32_t>(header.obu.bits);
  }
  // Counted from where the stream begins, other than those above.
  pic.byte_offset_frame_hdr_obu_size = static_cast<uint32_t>(before + header.size);
  auto& group = pic.tile_group_obu_hdr_info.bits;
  group.obu_extension_flag = info_.temporal_layers > 1;
  group.obu_has_size_field = 1;
  group.temporal_id = static_cast<uint8_t>(f.temporal_index) & 7;
  buffers.Add(VAEncPictureParameterBufferType, pic);

  PackedHeader whole = header.obu;
  whole.bits = whole.bytes.size() * 8;
  buffers.Packed(VAEncPackedHeaderPicture, whole);

  VAEncTileGroupBufferAV1 all{};
  all.tg_end = static_cast<uint8_t>(tiles.count() - 1);
  buffers.Add(VAEncSliceParameterBufferType, all);
}

Status VaapiAv1::Inspect(Output& output) const {
  const Av1Contents found = InspectAv1(output.data);
  if (!found.frame || found.key != frame_.key || found.sequence != frame_.key ||
      (found.key && (found.width != config_.width || found.height != config_.height))) {
    return Status("the driver's stream holds no picture as asked for");
  }
  // Nothing in libwebrtc reads it from the stream.
  if (const int quantiser = Av1QuantiserIn(output.data, found.header, Header()); quantiser >= 0) output.qp = quantiser;
  if (!found.delimiter) {
    const std::vector<uint8_t> delimiter = Av1TemporalDelimiter();
    output.data.insert(output.data.begin(), delimiter.begin(), delimiter.end());
  }
  output.temporal_index = picture_.temporal_index;
  output.layer_sync = picture_.layer_sync;
  if (!picture_.key) output.distances = {picture_.distance};
  if (!picture_.key) output.used_buffer = picture_.used;
  output.kept_buffers = frame_.refresh & ((1u << kVpxBuffers) - 1);
  return Status();
}

}  // namespace

Status CheckVaapiAv1(const VaapiDisplay& display, const VaapiProfile& profile) {
  Av1Traits traits{};
  return ReadAv1Traits(display, profile, traits);
}

std::unique_ptr<Session> OpenVaapiAv1(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                      const StreamConfig& config, Status& status) {
  return OpenVaapiSession<VaapiAv1>(std::move(display), profile, config, status);
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI_AV1
