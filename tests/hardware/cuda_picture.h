// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Pictures in what stands for the memory of a GPU of NVIDIA.

#ifndef NRTC_TESTS_HARDWARE_CUDA_PICTURE_H_
#define NRTC_TESTS_HARDWARE_CUDA_PICTURE_H_

#include <memory>

#include "hw/cuda_memory.h"
#include "tests/hardware/device_frame.h"
#include "tests/hardware/judge.h"

namespace nrtc::hw {

// A picture of the format of a frame. Its luma has rows more before its chroma than it needs.
class CudaFrame : public DeviceFrame {
 public:
  explicit CudaFrame(const Frame& frame, int more_rows = 0) {
    const Input in = frame.input();
    const bool nv12 = in.format == PixelFormat::kNV12;
    const auto width = static_cast<size_t>((in.width + 1) / 2 * 2);
    const auto rows = static_cast<size_t>((in.height + 1) / 2 * 2 + more_rows);
    Status status;
    // Whole rows can be written of memory that is as wide as its pitch.
    memory_ = CudaMemory::Allocate(0, (width + 511) / 512 * 512, rows * 3 / 2, status);
    EXPECT_TRUE(memory_) << status.message();
    CudaPicture c;
    c.format = in.format;
    c.width = in.width;
    c.height = in.height;
    const auto pitch = static_cast<uint32_t>(memory_->pitch());
    c.data[0] = memory_->address();
    c.data[1] = c.data[0] + uint64_t{pitch} * rows;
    c.data[2] = c.data[1] + uint64_t{pitch} / 2 * (rows / 2);
    c.pitch[0] = pitch;
    c.pitch[1] = nv12 ? pitch : pitch / 2;
    c.pitch[2] = pitch / 2;
    const auto chroma_rows = static_cast<size_t>((in.height + 1) / 2);
    auto write = [&](size_t first, size_t count, const uint8_t* from, size_t row, int stride) {
      Status written = memory_->Write(first, count, from, row, static_cast<size_t>(stride));
      EXPECT_TRUE(written.ok()) << written.message();
    };
    write(0, static_cast<size_t>(in.height), in.data[0], static_cast<size_t>(in.width), in.stride[0]);
    if (nv12) {
      write(rows, chroma_rows, in.data[1], width, in.stride[1]);
    } else {
      // Two rows of U, then of V, in each row of the memory.
      Bytes planes(uint64_t{pitch} * rows / 2);
      for (int plane = 1; plane < 3; ++plane) {
        for (size_t y = 0; y < chroma_rows; ++y) {
          const size_t at = (plane == 2 ? uint64_t{pitch} / 2 * (rows / 2) : 0) + y * (pitch / 2);
          std::copy_n(in.data[plane] + y * static_cast<size_t>(in.stride[plane]), width / 2,
                      planes.begin() + static_cast<long>(at));
        }
      }
      write(rows, rows / 2, planes.data(), pitch, static_cast<int>(pitch));
    }
    native_->memory = c;
    Status checked = CheckCuda(cuda());
    EXPECT_TRUE(checked.ok()) << checked.message();
  }

  CudaPicture& cuda() { return std::get<CudaPicture>(native_->memory); }

 private:
  std::unique_ptr<CudaMemory> memory_;
};

}  // namespace nrtc::hw

#endif  // NRTC_TESTS_HARDWARE_CUDA_PICTURE_H_
