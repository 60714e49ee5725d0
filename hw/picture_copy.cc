// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/picture_copy.h"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace nrtc::hw {
namespace {

std::atomic<uint64_t> g_pictures_copied{0};

}  // namespace

uint64_t PicturesCopied() {
  return g_pictures_copied;
}

void CountPictureCopied() {
  ++g_pictures_copied;
}

void CopyToI420(PlaneView luma, PlaneView chroma, int bytes_a_sample, int width, int height, const I420Planes& to) {
  ++g_pictures_copied;
  const int step = bytes_a_sample;
  for (int row = 0; row < height; ++row) {
    const uint8_t* from = luma.data + row * luma.stride;
    uint8_t* y = to.data[0] + static_cast<ptrdiff_t>(row) * to.stride[0];
    if (step == 1) {
      std::memcpy(y, from, static_cast<size_t>(width));
    } else {
      for (int x = 0; x < width; ++x) y[x] = from[2 * x + 1];
    }
  }
  for (int row = 0; row < (height + 1) / 2; ++row) {
    const uint8_t* from = chroma.data + row * chroma.stride + (step - 1);
    uint8_t* u = to.data[1] + static_cast<ptrdiff_t>(row) * to.stride[1];
    uint8_t* v = to.data[2] + static_cast<ptrdiff_t>(row) * to.stride[2];
    for (int x = 0; x < (width + 1) / 2; ++x, from += 2 * step) {
      u[x] = from[0];
      v[x] = from[step];
    }
  }
}

void CopyToNV12(const Input& input, uint8_t* y, int y_stride, uint8_t* uv, int uv_stride, int width, int height) {
  ++g_pictures_copied;
  const int chroma_width = (input.width + 1) / 2;
  const int chroma_height = (input.height + 1) / 2;
  for (int row = 0; row < height; ++row) {
    const uint8_t* from = input.data[0] + static_cast<ptrdiff_t>(std::min(row, input.height - 1)) * input.stride[0];
    uint8_t* to = y + static_cast<ptrdiff_t>(row) * y_stride;
    std::memcpy(to, from, static_cast<size_t>(input.width));
    std::memset(to + input.width, from[input.width - 1], static_cast<size_t>(width - input.width));
  }
  for (int row = 0; row < height / 2; ++row) {
    const auto at = static_cast<ptrdiff_t>(std::min(row, chroma_height - 1));
    uint8_t* to = uv + static_cast<ptrdiff_t>(row) * uv_stride;
    if (input.format == PixelFormat::kNV12) {
      std::memcpy(to, input.data[1] + at * input.stride[1], static_cast<size_t>(chroma_width) * 2);
    } else {
      const uint8_t* u = input.data[1] + at * input.stride[1];
      const uint8_t* v = input.data[2] + at * input.stride[2];
      for (int x = 0; x < chroma_width; ++x) {
        to[2 * x] = u[x];
        to[2 * x + 1] = v[x];
      }
    }
    for (int x = chroma_width; x < width / 2; ++x) std::memcpy(to + 2 * x, to + 2 * chroma_width - 2, 2);
  }
}

H264Contents InspectH264(const std::vector<uint8_t>& stream) {
  H264Contents found;
  bool sps = false;
  bool pps = false;
  for (size_t i = 0; i + 3 < stream.size(); ++i) {
    if (stream[i] != 0 || stream[i + 1] != 0 || stream[i + 2] != 1) continue;
    const int type = stream[i + 3] & 31;
    sps = sps || type == 7;
    pps = pps || type == 8;
    found.idr = found.idr || type == 5;
    found.slice = found.slice || type == 5 || type == 1;
    found.reference = found.reference || ((type == 5 || type == 1) && (stream[i + 3] & 0x60) != 0);
  }
  found.parameter_sets = sps && pps;
  return found;
}

}  // namespace nrtc::hw
