// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vaapi_input.h"

#if defined(NRTC_HW_VAAPI)

#include "hw/picture_copy.h"

namespace nrtc::hw {

VaapiInput::VaapiInput(const VaapiDisplay& display, VAConfigID encoder, int width, int height, VASurfaceID surface,
                       int surface_width, int surface_height)
    : d_(display),
      width_(width),
      height_(height),
      surface_(surface),
      surface_width_(surface_width),
      surface_height_(surface_height),
      scaler_(display) {
  // What lies behind the pixels of an odd row is not known.
  imports_ = width % 2 == 0 && height % 2 == 0 && ImportsDmabufs(d_, encoder);
  scales_ = imports_ && scaler_.Open() && scaler_.Reads(VA_FOURCC_NV12);
}

std::vector<NativeFormat> VaapiInput::formats() const {
  std::vector<NativeFormat> formats;
  if (imports_) formats.push_back({"dmabuf", "NV12", scales_});
  if (scales_ && scaler_.Reads(VA_FOURCC_P010)) formats.push_back({"dmabuf", "P010", true});
  return formats;
}

Status VaapiInput::Prepare(const Input& input, VASurfaceID& surface) {
  surface = surface_;
  if (input.native == nullptr) return Upload(input);
  Status status = Import(input, surface);
  if (status.ok()) return status;
  Done();
  return Status::OfPicture(status.message());
}

Status VaapiInput::Import(const Input& input, VASurfaceID& surface) {
  const auto* dmabuf = std::get_if<Dmabuf>(&input.native->memory);
  if (dmabuf == nullptr || !imports_) return Status("the driver takes no memory of this kind");
  import_ = std::make_unique<VaapiImport>(d_);
  Status status = import_->Open(*dmabuf);
  if (!status.ok()) return status;
  const Rect& part = input.part;
  if (dmabuf->fourcc == kDrmNv12 && part.x == 0 && part.y == 0 && part.width == width_ && part.height == height_) {
    surface = import_->surface();
    return status;
  }
  return scaler_.Scale(import_->surface(), part, surface_, width_, height_, surface_width_, surface_height_);
}

Status VaapiInput::Upload(const Input& input) {
  const VaapiFunctions& va = d_.va();
  VADisplay dpy = d_.display();
  VAImage image{};
  if (derive_) {
    derive_ = va.DeriveImage(dpy, surface_, &image) == VA_STATUS_SUCCESS;
    if (derive_ && image.format.fourcc != VA_FOURCC_NV12) {
      va.DestroyImage(dpy, image.image_id);
      derive_ = false;
    }
  }
  Status status;
  if (!derive_) {
    VAImageFormat format{};
    format.fourcc = VA_FOURCC_NV12;
    format.byte_order = VA_LSB_FIRST;
    format.bits_per_pixel = 12;
    status = d_.Check(va.CreateImage(dpy, &format, surface_width_, surface_height_,
                                       &image),
                       "make an image");
    if (!status.ok()) return status;
  }
  void* bytes = nullptr;
  status = d_.Check(va.MapBuffer(dpy, image.buf, &bytes), "map an image");
  if (status.ok()) {
    auto* base = static_cast<uint8_t*>(bytes);
    CopyToNV12(input, base + image.offsets[0], static_cast<int>(image.pitches[0]), base + image.offsets[1],
               static_cast<int>(image.pitches[1]), surface_width_, surface_height_);
    status = d_.Check(va.UnmapBuffer(dpy, image.buf), "unmap an image");
    if (status.ok() && !derive_) {
      const unsigned width = image.width;
      const unsigned height = image.height;
      status = d_.Check(va.PutImage(dpy, surface_, image.image_id, 0, 0, width, height, 0, 0, width, height),
                         "upload a picture");
    }
  }
  va.DestroyImage(dpy, image.image_id);
  return status;
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI
