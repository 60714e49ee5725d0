// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// How pictures come to what an NVENC encoder reads: by a copy, or in the memory of the GPU
// that they are in. Only for bodies that know nvEncodeAPI.h.

#ifndef NRTC_HW_NVENC_INPUT_H_
#define NRTC_HW_NVENC_INPUT_H_

#include "hw/nvenc_internal.h"

#if defined(NRTC_HW_NVENC)

#include <vector>

#include "hw/native_picture.h"

namespace nrtc::hw {

// All is called with the session's context.
class NvencInput {
 public:
  // For pictures of that size, which is even.
  NvencInput(const NvencSession& session, int width, int height)
      : s_(session), api_(session.api()), width_(width), height_(height) {}
  ~NvencInput();
  NvencInput(const NvencInput&) = delete;

  Status Open();
  // What is taken without a copy.
  std::vector<NativeFormat> formats(const GUID& codec) const;

  // Fills in where the picture is, until Done.
  Status Prepare(const Input& input, NV_ENC_PIC_PARAMS& picture);
  // The GPU has read it.
  void Done();

 private:
  Status Upload(const Input& input);
  Status Register(const Input& input, NV_ENC_PIC_PARAMS& picture);

  const NvencSession& s_;
  const NV_ENCODE_API_FUNCTION_LIST& api_;
  const int width_;
  const int height_;
  void* buffer_ = nullptr;      // the driver's, to copy to
  void* registered_ = nullptr;  // the application's
  void* mapped_ = nullptr;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_NVENC

#endif  // NRTC_HW_NVENC_INPUT_H_
