// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vaapi_vpx.h"

#if defined(NRTC_HW_VAAPI)

#include <va/va_enc_vp9.h>

#include <algorithm>

namespace nrtc::hw {
namespace {

constexpr int kVp9MostIndex = 255;
// Where the driver chooses the quantiser, as ffmpeg does.
constexpr int kVp9FilterLevel = 16;
constexpr int kVp9Superblock = 64;
constexpr int kVp9WidestTile = 4096;

// The driver writes the headers, as it does for ffmpeg and GStreamer: it needs none of
// the application.
class VaapiVp9 : public VaapiVpx {
 public:
  VaapiVp9(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile, const StreamConfig& config)
      : VaapiVpx(std::move(display), profile, config, kVp9CoarsestQp) {}

  Status Open() override { return OpenBlocks(kVp9Superblock); }

 private:
  void AddSequence(VaapiBuffers& buffers) const override;
  void AddPicture(VaapiBuffers& buffers) const override;
  VpxContents Contents(const std::vector<uint8_t>& frame) const override { return InspectVp9(frame); }
  int Quantiser() const override { return std::min(Vp9IndexOf(qp()), config_.max_qp); }
};

void VaapiVp9::AddSequence(VaapiBuffers& buffers) const {
  VAEncSequenceParameterBufferVP9 s{};
  s.max_frame_width = static_cast<uint32_t>(config_.width);
  s.max_frame_height = static_cast<uint32_t>(config_.height);
  // Key pictures come on request only.
  s.kf_min_dist = 1;
  s.kf_max_dist = 0x7fff;
  s.intra_period = 0x7fff;
  s.bits_per_second = own_rate_control() ? 0 : rates().bitrate_bps;
  buffers.Add(VAEncSequenceParameterBufferType, s);
}

void VaapiVp9::AddPicture(VaapiBuffers& buffers) const {
  const VpxPicture& p = picture();
  VAEncPictureParameterBufferVP9 pic{};
  pic.frame_width_src = pic.frame_width_dst = static_cast<uint32_t>(config_.width);
  pic.frame_height_src = pic.frame_height_dst = static_cast<uint32_t>(config_.height);
  pic.reconstructed_frame = surface(p.slot);
  // The first two of the eight are those that change; the others hold the key picture.
  for (size_t i = 0; i < std::size(pic.reference_frames); ++i) {
    pic.reference_frames[i] = p.key ? VA_INVALID_SURFACE : surface(p.slots[std::min<size_t>(i, kVpxAltRef)]);
  }
  pic.coded_buf = coded();
  auto& refs = pic.ref_flags.bits;
  refs.force_kf = p.key;
  refs.ref_last_idx = kVpxLast;
  refs.ref_gf_idx = kVpxGolden;
  refs.ref_arf_idx = kVpxAltRef;
  if (!p.key) refs.ref_frame_ctrl_l0 = 1u << p.used;
  refs.temporal_id = static_cast<uint32_t>(p.temporal_index);
  auto& flags = pic.pic_flags.bits;
  flags.frame_type = p.key ? 0 : 1;
  flags.show_frame = 1;
  // The statistics are those that a key picture begins with. Resilience keeps pictures from
  // predicting motion by that of the one before too, which may be one of a layer left out.
  flags.refresh_frame_context = 0;
  flags.error_resilient_mode = info_.temporal_layers > 1;
  flags.frame_parallel_decoding_mode = flags.error_resilient_mode;
  if (p.key) {
    pic.refresh_frame_flags = 0xff;
  } else {
    for (int i = 0; i < kVpxBuffers; ++i) {
      if (p.updates[static_cast<size_t>(i)]) pic.refresh_frame_flags |= static_cast<uint8_t>(1 << i);
    }
  }
  const int index = own_rate_control() ? Quantiser() : kVp9MostIndex / 2;
  pic.luma_ac_qindex = static_cast<uint8_t>(index);
  pic.filter_level = static_cast<uint8_t>(own_rate_control() ? VpxFilterLevel(index, kVp9MostIndex) : kVp9FilterLevel);
  // As many tiles as the codec demands.
  while ((kVp9WidestTile << pic.log2_tile_columns) < config_.width) ++pic.log2_tile_columns;
  buffers.Add(VAEncPictureParameterBufferType, pic);
}

}  // namespace

std::unique_ptr<Session> OpenVaapiVp9(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                      const StreamConfig& config, Status& status) {
  return OpenVaapiSession<VaapiVp9>(std::move(display), profile, config, status);
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI
