// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Surfaces of the application's memory, and what is read of surfaces: by the driver, to scale
// them, and by the application.

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "driver.h"
#include "tiles.h"

// It needs what the others include.
#include <va/va_vpp.h>

namespace doubles {
namespace {

constexpr uint64_t kLinear = 0;
constexpr uint64_t kUnknown = 0x00ff'ffff'ffff'ffff;
constexpr uint32_t kDrmNv12 = 'N' | 'V' << 8 | '1' << 16 | static_cast<uint32_t>('2') << 24;
constexpr uint32_t kDrmP010 = 'P' | '0' << 8 | '1' << 16 | static_cast<uint32_t>('0') << 24;

VAStatus RefuseImport(const char* why) {
  Log("not imported: %s", why);
  return VA_STATUS_ERROR_INVALID_PARAMETER;
}

VAStatus RefuseScaling(const char* why) {
  Log("refused: %s", why);
  return VA_STATUS_ERROR_INVALID_PARAMETER;
}

// A sample of 8 bits; x counts those of a row.
uint8_t SampleOf(const Surface& s, int plane, int x, int y) {
  if (!s.imported) {
    const size_t begin = plane == 0 ? 0 : static_cast<size_t>(s.pitch * s.rows());
    return s.pixels[begin + static_cast<size_t>(y * s.pitch + x)];
  }
  const Imported::Plane& p = s.imported->planes[plane];
  const bool wide = s.imported->fourcc == VA_FOURCC_P010;
  // The upper half of what is little-endian.
  const size_t at = static_cast<size_t>(wide ? 2 * x + 1 : x);
  const auto row = static_cast<size_t>(y);
  return p.bytes[p.offset + (s.imported->modifier == kTiled ? TiledOffset(at, row, p.pitch) : row * p.pitch + at)];
}

// The mean of what a sample of the target covers. step is 2 for Cb and Cr by turns.
uint8_t MeanOf(const Surface& s, int plane, const VARectangle& part, int width, int height, int x, int y) {
  const int share = plane == 0 ? 1 : 2;
  const int step = plane == 0 ? 1 : 2;
  const int offset = x % step;
  x /= step;
  const int w = part.width / share, h = part.height / share;
  const int left = part.x / share + x * w / width, right = std::max(part.x / share + (x + 1) * w / width, left + 1);
  const int top = part.y / share + y * h / height, bottom = std::max(part.y / share + (y + 1) * h / height, top + 1);
  int sum = 0;
  for (int row = top; row < bottom; ++row) {
    for (int i = left; i < right; ++i) sum += SampleOf(s, plane, i * step + offset, row);
  }
  const int count = (right - left) * (bottom - top);
  return static_cast<uint8_t>((sum + count / 2) / count);
}

}  // namespace

Surface OwnSurface(int width, int height) {
  Surface s;
  s.width = width;
  s.height = height;
  // Rows with padding that nobody may read for pixels.
  s.pitch = (s.width + 63) / 64 * 64 + 64;
  s.pixels.assign(static_cast<size_t>(s.pitch * s.rows() * 3 / 2), 0xee);
  return s;
}

Imported::~Imported() {
  for (Plane& p : planes) {
    if (p.bytes != nullptr) munmap(p.bytes, p.size);
    if (p.fd >= 0) close(p.fd);
  }
}

VAStatus ImportSurface(Driver& d, unsigned format, int width, int height, const VADRMPRIMESurfaceDescriptor* what,
                       Surface& s) {
  if (!d.persona.import) return VA_STATUS_ERROR_UNSUPPORTED_MEMORY_TYPE;
  if (Fault("import")) return VA_STATUS_ERROR_ALLOCATION_FAILED;
  if (what == nullptr) return RefuseImport("no description");
  const bool wide = what->fourcc == VA_FOURCC_P010;
  if (!wide && what->fourcc != VA_FOURCC_NV12) return RefuseImport("another format");
  if (format != (wide ? VA_RT_FORMAT_YUV420_10 : VA_RT_FORMAT_YUV420)) return VA_STATUS_ERROR_UNSUPPORTED_RT_FORMAT;
  if (static_cast<int>(what->width) != width || static_cast<int>(what->height) != height || width < 1 || height < 1) {
    return RefuseImport("another size");
  }
  const auto& layer = what->layers[0];
  if (what->num_layers != 1 || layer.num_planes != 2 || layer.drm_format != (wide ? kDrmP010 : kDrmNv12)) {
    return RefuseImport("other layers");
  }
  if (what->num_objects < 1 || what->num_objects > 2) return RefuseImport("no objects");
  auto imported = std::make_shared<Imported>();
  imported->fourcc = what->fourcc;
  imported->modifier = what->objects[0].drm_format_modifier;
  const bool tiled = d.persona.tiles && imported->modifier == kTiled;
  if (!tiled && imported->modifier != kLinear && imported->modifier != kUnknown) return RefuseImport("the modifier");
  for (int i = 0; i < 2; ++i) {
    if (layer.object_index[i] >= what->num_objects) return RefuseImport("an object that is none");
    const auto& object = what->objects[layer.object_index[i]];
    if (object.drm_format_modifier != imported->modifier) return RefuseImport("two modifiers");
    Imported::Plane& p = imported->planes[i];
    p.offset = layer.offset[i];
    p.pitch = layer.pitch[i];
    if (p.pitch % d.persona.pitch_alignment != 0) return RefuseImport("a pitch that is not aligned");
    const auto row = static_cast<size_t>(i == 0 ? width : (width + 1) / 2 * 2) * (wide ? 2 : 1);
    auto rows = static_cast<size_t>(i == 0 ? height : (height + 1) / 2);
    if (p.pitch < row) return RefuseImport("a pitch less than a row");
    size_t end = p.offset + p.pitch * (rows - 1) + row;
    if (tiled) end = p.offset + p.pitch * ((rows + 7) / 8 * 8);
    p.fd = fcntl(object.fd, F_DUPFD_CLOEXEC, 0);
    struct stat about{};
    if (p.fd < 0 || fstat(p.fd, &about) != 0) return RefuseImport("a descriptor that is not open");
    if (object.size != static_cast<uint32_t>(about.st_size) || object.size < end) return RefuseImport("the size of an object");
    p.size = object.size;
    void* bytes = mmap(nullptr, p.size, PROT_READ, MAP_SHARED, p.fd, 0);
    if (bytes == MAP_FAILED) return RefuseImport("memory that cannot be mapped");
    p.bytes = static_cast<uint8_t*>(bytes);
  }
  Log("import %dx%d %s modifier=%llx pitch=%u objects=%u", width, height, wide ? "P010" : "NV12",
      static_cast<unsigned long long>(imported->modifier), layer.pitch[0], what->num_objects);
  s.width = width;
  s.height = height;
  s.imported = std::move(imported);
  return VA_STATUS_SUCCESS;
}

void ReadPixels(const Surface& s, uint8_t* luma, uint8_t* chroma, size_t pitch, int width, int height) {
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      luma[static_cast<size_t>(y) * pitch + static_cast<size_t>(x)] =
          SampleOf(s, 0, std::min(x, s.width - 1), std::min(y, s.height - 1));
    }
  }
  for (int y = 0; y < (height + 1) / 2; ++y) {
    for (int x = 0; x < (width + 1) / 2 * 2; ++x) {
      const int last = (s.width + 1) / 2 * 2 - 2 + x % 2;
      chroma[static_cast<size_t>(y) * pitch + static_cast<size_t>(x)] =
          SampleOf(s, 1, std::min(x, last), std::min(y, (s.height + 1) / 2 - 1));
    }
  }
}

