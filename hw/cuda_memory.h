// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The memory of GPUs of NVIDIA.

#ifndef NRTC_HW_CUDA_MEMORY_H_
#define NRTC_HW_CUDA_MEMORY_H_

#include <memory>
#include <string>

#include "hw/native_picture.h"

namespace nrtc::hw {

// What is wrong with the description; asks the driver whose memory it is, and fills in the
// context if there is none.
Status CheckCuda(CudaPicture& picture);

// Copies to this process's memory, after all that its context's default stream has to do.
Status ReadCuda(const CudaPicture& picture, const I420Planes& to);

// Rows of bytes, in the primary context of a device.
class CudaMemory {
 public:
  static std::unique_ptr<CudaMemory> Allocate(int device, size_t row, size_t rows, Status& status);
  ~CudaMemory();
  CudaMemory(const CudaMemory&) = delete;

  uint64_t address() const { return address_; }
  size_t pitch() const { return pitch_; }
  // Copies rows from this process's memory.
  Status Write(size_t first, size_t rows, const uint8_t* data, size_t row, size_t stride);

 private:
  CudaMemory() = default;

  int device_ = 0;
  uint64_t address_ = 0;
  size_t pitch_ = 0;
  size_t row_ = 0;
  size_t rows_ = 0;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_CUDA_MEMORY_H_
