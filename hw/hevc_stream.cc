// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/hevc_stream.h"

#include <cstddef>

#include "hw/hevc_headers.h"

namespace nrtc::hw {
namespace {

struct HevcLevelLimits {
  int level_idc;
  int64_t picture_samples;
  int64_t samples_per_second;
  int64_t kilobits_per_second;  // of 1000 bits
};

constexpr HevcLevelLimits kHevcLevels[] = {
    {30, 36864, 552960, 128},           {60, 122880, 3686400, 1500},        {63, 245760, 7372800, 3000},
    {90, 552960, 16588800, 6000},       {93, 983040, 33177600, 10000},      {120, 2228224, 66846720, 12000},
    {123, 2228224, 133693440, 20000},   {150, 8912896, 267386880, 25000},   {153, 8912896, 534773760, 40000},
    {156, 8912896, 1069547520, 60000},  {180, 35651584, 1069547520, 60000}, {183, 35651584, 2139095040, 120000},
    {186, 35651584, 4278190080, 240000},
};

// Types of NAL units up to that are slices.
constexpr int kHevcLastSlice = 31;

}  // namespace

int ChooseHevcLevel(int width, int height, double framerate, uint32_t bitrate_bps) {
  const int64_t samples = int64_t{width} * height;
  const double per_second = static_cast<double>(samples) * (framerate > 0 ? framerate : 30);
  for (const auto& level : kHevcLevels) {
    const int64_t longest = 8 * level.picture_samples;
    if (samples > level.picture_samples || int64_t{width} * width > longest || int64_t{height} * height > longest ||
        per_second > static_cast<double>(level.samples_per_second) ||
        bitrate_bps > static_cast<uint64_t>(level.kilobits_per_second) * 1000) {
      continue;
    }
    return level.level_idc;
  }
  return 0;
}

HevcContents InspectHevc(const std::vector<uint8_t>& stream) {
  HevcContents found;
  bool vps = false;
  bool sps = false;
  bool pps = false;
  for (size_t i = 0; i + 4 < stream.size(); ++i) {
    if (stream[i] != 0 || stream[i + 1] != 0 || stream[i + 2] != 1) continue;
    const int type = stream[i + 3] >> 1 & 63;
    vps = vps || type == kHevcVps;
    sps = sps || type == kHevcSps;
    pps = pps || type == kHevcPps;
    found.idr = found.idr || type == kHevcIdrWRadl || type == kHevcIdrNLp;
    found.slice = found.slice || type <= kHevcLastSlice;
  }
  found.parameter_sets = vps && sps && pps;
  return found;
}

}  // namespace nrtc::hw
