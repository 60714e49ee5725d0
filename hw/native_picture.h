// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Pictures that are in the memory of a device already.

#ifndef NRTC_HW_NATIVE_PICTURE_H_
#define NRTC_HW_NATIVE_PICTURE_H_

#include <cstdint>
#include <string>
#include <variant>

#include "hw/session.h"

namespace nrtc::hw {

constexpr uint32_t DrmFourcc(char a, char b, char c, char d) {
  return static_cast<uint32_t>(a) | static_cast<uint32_t>(b) << 8 | static_cast<uint32_t>(c) << 16 |
         static_cast<uint32_t>(d) << 24;
}

// As in drm_fourcc.h.
inline constexpr uint32_t kDrmNv12 = DrmFourcc('N', 'V', '1', '2');
inline constexpr uint32_t kDrmP010 = DrmFourcc('P', '0', '1', '0');
inline constexpr uint64_t kDrmLinear = 0;
inline constexpr uint64_t kDrmModifierUnknown = 0x00ff'ffff'ffff'ffff;  // DRM_FORMAT_MOD_INVALID

// A picture in memory that file descriptors stand for: luma, then Cb and Cr by turns.
struct Dmabuf {
  struct Plane {
    int fd = -1;
    uint32_t offset = 0;
    uint32_t pitch = 0;
  };
  uint32_t fourcc = kDrmNv12;
  uint64_t modifier = kDrmLinear;
  int width = 0;
  int height = 0;
  Plane planes[2];
  std::string node;  // a device that can read it, if that is known
};

// A picture in the memory of a GPU of NVIDIA.
struct CudaPicture {
  PixelFormat format = PixelFormat::kNV12;
  int width = 0;
  int height = 0;
  int device = 0;
  void* context = nullptr;  // nullptr: the device's primary one
  uint64_t data[3] = {};
  uint32_t pitch[3] = {};

  int planes() const { return format == PixelFormat::kNV12 ? 2 : 3; }
};

struct NativePicture {
  std::variant<Dmabuf, CudaPicture> memory;

  int width() const {
    return std::visit([](const auto& m) { return m.width; }, memory);
  }
  int height() const {
    return std::visit([](const auto& m) { return m.height; }, memory);
  }
  // As in NativeFormat.
  const char* memory_name() const { return std::holds_alternative<Dmabuf>(memory) ? "dmabuf" : "cuda"; }
  const char* format_name() const {
    if (const auto* d = std::get_if<Dmabuf>(&memory)) return d->fourcc == kDrmP010 ? "P010" : "NV12";
    return std::get<CudaPicture>(memory).format == PixelFormat::kNV12 ? "NV12" : "I420";
  }
};

// Where a picture is to be written in this process's memory.
struct I420Planes {
  uint8_t* data[3] = {};
  int stride[3] = {};
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_NATIVE_PICTURE_H_