VAStatus ScalePicture(Driver& d, Context& c) {
  if (c.rendered.size() != 1 || !d.buffers.count(c.rendered[0])) return RefuseScaling("other than one description");
  const Buffer& b = d.buffers[c.rendered[0]];
  if (b.type != VAProcPipelineParameterBufferType || b.data.size() != sizeof(VAProcPipelineParameterBuffer)) {
    return RefuseScaling("a description of another kind");
  }
  VAProcPipelineParameterBuffer p;
  std::memcpy(&p, b.data.data(), sizeof p);
  if (!d.surfaces.count(p.surface) || !d.surfaces.count(c.target) || p.surface == c.target) {
    return RefuseScaling("surfaces that are none");
  }
  if (Fault("scale")) return VA_STATUS_ERROR_OPERATION_FAILED;
  const Surface& from = d.surfaces[p.surface];
  Surface& to = d.surfaces[c.target];
  if (to.imported) return RefuseScaling("a target that is not the driver's");
  const VARectangle all{0, 0, static_cast<uint16_t>(from.width), static_cast<uint16_t>(from.height)};
  const VARectangle whole{0, 0, static_cast<uint16_t>(to.width), static_cast<uint16_t>(to.height)};
  const VARectangle part = p.surface_region != nullptr ? *p.surface_region : all;
  const VARectangle target = p.output_region != nullptr ? *p.output_region : whole;
  if (part.x < 0 || part.y < 0 || part.x + part.width > from.width || part.y + part.height > from.height ||
      part.width < 2 || part.height < 2 || part.x % 2 != 0 || part.y % 2 != 0) {
    return RefuseScaling("a part that is beyond the surface");
  }
  if (target.x != 0 || target.y != 0 || target.width > to.width || target.height > to.height || target.width % 2 != 0 ||
      target.height % 2 != 0) {
    return RefuseScaling("a target that is beyond the surface");
  }
  const size_t chroma = static_cast<size_t>(to.pitch * to.rows());
  for (int y = 0; y < to.height * 3 / 2; ++y) {
    const int plane = y < to.height ? 0 : 1;
    const int row = plane == 0 ? y : y - to.height;
    for (int x = 0; x < to.width; ++x) {
      const bool inside = x < target.width && row < target.height / (plane + 1);
      to.pixels[(plane == 0 ? 0 : chroma) + static_cast<size_t>(row * to.pitch + x)] =
          inside ? MeanOf(from, plane, part, target.width / (plane + 1), target.height / (plane + 1), x, row)
                 : plane == 0 ? 16 : 128;
    }
  }
  Log("scale %dx%d+%d+%d to %dx%d", part.width, part.height, part.x, part.y, target.width, target.height);
  return VA_STATUS_SUCCESS;
}

