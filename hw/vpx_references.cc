// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vpx_references.h"

#include <algorithm>

#include "hw/temporal_layers.h"

namespace nrtc::hw {

VpxPicture VpxReferences::Next(bool key) const {
  VpxPicture p;
  p.key = key || !started_;
  for (int i = 0; i < kVpxBuffers; ++i) p.slots[static_cast<size_t>(i)] = held_[static_cast<size_t>(i)].slot;
  // A surface that no buffer holds.
  if (started_) {
    while (std::find(p.slots.begin(), p.slots.end(), p.slot) != p.slots.end()) ++p.slot;
  }
  if (p.key) {
    p.updates.fill(true);
    p.layer_sync = layers_ > 1;
    return p;
  }
  p.temporal_index = TemporalLayerOf(layers_, since_key_);
  // The last picture of three layers before the base layer's next refers to layer 1.
  if (layers_ == 3 && since_key_ % 4 == 3) p.used = kVpxGolden;
  if (p.temporal_index == 0) p.updates[kVpxLast] = true;
  if (layers_ == 3 && p.temporal_index == 1) p.updates[kVpxGolden] = true;
  const Held& used = held_[p.used];
  p.distance = number_ - used.number;
  p.layer_sync = p.temporal_index > 0 && used.temporal_index == 0;
  return p;
}

void VpxReferences::Commit(const VpxPicture& p) {
  started_ = true;
  if (p.key) since_key_ = 0;
  for (size_t i = 0; i < kVpxBuffers; ++i) {
    if (p.updates[i]) held_[i] = {p.slot, number_, p.temporal_index};
  }
  ++number_;
  ++since_key_;
}

}  // namespace nrtc::hw
