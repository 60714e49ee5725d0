// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/dmabuf.h"
#include "hw/picture_copy.h"
#include "hw/vaapi_import.h"

namespace nrtc::hw {

#if defined(NRTC_HW_VAAPI)

namespace {

class VaapiReader : public TiledReader {
 public:
  explicit VaapiReader(std::unique_ptr<VaapiDisplay> display) : d_(std::move(display)) {}
  Status Read(const Dmabuf& picture, const I420Planes& to) override;

 private:
  Status ReadImage(const VAImage& image, const Dmabuf& picture, const I420Planes& to);

  const std::unique_ptr<VaapiDisplay> d_;
};

Status VaapiReader::Read(const Dmabuf& p, const I420Planes& to) {
  const VaapiFunctions& va = d_->va();
  VADisplay dpy = d_->display();
  VaapiImport import(*d_);
  Status status = import.Open(p);
  if (!status.ok()) return status;
  VAImageFormat format{};
  format.fourcc = p.fourcc == kDrmP010 ? VA_FOURCC_P010 : VA_FOURCC_NV12;
  format.byte_order = VA_LSB_FIRST;
  format.bits_per_pixel = p.fourcc == kDrmP010 ? 24 : 12;
  VAImage image{};
  status = d_->Check(va.CreateImage(dpy, &format, p.width, p.height, &image), "make an image");
  if (status.ok()) {
    status = d_->Check(va.GetImage(dpy, import.surface(), 0, 0, static_cast<unsigned>(p.width),
                                   static_cast<unsigned>(p.height), image.image_id),
                       "read a surface");
    if (status.ok()) status = ReadImage(image, p, to);
    va.DestroyImage(dpy, image.image_id);
  }
  return status;
}

Status VaapiReader::ReadImage(const VAImage& image, const Dmabuf& p, const I420Planes& to) {
  const VaapiFunctions& va = d_->va();
  void* mapped = nullptr;
  Status status = d_->Check(va.MapBuffer(d_->display(), image.buf, &mapped), "map an image");
  if (!status.ok()) return status;
  const auto* bytes = static_cast<const uint8_t*>(mapped);
  CopyToI420({bytes + image.offsets[0], static_cast<ptrdiff_t>(image.pitches[0])},
             {bytes + image.offsets[1], static_cast<ptrdiff_t>(image.pitches[1])}, p.fourcc == kDrmP010 ? 2 : 1,
             p.width, p.height, to);
  return d_->Check(va.UnmapBuffer(d_->display(), image.buf), "unmap an image");
}

}  // namespace

std::unique_ptr<TiledReader> OpenVaapiReader(const std::string& node, Status& status) {
  auto display = VaapiDisplay::Open(node, status);
  if (!display) return nullptr;
  return std::make_unique<VaapiReader>(std::move(display));
}

#else

std::unique_ptr<TiledReader> OpenVaapiReader(const std::string&, Status& status) {
  status = Status("built without VAAPI: install the headers of libva (libva-dev) and build again with go build -a");
  return nullptr;
}

#endif

}  // namespace nrtc::hw