// Whole pictures alone. An image of 10 bits has the 8 of the surface above two that are not 0.
VAStatus GetImage(VADriverContextP ctx, VASurfaceID id, int x, int y, unsigned width, unsigned height, VAImageID image) {
  auto& d = Of(ctx);
  std::lock_guard<std::recursive_mutex> lock(d.mutex);
  auto found = d.images.find(image);
  if (found == d.images.end()) return VA_STATUS_ERROR_INVALID_IMAGE;
  if (!d.surfaces.count(id)) return VA_STATUS_ERROR_INVALID_SURFACE;
  const Surface& s = d.surfaces[id];
  if (x != 0 || y != 0 || static_cast<int>(width) != s.width || static_cast<int>(height) != s.height) {
    return VA_STATUS_ERROR_INVALID_PARAMETER;
  }
  Bytes& to = d.buffers[found->second].data;
  const bool wide = s.imported && s.imported->fourcc == VA_FOURCC_P010;
  const size_t row = wide ? width * 2 : width;
  const size_t pitch = (row + 31) / 32 * 32 + 32;
  const size_t rows = (height + 1) / 2 * 2;
  if (to.size() != pitch * rows * 3 / 2) return VA_STATUS_ERROR_INVALID_IMAGE_FORMAT;
  Log("read %ux%u", width, height);
  while (Fault("read")) usleep(10'000);
  if (!wide) {
    ReadPixels(s, &to[0], &to[pitch * rows], pitch, s.width, s.height);
    return VA_STATUS_SUCCESS;
  }
  Bytes narrow(pitch * rows * 3 / 2);
  ReadPixels(s, &narrow[0], &narrow[pitch * rows], pitch, s.width, s.height);
  for (size_t i = 0; i < rows * 3 / 2; ++i) {
    for (size_t j = 0; j < row / 2; ++j) {
      to[i * pitch + 2 * j] = 0xc0;
      to[i * pitch + 2 * j + 1] = narrow[i * pitch + j];
    }
  }
  return VA_STATUS_SUCCESS;
}

}  // namespace doubles
