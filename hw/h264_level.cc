// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/h264_level.h"

#include <cmath>

namespace nrtc::hw {
namespace {

struct H264LevelLimits {
  int level_idc;
  int64_t macroblocks_per_second;
  int64_t frame_macroblocks;
  int64_t dpb_macroblocks;
  int64_t kilobits_per_second;  // of 1000 bits, for baseline and main
};

// Level 1b (9) before 1.1: it differs from level 1 by its bitrate.
constexpr H264LevelLimits kH264Levels[] = {
    {10, 1485, 99, 396, 64},           {9, 1485, 99, 396, 128},           {11, 3000, 396, 900, 192},
    {12, 6000, 396, 2376, 384},        {13, 11880, 396, 2376, 768},       {20, 11880, 396, 2376, 2000},
    {21, 19800, 792, 4752, 4000},      {22, 20250, 1620, 8100, 4000},     {30, 40500, 1620, 8100, 10000},
    {31, 108000, 3600, 18000, 14000},  {32, 216000, 5120, 20480, 20000},  {40, 245760, 8192, 32768, 20000},
    {41, 245760, 8192, 32768, 50000},  {42, 522240, 8704, 34816, 50000},  {50, 589824, 22080, 110400, 135000},
    {51, 983040, 36864, 184320, 240000}, {52, 2073600, 36864, 184320, 240000},
    {60, 4177920, 139264, 696320, 240000}, {61, 8355840, 139264, 696320, 480000},
    {62, 16711680, 139264, 696320, 800000},
};

}  // namespace

int ChooseH264Level(H264Profile profile, int width, int height, double framerate, uint32_t bitrate_bps,
                    int max_num_ref_frames) {
  const int64_t columns = (width + 15) / 16;
  const int64_t rows = (height + 15) / 16;
  const int64_t macroblocks = columns * rows;
  const double per_second = static_cast<double>(macroblocks) * (framerate > 0 ? framerate : 30);
  for (const auto& level : kH264Levels) {
    // High allows five quarters of the bitrate.
    double bits = static_cast<double>(level.kilobits_per_second) * (profile == H264Profile::kHigh ? 1250 : 1000);
    if (macroblocks > level.frame_macroblocks || per_second > static_cast<double>(level.macroblocks_per_second) ||
        columns * columns > 8 * level.frame_macroblocks || rows * rows > 8 * level.frame_macroblocks ||
        macroblocks * max_num_ref_frames > level.dpb_macroblocks || bitrate_bps > bits) {
      continue;
    }
    return level.level_idc;
  }
  return 0;
}

}  // namespace nrtc::hw
