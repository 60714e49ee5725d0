// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Surfaces made of memory that is on a device already, and their conversion by it. Only
// for bodies that know <va/va.h>.

#ifndef NRTC_HW_VAAPI_IMPORT_H_
#define NRTC_HW_VAAPI_IMPORT_H_

#include "hw/vaapi_internal.h"

#if defined(NRTC_HW_VAAPI)

#include "hw/native_picture.h"

namespace nrtc::hw {

// A surface that is a dmabuf's memory.
class VaapiImport {
 public:
  explicit VaapiImport(const VaapiDisplay& display) : d_(display) {}
  ~VaapiImport();
  VaapiImport(const VaapiImport&) = delete;

  Status Open(const Dmabuf& picture);
  VASurfaceID surface() const { return surface_; }

 private:
  const VaapiDisplay& d_;
  VASurfaceID surface_ = VA_INVALID_ID;
};

// Converts and scales surfaces, where the driver does that.
class VaapiScaler {
 public:
  explicit VaapiScaler(const VaapiDisplay& display) : d_(display) {}
  ~VaapiScaler();
  VaapiScaler(const VaapiScaler&) = delete;

  // Finds out whether the driver does it.
  bool Open();
  // Whether it reads surfaces of that format.
  bool Reads(uint32_t va_fourcc) const;
  // Fills the upper left of a surface, whose whole size is given, with a part of another.
  Status Scale(VASurfaceID from, const Rect& part, VASurfaceID to, int to_width, int to_height, int surface_width,
               int surface_height);

 private:
  const VaapiDisplay& d_;
  VAConfigID config_ = VA_INVALID_ID;
  VAContextID context_ = VA_INVALID_ID;
};

// Whether surfaces for what the configuration does can be made of dmabufs.
bool ImportsDmabufs(const VaapiDisplay& display, VAConfigID config);

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI

#endif  // NRTC_HW_VAAPI_IMPORT_H_
