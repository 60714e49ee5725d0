// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vaapi_vpx.h"

#if defined(NRTC_HW_VAAPI)

#include <va/va_enc_vp8.h>

#include <algorithm>

namespace nrtc::hw {
namespace {

constexpr int kVp8MostIndex = 127;
// Where the driver chooses the quantiser, as ffmpeg does.
constexpr int kVp8FilterLevel = 16;
constexpr int kVp8Macroblock = 16;

class VaapiVp8 : public VaapiVpx {
 public:
  VaapiVp8(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile, const StreamConfig& config)
      : VaapiVpx(std::move(display), profile, config, kVp8CoarsestQp) {}

  Status Open() override { return OpenBlocks(kVp8Macroblock); }

 private:
  void AddSequence(VaapiBuffers& buffers) const override;
  void AddPicture(VaapiBuffers& buffers) const override;
  VpxContents Contents(const std::vector<uint8_t>& frame) const override { return InspectVp8(frame); }
  int Quantiser() const override { return std::min(Vp8IndexOf(qp()), config_.max_qp); }
};

void VaapiVp8::AddSequence(VaapiBuffers& buffers) const {
  VAEncSequenceParameterBufferVP8 s{};
  s.frame_width = static_cast<uint32_t>(config_.width);
  s.frame_height = static_cast<uint32_t>(config_.height);
  // Key pictures come on request only.
  s.kf_min_dist = 1;
  s.kf_max_dist = 0x7fff;
  s.intra_period = 0x7fff;
  s.bits_per_second = own_rate_control() ? 0 : rates().bitrate_bps;
  std::fill(std::begin(s.reference_frames), std::end(s.reference_frames), VA_INVALID_SURFACE);
  buffers.Add(VAEncSequenceParameterBufferType, s);
}

void VaapiVp8::AddPicture(VaapiBuffers& buffers) const {
  const VpxPicture& p = picture();
  VAEncPictureParameterBufferVP8 pic{};
  pic.reconstructed_frame = surface(p.slot);
  pic.ref_last_frame = p.key ? VA_INVALID_SURFACE : surface(p.slots[kVpxLast]);
  pic.ref_gf_frame = p.key ? VA_INVALID_SURFACE : surface(p.slots[kVpxGolden]);
  pic.ref_arf_frame = p.key ? VA_INVALID_SURFACE : surface(p.slots[kVpxAltRef]);
  pic.coded_buf = coded();
  auto& refs = pic.ref_flags.bits;
  refs.force_kf = p.key;
  refs.no_ref_last = p.key || p.used != kVpxLast;
  refs.no_ref_gf = p.key || p.used != kVpxGolden;
  refs.no_ref_arf = 1;
  refs.temporal_id = static_cast<uint32_t>(p.temporal_index);
  if (!p.key) refs.first_ref = p.used == kVpxGolden ? 2 : 1;
  auto& flags = pic.pic_flags.bits;
  flags.frame_type = p.key ? 0 : 1;
  flags.show_frame = 1;
  flags.refresh_last = p.updates[kVpxLast];
  flags.refresh_golden_frame = p.updates[kVpxGolden];
  flags.refresh_alternate_frame = p.updates[kVpxAltRef];
  // What a picture learns of the stream's statistics must not be missed if it is left out.
  flags.refresh_entropy_probs = p.temporal_index == 0;
  flags.mb_no_coeff_skip = 1;
  flags.forced_lf_adjustment = p.key;
  const int index = own_rate_control() ? Quantiser() : kVp8MostIndex / 2;
  const int level = own_rate_control() ? VpxFilterLevel(index, kVp8MostIndex) : kVp8FilterLevel;
  std::fill(std::begin(pic.loop_filter_level), std::end(pic.loop_filter_level), static_cast<int8_t>(level));
  pic.clamp_qindex_high = static_cast<uint8_t>(config_.max_qp);
  buffers.Add(VAEncPictureParameterBufferType, pic);

  VAQMatrixBufferVP8 q{};
  std::fill(std::begin(q.quantization_index), std::end(q.quantization_index), static_cast<uint16_t>(index));
  buffers.Add(VAQMatrixBufferType, q);
}

}  // namespace

std::unique_ptr<Session> OpenVaapiVp8(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                      const StreamConfig& config, Status& status) {
  return OpenVaapiSession<VaapiVp8>(std::move(display), profile, config, status);
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI
