// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/hevc_references.h"

#include <algorithm>

#include "hw/temporal_layers.h"

namespace nrtc::hw {

HevcPicture HevcReferences::Next(bool key) const {
  HevcPicture p;
  if (key || !started_) {
    p.layer_sync = layers_ > 1;
    return p;
  }
  HevcSlice& s = p.slice;
  s.poc = next_poc_;
  s.temporal_index = TemporalLayerOf(layers_, next_poc_);
  // The highest layer of several is nobody's reference.
  p.referenced = layers_ == 1 || s.temporal_index < layers_ - 1;
  s.nal = s.temporal_index == 0 ? kHevcTrailR : p.referenced ? kHevcTsaR : kHevcTsaN;
  // The latest of each lower layer, or of the base layer. The others are gone for all that follows.
  for (const HevcReference& k : kept_) {
    if (k.temporal_index >= std::max(s.temporal_index, 1)) continue;
    // T0 refers to T0, T1 to T0, T2 to whichever came last.
    s.kept.push_back({s.poc - k.poc, p.kept.empty()});
    p.kept.push_back(k);
  }
  p.layer_sync = s.temporal_index > 0 && p.kept[0].temporal_index == 0;
  // A buffer that holds no reference.
  while (std::any_of(kept_.begin(), kept_.end(), [&](const HevcReference& k) { return k.slot == p.slot; })) ++p.slot;
  return p;
}

void HevcReferences::Commit(const HevcPicture& p) {
  started_ = true;
  next_poc_ = p.slice.poc + 1;
  kept_ = p.kept;
  if (!p.referenced) return;
  // It takes the place of the one before of its layer.
  const int layer = p.slice.temporal_index;
  std::erase_if(kept_, [layer](const HevcReference& k) { return k.temporal_index >= layer; });
  kept_.insert(kept_.begin(), {p.slot, p.slice.poc, layer});
}

}  // namespace nrtc::hw
