// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What sessions of VP8 and VP9 on VAAPI have in common.

#ifndef NRTC_HW_VAAPI_VPX_H_
#define NRTC_HW_VAAPI_VPX_H_

#include "hw/vaapi_session.h"

#if defined(NRTC_HW_VAAPI)

#include <memory>
#include <utility>
#include <vector>

#include "hw/vpx_quantiser.h"
#include "hw/vpx_references.h"

namespace nrtc::hw {

// The driver writes the headers.
class VaapiVpx : public VaapiSession {
 protected:
  VaapiVpx(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile, const StreamConfig& config,
           int coarsest_qp)
      : VaapiSession(std::move(display), profile, config, config.screen ? 6 : 10, coarsest_qp),
        references_(info_.temporal_layers) {}

  // Opens a context for pictures that are filled up to whole blocks.
  Status OpenBlocks(int block) {
    auto aligned = [block](int size) { return (size + block - 1) / block * block; };
    return OpenContext(aligned(config_.width), aligned(config_.height), VpxReferences::kSlots, 0);
  }

  // What a frame of the codec says of itself.
  virtual VpxContents Contents(const std::vector<uint8_t>& frame) const = 0;
  const VpxPicture& picture() const { return picture_; }

 private:
  bool Next(bool key) final {
    picture_ = references_.Next(key);
    return picture_.key;
  }
  Status Inspect(Output& output) const final {
    const VpxContents found = Contents(output.data);
    if (!found.frame || found.key != picture_.key ||
        (found.key && (found.width != config_.width || found.height != config_.height))) {
      return Status("the driver's stream holds no picture as asked for");
    }
    output.qp = -1;
    output.temporal_index = picture_.temporal_index;
    output.layer_sync = picture_.layer_sync;
    if (!picture_.key) output.distances = {picture_.distance};
    return Status();
  }
  void Commit() final { references_.Commit(picture_); }

  VpxReferences references_;
  VpxPicture picture_;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI

#endif  // NRTC_HW_VAAPI_VPX_H_
