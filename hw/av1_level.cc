// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/av1_level.h"

namespace nrtc::hw {
namespace {

// Annex A.3. All pictures are shown, so that the rate at which they are decoded is that at which
// they are displayed.
struct Av1LevelLimits {
  int seq_level_idx;
  int64_t picture_samples;
  int width;
  int height;
  int64_t samples_per_second;
  double megabits_per_second;
  int tiles;
  int tile_columns;
};

constexpr Av1LevelLimits kAv1Levels[] = {
    {0, 147456, 2048, 1152, 4423680, 1.5, 8, 4},
    {1, 278784, 2816, 1584, 8363520, 3, 8, 4},
    {4, 665856, 4352, 2448, 19975680, 6, 16, 6},
    {5, 1065024, 5504, 3096, 31950720, 10, 16, 6},
    {8, 2359296, 6144, 3456, 70778880, 12, 32, 8},
    {9, 2359296, 6144, 3456, 141557760, 20, 32, 8},
    {12, 8912896, 8192, 4352, 267386880, 30, 64, 8},
    {13, 8912896, 8192, 4352, 534773760, 40, 64, 8},
    {14, 8912896, 8192, 4352, 1069547520, 60, 64, 8},
    {16, 35651584, 16384, 8704, 1069547520, 60, 128, 16},
    {17, 35651584, 16384, 8704, 2139095040, 100, 128, 16},
    {18, 35651584, 16384, 8704, 4278190080, 160, 128, 16},
};

}  // namespace

int ChooseAv1Level(int width, int height, double framerate, uint32_t bitrate_bps, int tiles, int tile_columns) {
  const int64_t samples = static_cast<int64_t>(width) * height;
  const double per_second = static_cast<double>(samples) * (framerate > 0 ? framerate : 30);
  for (const auto& level : kAv1Levels) {
    if (samples <= level.picture_samples && width <= level.width && height <= level.height &&
        per_second <= static_cast<double>(level.samples_per_second) &&
        bitrate_bps <= level.megabits_per_second * 1'000'000 && tiles <= level.tiles &&
        tile_columns <= level.tile_columns) {
      return level.seq_level_idx;
    }
  }
  return -1;
}

}  // namespace nrtc::hw
