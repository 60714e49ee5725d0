// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Pictures in memory that stands for that of a device.

#ifndef NRTC_TESTS_HARDWARE_DEVICE_PICTURE_H_
#define NRTC_TESTS_HARDWARE_DEVICE_PICTURE_H_

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <memory>
#include <utility>

#include "hw/dmabuf.h"
#include "tests/doubles/va/tiles.h"
#include "tests/hardware/device_frame.h"
#include "tests/hardware/judge.h"

namespace nrtc::hw {

// Memory that a descriptor stands for.
class Memfd {
 public:
  explicit Memfd(size_t size) : size_(size), fd_(memfd_create("a picture", MFD_CLOEXEC)) {
    EXPECT_EQ(ftruncate(fd_, static_cast<off_t>(size)), 0);
    bytes_ = static_cast<uint8_t*>(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, 0));
    std::memset(bytes_, 0xba, size);
  }
  ~Memfd() {
    munmap(bytes_, size_);
    close(fd_);
  }
  Memfd(const Memfd&) = delete;
  int fd() const { return fd_; }
  uint8_t* bytes() const { return bytes_; }

 private:
  const size_t size_;
  const int fd_;
  uint8_t* bytes_;
};

struct DmabufLayout {
  uint32_t fourcc = kDrmNv12;
  uint64_t modifier = kDrmLinear;
  size_t alignment = 256;  // of the pitch
  size_t offset = 0;       // before each plane
  bool two_objects = false;
};

// A picture of NV12 or, with two low bits that are not 0, of P010.
class DmabufFrame : public DeviceFrame {
 public:
  DmabufFrame(const Frame& frame, const DmabufLayout& layout = {}) {
    const Input nv12 = frame.input();
    EXPECT_EQ(nv12.format, PixelFormat::kNV12);
    const size_t samples = layout.fourcc == kDrmP010 ? 2 : 1;
    const auto even = static_cast<size_t>((nv12.width + 1) / 2 * 2);
    const size_t pitch = (even * samples + layout.alignment - 1) / layout.alignment * layout.alignment;
    const size_t rows[2] = {static_cast<size_t>(nv12.height), static_cast<size_t>((nv12.height + 1) / 2)};
    size_t size[2];
    for (int i = 0; i < 2; ++i) size[i] = layout.offset + pitch * ((rows[i] + 7) / 8 * 8);
    if (layout.two_objects) {
      for (size_t s : size) memory_.push_back(std::make_unique<Memfd>(s));
    } else {
      memory_.push_back(std::make_unique<Memfd>(size[0] + size[1]));
    }
    Dmabuf d;
    d.fourcc = layout.fourcc;
    d.modifier = layout.modifier;
    d.width = nv12.width;
    d.height = nv12.height;
    d.node = "/dev/null";
    for (int i = 0; i < 2; ++i) {
      const Memfd& m = *memory_[layout.two_objects ? static_cast<size_t>(i) : 0];
      d.planes[i].fd = m.fd();
      d.planes[i].pitch = static_cast<uint32_t>(pitch);
      d.planes[i].offset = static_cast<uint32_t>(layout.offset + (i == 1 && !layout.two_objects ? size[0] : 0));
      const size_t row = i == 0 ? static_cast<size_t>(nv12.width) : even;
      for (size_t y = 0; y < rows[i]; ++y) {
        for (size_t x = 0; x < row * samples; ++x) {
          const size_t at = layout.modifier == doubles::kTiled ? doubles::TiledOffset(x, y, pitch) : y * pitch + x;
          const uint8_t sample = nv12.data[i][y * static_cast<size_t>(nv12.stride[i]) + x / samples];
          m.bytes()[d.planes[i].offset + at] = samples == 2 && x % 2 == 0 ? 0xc0 : sample;
        }
      }
    }
    native_->memory = d;
  }

  Dmabuf& dmabuf() { return std::get<Dmabuf>(native_->memory); }
  Input scaled(const Rect& part, int width, int height) const {
    Input in = input();
    in.part = part;
    in.width = width;
    in.height = height;
    return in;
  }

 private:
  std::vector<std::unique_ptr<Memfd>> memory_;
};

inline size_t OpenDescriptors() {
  size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  return count;
}

}  // namespace nrtc::hw

#endif  // NRTC_TESTS_HARDWARE_DEVICE_PICTURE_H_
