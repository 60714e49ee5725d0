// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vaapi_import.h"

#if defined(NRTC_HW_VAAPI)

#include <va/va_drmcommon.h>
#include <va/va_vpp.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace nrtc::hw {
namespace {

uint32_t VaFourccOf(uint32_t drm_fourcc) {
  return drm_fourcc == kDrmP010 ? VA_FOURCC_P010 : VA_FOURCC_NV12;
}

// Two descriptors may stand for one object; drivers want it named once.
bool IsSameObject(int a, int b) {
  if (a == b) return true;
  struct stat of_a{};
  struct stat of_b{};
  return fstat(a, &of_a) == 0 && fstat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

uint32_t SizeOfObject(int fd) {
  struct stat about{};
  if (fstat(fd, &about) == 0 && about.st_size > 0) return static_cast<uint32_t>(about.st_size);
  return static_cast<uint32_t>(std::max<off_t>(lseek(fd, 0, SEEK_END), 0));
}

std::vector<VASurfaceAttrib> SurfaceAttributes(const VaapiDisplay& d, VAConfigID config) {
  unsigned count = 0;
  if (d.va().QuerySurfaceAttributes(d.display(), config, nullptr, &count) != VA_STATUS_SUCCESS) return {};
  std::vector<VASurfaceAttrib> attributes(count);
  if (d.va().QuerySurfaceAttributes(d.display(), config, attributes.data(), &count) != VA_STATUS_SUCCESS) return {};
  attributes.resize(std::min<size_t>(count, attributes.size()));
  return attributes;
}

}  // namespace

bool ImportsDmabufs(const VaapiDisplay& d, VAConfigID config) {
  for (const VASurfaceAttrib& a : SurfaceAttributes(d, config)) {
    if (a.type == VASurfaceAttribMemoryType && (a.flags & VA_SURFACE_ATTRIB_SETTABLE) != 0 &&
        (static_cast<uint32_t>(a.value.value.i) & VA_SURFACE_ATTRIB_MEM_TYPE_DRM_PRIME_2) != 0) {
      return true;
    }
  }
  return false;
}

VaapiImport::~VaapiImport() {
  if (surface_ != VA_INVALID_ID) d_.va().DestroySurfaces(d_.display(), &surface_, 1);
}

Status VaapiImport::Open(const Dmabuf& p) {
  VADRMPRIMESurfaceDescriptor description{};
  description.fourcc = VaFourccOf(p.fourcc);
  description.width = static_cast<uint32_t>(p.width);
  description.height = static_cast<uint32_t>(p.height);
  description.num_objects = IsSameObject(p.planes[0].fd, p.planes[1].fd) ? 1 : 2;
  for (uint32_t i = 0; i < description.num_objects; ++i) {
    description.objects[i].fd = p.planes[i].fd;
    description.objects[i].size = SizeOfObject(p.planes[i].fd);
    description.objects[i].drm_format_modifier = p.modifier;
  }
  description.num_layers = 1;
  description.layers[0].drm_format = p.fourcc;
  description.layers[0].num_planes = 2;
  for (uint32_t i = 0; i < 2; ++i) {
    description.layers[0].object_index[i] = std::min(i, description.num_objects - 1);
    description.layers[0].offset[i] = p.planes[i].offset;
    description.layers[0].pitch[i] = p.planes[i].pitch;
  }
  VASurfaceAttrib attributes[2]{};
  attributes[0].type = VASurfaceAttribMemoryType;
  attributes[0].flags = VA_SURFACE_ATTRIB_SETTABLE;
  attributes[0].value.type = VAGenericValueTypeInteger;
  attributes[0].value.value.i = VA_SURFACE_ATTRIB_MEM_TYPE_DRM_PRIME_2;
  attributes[1].type = VASurfaceAttribExternalBufferDescriptor;
  attributes[1].flags = VA_SURFACE_ATTRIB_SETTABLE;
  attributes[1].value.type = VAGenericValueTypePointer;
  attributes[1].value.value.p = &description;
  const unsigned format = p.fourcc == kDrmP010 ? VA_RT_FORMAT_YUV420_10 : VA_RT_FORMAT_YUV420;
  VASurfaceID surface = VA_INVALID_ID;
  Status status = d_.Check(d_.va().CreateSurfaces(d_.display(), format, description.width, description.height,
                                                  &surface, 1, attributes, 2),
                           "take a dmabuf for a surface");
  if (status.ok()) surface_ = surface;
  return status;
}

VaapiScaler::~VaapiScaler() {
  if (context_ != VA_INVALID_ID) d_.va().DestroyContext(d_.display(), context_);
  if (config_ != VA_INVALID_ID) d_.va().DestroyConfig(d_.display(), config_);
}

bool VaapiScaler::Open() {
  const VaapiFunctions& va = d_.va();
  std::vector<VAEntrypoint> entrypoints(static_cast<size_t>(std::max(va.MaxNumEntrypoints(d_.display()), 1)));
  int count = 0;
  if (va.QueryConfigEntrypoints(d_.display(), VAProfileNone, entrypoints.data(), &count) != VA_STATUS_SUCCESS) {
    return false;
  }
  entrypoints.resize(static_cast<size_t>(count));
  if (std::find(entrypoints.begin(), entrypoints.end(), VAEntrypointVideoProc) == entrypoints.end()) return false;
  VAConfigID config = VA_INVALID_ID;
  if (va.CreateConfig(d_.display(), VAProfileNone, VAEntrypointVideoProc, nullptr, 0, &config) != VA_STATUS_SUCCESS) {
    return false;
  }
  config_ = config;
  return true;
}

bool VaapiScaler::Reads(uint32_t va_fourcc) const {
  if (config_ == VA_INVALID_ID || !ImportsDmabufs(d_, config_)) return false;
  for (const VASurfaceAttrib& a : SurfaceAttributes(d_, config_)) {
    if (a.type == VASurfaceAttribPixelFormat && static_cast<uint32_t>(a.value.value.i) == va_fourcc) return true;
  }
  return false;
}

Status VaapiScaler::Scale(VASurfaceID from, const Rect& part, VASurfaceID to, int to_width, int to_height,
                          int surface_width, int surface_height) {
  const VaapiFunctions& va = d_.va();
  VADisplay dpy = d_.display();
  Status status;
  if (config_ == VA_INVALID_ID) return Status("the driver does not scale");
  if (context_ == VA_INVALID_ID) {
    VAContextID context = VA_INVALID_ID;
    status = d_.Check(va.CreateContext(dpy, config_, surface_width, surface_height, VA_PROGRESSIVE, &to, 1, &context),
                      "open a session that scales");
    if (!status.ok()) return status;
    context_ = context;
  }
  VARectangle source{};
  source.x = static_cast<int16_t>(part.x);
  source.y = static_cast<int16_t>(part.y);
  source.width = static_cast<uint16_t>(part.width);
  source.height = static_cast<uint16_t>(part.height);
  VARectangle target{};
  target.width = static_cast<uint16_t>(to_width);
  target.height = static_cast<uint16_t>(to_height);
  VAProcPipelineParameterBuffer p{};
  p.surface = from;
  p.surface_region = &source;
  p.output_region = &target;
  p.output_background_color = 0xff000000;
  VABufferID buffer = VA_INVALID_ID;
  status = d_.Check(va.CreateBuffer(dpy, context_, VAProcPipelineParameterBufferType, sizeof p, 1, &p, &buffer),
                    "describe what to scale");
  if (!status.ok()) return status;
  status = d_.Check(va.BeginPicture(dpy, context_, to), "begin to scale");
  if (status.ok()) {
    status = d_.Check(va.RenderPicture(dpy, context_, &buffer, 1), "describe what to scale");
    Status ended = d_.Check(va.EndPicture(dpy, context_), "scale");
    if (status.ok()) status = ended;
  }
  va.DestroyBuffer(dpy, buffer);
  return status;
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI
