// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// How pictures come to the surface that a VAAPI encoder reads: by a copy, or in the
// memory that they are in. Only for bodies that know <va/va.h>.

#ifndef NRTC_HW_VAAPI_INPUT_H_
#define NRTC_HW_VAAPI_INPUT_H_

#include "hw/vaapi_import.h"

#if defined(NRTC_HW_VAAPI)

#include <memory>
#include <vector>

namespace nrtc::hw {

class VaapiInput {
 public:
  // For pictures of that size, of which one that is not taken as it is comes to a surface, that
  // has the other size.
  VaapiInput(const VaapiDisplay& display, VAConfigID encoder, int width, int height, VASurfaceID surface,
             int surface_width, int surface_height);
  VaapiInput(const VaapiInput&) = delete;

  // What is taken without a copy.
  std::vector<NativeFormat> formats() const;

  // Tells the surface on which the picture is until Done.
  Status Prepare(const Input& input, VASurfaceID& surface);
  // The driver has read it.
  void Done() { import_.reset(); }

 private:
  Status Upload(const Input& input);
  Status Import(const Input& input, VASurfaceID& surface);

  const VaapiDisplay& d_;
  const int width_;
  const int height_;
  const VASurfaceID surface_;
  const int surface_width_;
  const int surface_height_;
  bool derive_ = true;
  bool imports_ = false;
  bool scales_ = false;
  VaapiScaler scaler_;
  std::unique_ptr<VaapiImport> import_;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI

#endif  // NRTC_HW_VAAPI_INPUT_H_
