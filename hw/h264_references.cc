// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/h264_references.h"

#include <algorithm>

#include "hw/temporal_layers.h"

namespace nrtc::hw {

H264Picture H264References::Next(bool key) const {
  H264Picture p;
  p.slice.idr = key || !started_;
  const int position = p.slice.idr ? 0 : since_idr_;
  p.temporal_index = TemporalLayerOf(layers_, position);
  p.poc = position * 2;
  p.slice.poc_lsb = p.poc % (1 << kH264Log2MaxPocLsb);
  if (p.slice.idr) {
    p.slice.idr_pic_id = idr_pic_id_;
    p.layer_sync = layers_ > 1;
    return p;
  }
  p.slice.frame_num = next_frame_num_;
  // The highest layer of several is nobody's reference.
  p.slice.nal_ref_idc = layers_ > 1 && p.temporal_index == layers_ - 1 ? 0 : 1;
  p.kept = kept_;
  // The latest of a layer that may be referred to: in the pattern of three, T0 refers to
  // T0, T1 to T0, T2 to whichever came last.
  while (p.used + 1 < static_cast<int>(p.kept.size()) &&
         p.kept[static_cast<size_t>(p.used)].temporal_index > 0 && p.temporal_index < 2) {
    ++p.used;
  }
  const H264Reference& r = p.kept[static_cast<size_t>(p.used)];
  p.layer_sync = p.temporal_index > 0 && r.temporal_index == 0;
  const int max_frame_num = 1 << kH264Log2MaxFrameNum;
  if (p.used > 0) p.slice.reorder_distance = (p.slice.frame_num - r.frame_num + max_frame_num) % max_frame_num;
  // A buffer that holds no reference.
  while (std::any_of(kept_.begin(), kept_.end(), [&](const H264Reference& k) { return k.slot == p.slot; })) ++p.slot;
  return p;
}

void H264References::Commit(const H264Picture& p) {
  started_ = true;
  if (p.slice.idr) {
    kept_.clear();
    since_idr_ = 0;
    idr_pic_id_ = 1 - idr_pic_id_;  // two IDR pictures in a row must differ
  }
  ++since_idr_;
  next_frame_num_ = p.slice.frame_num;
  if (p.slice.nal_ref_idc != 0) {
    next_frame_num_ = (p.slice.frame_num + 1) % (1 << kH264Log2MaxFrameNum);
    // The sliding window: the oldest goes.
    kept_.insert(kept_.begin(), {p.slot, p.slice.frame_num, p.poc, p.temporal_index});
    if (static_cast<int>(kept_.size()) > max_num_ref_frames()) kept_.pop_back();
  }
}

}  // namespace nrtc::hw
