// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "driver.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

namespace doubles {
namespace {

using Lock = std::lock_guard<std::recursive_mutex>;

std::atomic<int> open_contexts{0};

Persona PersonaByName(const std::string& name) {
  Persona p;
  p.profiles = {VAProfileH264ConstrainedBaseline, VAProfileH264Main, VAProfileH264High, VAProfileHEVCMain,
                VAProfileVP8Version0_3, VAProfileVP9Profile0, VAProfileAV1Profile0};
  // No GPU of AMD encodes VP8 and VP9, and older ones no AV1.
  if (name.rfind("mesa", 0) == 0) p.profiles.resize(4);
  if (name == "h264") p.profiles.resize(3);
  constexpr uint32_t sequence = VA_ENC_PACKED_HEADER_SEQUENCE, slice = VA_ENC_PACKED_HEADER_SLICE;
  p.packed = sequence | VA_ENC_PACKED_HEADER_PICTURE | slice | VA_ENC_PACKED_HEADER_MISC;
  if (name == "mesa-none") p.packed = 0;
  if (name == "mesa-sequence") p.packed = sequence;
  if (name == "mesa") p.packed = sequence | slice;
  if (name.rfind("mesa", 0) == 0) p.sync2 = false;
  if (name == "cqp") p.rate_control = VA_RC_CQP;
  if (name == "cqp") p.low_power_only = true;
  p.parameter_sets = name != "no-sets";
  p.two_lists_only = name == "cqp";
  p.insists = name == "insists";
  if (name == "cbr") p.rate_control = VA_RC_CBR;
  if (name == "cbr" || name == "mesa-none" || name == "mesa-sequence") p.tells_hevc = false;
  if (name == "cbr") DemandOfAv1(p);
  if (name == "no-derive") p.derive = false;
  if (name == "no-encode") p.encode = false;
  if (name == "two-sessions") p.max_contexts = 2;
  if (name == "no-import") p.import = false;
  if (name == "no-scale") p.scale = false;
  if (name.rfind("mesa", 0) == 0) p.tiles = false;
  if (name.rfind("mesa", 0) == 0) p.pitch_alignment = 256;
  return p;
}

bool Encodes(const Driver& d, VAProfile p, VAEntrypoint e) {
  const auto& known = d.persona.profiles;
  return std::find(known.begin(), known.end(), p) != known.end() && d.persona.encode && e == (d.persona.low_power_only ? VAEntrypointEncSliceLP : VAEntrypointEncSlice);
}

// Of VP8 and VP9 the driver writes all headers.
bool TakesHeaders(VAProfile p) {
  return p != VAProfileVP8Version0_3 && p != VAProfileVP9Profile0;
}

// What of the application's headers it takes.
uint32_t HeadersOf(const Driver& d, VAProfile p) {
  if (!TakesHeaders(p)) return 0;
  return p == VAProfileAV1Profile0 ? VA_ENC_PACKED_HEADER_SEQUENCE | VA_ENC_PACKED_HEADER_PICTURE : d.persona.packed;
}

VAStatus Terminate(VADriverContextP ctx) {
  auto* d = &Of(ctx);
  Log("terminate contexts=%zu surfaces=%zu buffers=%zu configs=%zu images=%zu", d->contexts.size(), d->surfaces.size(),
      d->buffers.size(), d->configs.size(), d->images.size());
  delete d;
  ctx->pDriverData = nullptr;
  return VA_STATUS_SUCCESS;
}

VAStatus QueryConfigProfiles(VADriverContextP ctx, VAProfile* list, int* count) {
  const auto& profiles = Of(ctx).persona.profiles;
  *std::copy(profiles.begin(), profiles.end(), list) = VAProfileNone;
  *count = static_cast<int>(profiles.size()) + 1;
  return VA_STATUS_SUCCESS;
}

VAStatus QueryConfigEntrypoints(VADriverContextP ctx, VAProfile profile, VAEntrypoint* list, int* count) {
  auto& d = Of(ctx);
  *count = 0;
  if (profile == VAProfileNone) {
    if (!d.persona.scale) return VA_STATUS_ERROR_UNSUPPORTED_PROFILE;
    list[(*count)++] = VAEntrypointVideoProc;
    return VA_STATUS_SUCCESS;
  }
  list[(*count)++] = VAEntrypointVLD;
  if (d.persona.encode) list[(*count)++] = d.persona.low_power_only ? VAEntrypointEncSliceLP : VAEntrypointEncSlice;
  return VA_STATUS_SUCCESS;
}

VAStatus GetConfigAttributes(VADriverContextP ctx, VAProfile profile, VAEntrypoint entrypoint, VAConfigAttrib* list,
                             int count) {
  auto& d = Of(ctx);
  for (int i = 0; i < count; ++i) {
    list[i].value = VA_ATTRIB_NOT_SUPPORTED;
    if (!Encodes(d, profile, entrypoint)) continue;
    switch (list[i].type) {
      case VAConfigAttribRTFormat:
        list[i].value = VA_RT_FORMAT_YUV420;
        break;
      case VAConfigAttribRateControl:
        list[i].value = d.persona.rate_control;
        break;
      case VAConfigAttribEncPackedHeaders:
        if (HeadersOf(d, profile)) list[i].value = HeadersOf(d, profile);
        break;
      case VAConfigAttribEncAV1:
      case VAConfigAttribEncAV1Ext1:
      case VAConfigAttribEncAV1Ext2:
        if (profile == VAProfileAV1Profile0) list[i].value = Av1Attribute(d.persona, list[i].type);
        break;
      case VAConfigAttribMaxPictureWidth:
      case VAConfigAttribMaxPictureHeight:
        list[i].value = static_cast<uint32_t>(d.persona.max_size);
        break;
      case VAConfigAttribEncMaxRefFrames:
        list[i].value = 1 << 16 | 4;
        break;
      default:
        if (profile == VAProfileHEVCMain) list[i].value = HevcAttribute(d.persona, list[i].type);
        break;
    }
  }
  return VA_STATUS_SUCCESS;
}

VAStatus CreateConfig(VADriverContextP ctx, VAProfile profile, VAEntrypoint entrypoint, VAConfigAttrib* list, int count,
                      VAConfigID* id) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  if (profile == VAProfileNone && entrypoint == VAEntrypointVideoProc && d.persona.scale) {
    *id = d.next++;
    d.configs[*id].scales = true;
    return VA_STATUS_SUCCESS;
  }
  if (Fault("config")) return VA_STATUS_ERROR_OPERATION_FAILED;
  if (!Encodes(d, profile, entrypoint)) return VA_STATUS_ERROR_UNSUPPORTED_ENTRYPOINT;
  Config c;
  c.profile = profile;
  for (int i = 0; i < count; ++i) {
    uint32_t v = list[i].value;
    if (list[i].type == VAConfigAttribRateControl) {
      // Exactly one that was offered.
      if ((v & (v - 1)) != 0 || (v & d.persona.rate_control) == 0) return VA_STATUS_ERROR_INVALID_CONFIG;
      c.rate_control = v;
    } else if (list[i].type == VAConfigAttribEncPackedHeaders) {
      if ((v & ~HeadersOf(d, profile)) != 0 || !TakesHeaders(profile)) return VA_STATUS_ERROR_INVALID_CONFIG;
      c.packed = v;
    } else if (list[i].type == VAConfigAttribRTFormat && v != VA_RT_FORMAT_YUV420) {
      return VA_STATUS_ERROR_UNSUPPORTED_RT_FORMAT;
    }
  }
  if (c.rate_control == 0) return VA_STATUS_ERROR_INVALID_CONFIG;
  if (profile == VAProfileAV1Profile0 && c.packed != HeadersOf(d, profile)) return VA_STATUS_ERROR_INVALID_CONFIG;
  *id = d.next++;
  d.configs[*id] = c;
  Log("config profile=%d entrypoint=%d rc=%u packed=%u", profile, entrypoint, c.rate_control, c.packed);
  return VA_STATUS_SUCCESS;
}

VAStatus DestroyConfig(VADriverContextP ctx, VAConfigID id) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  return d.configs.erase(id) ? VA_STATUS_SUCCESS : VA_STATUS_ERROR_INVALID_CONFIG;
}

VAStatus QueryConfigAttributes(VADriverContextP, VAConfigID, VAProfile*, VAEntrypoint*, VAConfigAttrib*, int*) {
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

VAStatus CreateSurfaces2(VADriverContextP ctx, unsigned format, unsigned width, unsigned height, VASurfaceID* ids,
                         unsigned count, VASurfaceAttrib* attributes, unsigned attribute_count) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  bool import = false;
  const VADRMPRIMESurfaceDescriptor* described = nullptr;
  for (unsigned i = 0; i < attribute_count; ++i) {
    const VASurfaceAttrib& a = attributes[i];
    if (!(a.flags & VA_SURFACE_ATTRIB_SETTABLE)) continue;
    if (a.type == VASurfaceAttribMemoryType) {
      import = a.value.value.i == VA_SURFACE_ATTRIB_MEM_TYPE_DRM_PRIME_2;
      if (!import && a.value.value.i != VA_SURFACE_ATTRIB_MEM_TYPE_VA) return VA_STATUS_ERROR_UNSUPPORTED_MEMORY_TYPE;
    } else if (a.type == VASurfaceAttribExternalBufferDescriptor) {
      described = static_cast<const VADRMPRIMESurfaceDescriptor*>(a.value.value.p);
    }
  }
  if (import) {
    if (count != 1) return VA_STATUS_ERROR_INVALID_PARAMETER;
    Surface s;
    VAStatus result = ImportSurface(d, format, static_cast<int>(width), static_cast<int>(height), described, s);
    if (result != VA_STATUS_SUCCESS) return result;
    ids[0] = d.next++;
    d.surfaces[ids[0]] = std::move(s);
    return VA_STATUS_SUCCESS;
  }
  if (format != VA_RT_FORMAT_YUV420) return VA_STATUS_ERROR_UNSUPPORTED_RT_FORMAT;
  for (unsigned i = 0; i < count; ++i) {
    ids[i] = d.next++;
    d.surfaces[ids[i]] = OwnSurface(static_cast<int>(width), static_cast<int>(height));
  }
  return VA_STATUS_SUCCESS;
}

VAStatus CreateSurfaces(VADriverContextP ctx, int width, int height, int format, int count, VASurfaceID* ids) {
  return CreateSurfaces2(ctx, static_cast<unsigned>(format), static_cast<unsigned>(width),
                         static_cast<unsigned>(height), ids, static_cast<unsigned>(count), nullptr, 0);
}

VAStatus QuerySurfaceAttributes(VADriverContextP ctx, VAConfigID config, VASurfaceAttrib* list, unsigned* count) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  if (!d.configs.count(config)) return VA_STATUS_ERROR_INVALID_CONFIG;
  const int memory = VA_SURFACE_ATTRIB_MEM_TYPE_VA |
                     (d.persona.import ? static_cast<int>(VA_SURFACE_ATTRIB_MEM_TYPE_DRM_PRIME_2) : 0);
  std::vector<std::pair<VASurfaceAttribType, int>> known = {
      {VASurfaceAttribPixelFormat, VA_FOURCC_NV12}, {VASurfaceAttribMinWidth, 16},
      {VASurfaceAttribMinHeight, 16},               {VASurfaceAttribMaxWidth, d.persona.max_size},
      {VASurfaceAttribMaxHeight, d.persona.max_size}, {VASurfaceAttribMemoryType, memory}};
  if (d.configs[config].scales) known.push_back({VASurfaceAttribPixelFormat, VA_FOURCC_P010});
  const bool enough = list == nullptr || *count >= known.size();
  *count = static_cast<unsigned>(known.size());
  if (!enough) return VA_STATUS_ERROR_MAX_NUM_EXCEEDED;
  for (size_t i = 0; list != nullptr && i < known.size(); ++i) {
    list[i].type = known[i].first;
    list[i].flags = VA_SURFACE_ATTRIB_GETTABLE | VA_SURFACE_ATTRIB_SETTABLE;
    list[i].value.type = VAGenericValueTypeInteger;
    list[i].value.value.i = known[i].second;
  }
  return VA_STATUS_SUCCESS;
}

VAStatus DestroySurfaces(VADriverContextP ctx, VASurfaceID* ids, int count) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  for (int i = 0; i < count; ++i) {
    if (!d.surfaces.erase(ids[i])) return VA_STATUS_ERROR_INVALID_SURFACE;
  }
  return VA_STATUS_SUCCESS;
}

VAStatus CreateContext(VADriverContextP ctx, VAConfigID config, int width, int height, int, VASurfaceID* surfaces,
                       int count, VAContextID* id) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  if (!d.configs.count(config)) return VA_STATUS_ERROR_INVALID_CONFIG;
  if (!d.configs[config].scales && Fault("context")) return VA_STATUS_ERROR_ALLOCATION_FAILED;
  if (width > d.persona.max_size || height > d.persona.max_size) return VA_STATUS_ERROR_RESOLUTION_NOT_SUPPORTED;
  for (int i = 0; i < count; ++i) {
    if (!d.surfaces.count(surfaces[i])) return VA_STATUS_ERROR_INVALID_SURFACE;
  }
  Context c;
  c.config = config;
  c.width = width;
  c.height = height;
  if (d.configs[config].scales) {
    *id = d.next++;
    d.contexts[*id] = c;
    return VA_STATUS_SUCCESS;
  }
  if (Fault("limit") && open_contexts >= 2) return VA_STATUS_ERROR_ALLOCATION_FAILED;
  if (d.persona.max_contexts > 0 && open_contexts >= d.persona.max_contexts) return VA_STATUS_ERROR_ALLOCATION_FAILED;
  *id = d.next++;
  d.contexts[*id] = c;
  Log("context %dx%d open=%d", width, height, ++open_contexts);
  return VA_STATUS_SUCCESS;
}

VAStatus DestroyContext(VADriverContextP ctx, VAContextID id) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  auto found = d.contexts.find(id);
  if (found == d.contexts.end()) return VA_STATUS_ERROR_INVALID_CONTEXT;
  const bool scales = d.configs.count(found->second.config) && d.configs[found->second.config].scales;
  d.contexts.erase(found);
  if (scales) return VA_STATUS_SUCCESS;
  Log("destroy context open=%d", --open_contexts);
  return VA_STATUS_SUCCESS;
}

VAStatus CreateBuffer(VADriverContextP ctx, VAContextID, VABufferType type, unsigned size, unsigned count, void* data,
                      VABufferID* id) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  Buffer b;
  b.type = type;
  if (type == VAEncCodedBufferType) {
    b.coded_limit = size;
  } else {
    b.data.resize(static_cast<size_t>(size) * count);
    if (data) std::memcpy(b.data.data(), data, b.data.size());
  }
  *id = d.next++;
  d.buffers[*id] = std::move(b);
  return VA_STATUS_SUCCESS;
}

VAStatus BufferSetNumElements(VADriverContextP, VABufferID, unsigned) {
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

VAStatus MapBuffer(VADriverContextP ctx, VABufferID id, void** mapped) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  auto found = d.buffers.find(id);
  if (found == d.buffers.end()) return VA_STATUS_ERROR_INVALID_BUFFER;
  Buffer& b = found->second;
  if (b.mapped) return VA_STATUS_ERROR_OPERATION_FAILED;
  b.mapped = true;
  if (b.type == VAEncCodedBufferType) {
    b.segment.size = static_cast<uint32_t>(b.coded.size());
    b.segment.buf = b.coded.data();
    *mapped = &b.segment;
  } else {
    if (b.type == VAImageBufferType) Log("map an image");
    *mapped = b.image_of != VA_INVALID_ID ? d.surfaces.at(b.image_of).pixels.data() : b.data.data();
  }
  return VA_STATUS_SUCCESS;
}

VAStatus UnmapBuffer(VADriverContextP ctx, VABufferID id) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  auto found = d.buffers.find(id);
  if (found == d.buffers.end() || !found->second.mapped) return VA_STATUS_ERROR_INVALID_BUFFER;
  found->second.mapped = false;
  return VA_STATUS_SUCCESS;
}

VAStatus DestroyBuffer(VADriverContextP ctx, VABufferID id) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  return d.buffers.erase(id) ? VA_STATUS_SUCCESS : VA_STATUS_ERROR_INVALID_BUFFER;
}

VAStatus BeginPicture(VADriverContextP ctx, VAContextID id, VASurfaceID target) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  if (!d.contexts.count(id)) return VA_STATUS_ERROR_INVALID_CONTEXT;
  if (!d.surfaces.count(target)) return VA_STATUS_ERROR_INVALID_SURFACE;
  d.contexts[id].target = target;
  d.contexts[id].rendered.clear();
  return VA_STATUS_SUCCESS;
}

VAStatus RenderPicture(VADriverContextP ctx, VAContextID id, VABufferID* buffers, int count) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  if (!d.contexts.count(id)) return VA_STATUS_ERROR_INVALID_CONTEXT;
  for (int i = 0; i < count; ++i) {
    if (!d.buffers.count(buffers[i])) return VA_STATUS_ERROR_INVALID_BUFFER;
    d.contexts[id].rendered.push_back(buffers[i]);
  }
  return VA_STATUS_SUCCESS;
}

VAStatus EndPicture(VADriverContextP ctx, VAContextID id) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  if (!d.contexts.count(id)) return VA_STATUS_ERROR_INVALID_CONTEXT;
  Context& c = d.contexts[id];
  return d.configs.at(c.config).scales ? ScalePicture(d, c) : EncodePicture(d, c);
}

// A GPU that hangs: nothing comes back as long as the fault is named.
VAStatus SyncUntil(Driver& d, VASurfaceID id, uint64_t nanoseconds) {
  for (uint64_t waited = 0; Fault("hang"); waited += 10'000'000) {
    {
      Lock lock(d.mutex);
      auto found = d.surfaces.find(id);
      if (found == d.surfaces.end() || !found->second.hangs) break;
    }
    if (waited > nanoseconds) return VA_STATUS_ERROR_TIMEDOUT;
    usleep(10'000);
  }
  Lock lock(d.mutex);
  return d.surfaces.count(id) ? VA_STATUS_SUCCESS : VA_STATUS_ERROR_INVALID_SURFACE;
}

VAStatus SyncSurface(VADriverContextP ctx, VASurfaceID id) {
  return SyncUntil(Of(ctx), id, ~uint64_t{0});
}

VAStatus SyncSurface2(VADriverContextP ctx, VASurfaceID id, uint64_t nanoseconds) {
  if (!Of(ctx).persona.sync2) return VA_STATUS_ERROR_UNIMPLEMENTED;
  return SyncUntil(Of(ctx), id, nanoseconds);
}

VAStatus QuerySurfaceStatus(VADriverContextP, VASurfaceID, VASurfaceStatus* status) {
  *status = VASurfaceReady;
  return VA_STATUS_SUCCESS;
}

VAImageFormat ImageFormat(uint32_t fourcc) {
  VAImageFormat f{};
  f.fourcc = fourcc;
  f.byte_order = VA_LSB_FIRST;
  f.bits_per_pixel = fourcc == VA_FOURCC_P010 ? 24 : 12;
  return f;
}

VAStatus QueryImageFormats(VADriverContextP, VAImageFormat* list, int* count) {
  list[0] = ImageFormat(VA_FOURCC_NV12);
  list[1] = ImageFormat(VA_FOURCC_P010);
  *count = 2;
  return VA_STATUS_SUCCESS;
}

VAStatus MakeImage(Driver& d, uint32_t fourcc, int width, int height, int pitch, int rows, VASurfaceID of, VAImage* image) {
  Buffer b;
  b.type = VAImageBufferType;
  b.image_of = of;
  if (of == VA_INVALID_ID) b.data.assign(static_cast<size_t>(pitch * rows * 3 / 2), 0xdd);
  *image = VAImage{};
  image->image_id = d.next++;
  image->format = ImageFormat(fourcc);
  image->buf = d.next++;
  image->width = static_cast<uint16_t>(width);
  image->height = static_cast<uint16_t>(height);
  image->data_size = static_cast<uint32_t>(pitch * rows * 3 / 2);
  image->num_planes = 2;
  image->pitches[0] = image->pitches[1] = static_cast<uint32_t>(pitch);
  image->offsets[1] = static_cast<uint32_t>(pitch * rows);
  d.images[image->image_id] = image->buf;
  d.buffers[image->buf] = std::move(b);
  return VA_STATUS_SUCCESS;
}

VAStatus CreateImage(VADriverContextP ctx, VAImageFormat* format, int width, int height, VAImage* image) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  if (format->fourcc != VA_FOURCC_NV12 && format->fourcc != VA_FOURCC_P010) return VA_STATUS_ERROR_INVALID_IMAGE_FORMAT;
  const int row = format->fourcc == VA_FOURCC_P010 ? width * 2 : width;
  return MakeImage(d, format->fourcc, width, height, (row + 31) / 32 * 32 + 32, (height + 1) / 2 * 2, VA_INVALID_ID,
                   image);
}

VAStatus DeriveImage(VADriverContextP ctx, VASurfaceID id, VAImage* image) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  if (!d.persona.derive) return VA_STATUS_ERROR_OPERATION_FAILED;
  auto found = d.surfaces.find(id);
  if (found == d.surfaces.end()) return VA_STATUS_ERROR_INVALID_SURFACE;
  Surface& s = found->second;
  if (s.imported) return VA_STATUS_ERROR_OPERATION_FAILED;
  return MakeImage(d, VA_FOURCC_NV12, s.width, s.height, s.pitch, s.rows(), id, image);
}

VAStatus DestroyImage(VADriverContextP ctx, VAImageID id) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  auto found = d.images.find(id);
  if (found == d.images.end()) return VA_STATUS_ERROR_INVALID_IMAGE;
  d.buffers.erase(found->second);
  d.images.erase(found);
  return VA_STATUS_SUCCESS;
}

VAStatus PutImage(VADriverContextP ctx, VASurfaceID id, VAImageID image, int, int, unsigned width, unsigned height, int,
                  int, unsigned, unsigned) {
  auto& d = Of(ctx);
  Lock lock(d.mutex);
  auto found = d.images.find(image);
  if (found == d.images.end() || !d.surfaces.count(id)) return VA_STATUS_ERROR_INVALID_IMAGE;
  Surface& s = d.surfaces[id];
  if (static_cast<int>(width) != s.width || static_cast<int>(height) != s.height || s.imported) {
    return VA_STATUS_ERROR_INVALID_PARAMETER;
  }
  const Bytes& from = d.buffers[found->second].data;
  size_t pitch = (width + 31) / 32 * 32 + 32;
  for (unsigned row = 0; row < height * 3 / 2; ++row) {
    size_t to = row < height ? row : row - height + static_cast<unsigned>(s.rows());
    std::memcpy(&s.pixels[to * static_cast<size_t>(s.pitch)], &from[row * pitch], width);
  }
  return VA_STATUS_SUCCESS;
}

// What libva asks of every driver and nobody here uses.
template <typename... A>
VAStatus Unimplemented(VADriverContextP, A...) {
  return VA_STATUS_ERROR_UNIMPLEMENTED;
}

template <typename... A>
void Refuse(VAStatus (*&function)(VADriverContextP, A...)) {
  function = Unimplemented<A...>;
}

}  // namespace

void Log(const char* format, ...) {
  const char* path = std::getenv("NATIVERTC_VA_DOUBLE_LOG");
  if (!path) return;
  static std::mutex mutex;
  std::lock_guard<std::mutex> lock(mutex);
  if (FILE* f = std::fopen(path, "a")) {
    va_list args;
    va_start(args, format);
    std::vfprintf(f, format, args);
    va_end(args);
    std::fputc('\n', f);
    std::fclose(f);
  }
}

bool Fault(const char* name, int number) {
  const char* path = std::getenv("NATIVERTC_VA_DOUBLE_FAULT");
  if (!path) return false;
  std::ifstream file(path);
  for (std::string word; file >> word;) {
    size_t at = word.find('@');
    if (word.substr(0, at) != name) continue;
    if (at == std::string::npos || number < 0) return true;
    int n = std::atoi(word.c_str() + at + 1);
    if (n == number || (word.back() == '+' && number >= n)) return true;
  }
  return false;
}

}  // namespace doubles

extern "C" __attribute__((visibility("default"))) VAStatus __vaDriverInit_1_0(VADriverContextP ctx) {
  using namespace doubles;
  if (Fault("init")) return VA_STATUS_ERROR_HW_BUSY;
  auto* d = new Driver;
  const char* persona = std::getenv("NATIVERTC_VA_DOUBLE_PERSONA");
  d->persona = PersonaByName(persona ? persona : "");
  d->vendor = std::string("nativertc test double, no hardware (") + (persona ? persona : "intel") + ")";
  ctx->pDriverData = d;
  ctx->version_major = 1;
  ctx->version_minor = 0;
  ctx->max_profiles = static_cast<int>(d->persona.profiles.size()) + 1;  // the one that encodes nothing
  ctx->max_entrypoints = 2;
  ctx->max_attributes = 16;
  ctx->max_image_formats = 2;
  ctx->max_subpic_formats = 1;
  ctx->max_display_attributes = 1;
  ctx->str_vendor = d->vendor.c_str();
  VADriverVTable& v = *ctx->vtable;
  v.vaTerminate = Terminate;
  v.vaQueryConfigProfiles = QueryConfigProfiles;
  v.vaQueryConfigEntrypoints = QueryConfigEntrypoints;
  v.vaGetConfigAttributes = GetConfigAttributes;
  v.vaCreateConfig = CreateConfig;
  v.vaDestroyConfig = DestroyConfig;
  v.vaQueryConfigAttributes = QueryConfigAttributes;
  v.vaCreateSurfaces = CreateSurfaces;
  v.vaCreateSurfaces2 = CreateSurfaces2;
  v.vaDestroySurfaces = DestroySurfaces;
  v.vaQuerySurfaceAttributes = QuerySurfaceAttributes;
  v.vaCreateContext = CreateContext;
  v.vaDestroyContext = DestroyContext;
  v.vaCreateBuffer = CreateBuffer;
  v.vaBufferSetNumElements = BufferSetNumElements;
  v.vaMapBuffer = MapBuffer;
  v.vaUnmapBuffer = UnmapBuffer;
  v.vaDestroyBuffer = DestroyBuffer;
  v.vaBeginPicture = BeginPicture;
  v.vaRenderPicture = RenderPicture;
  v.vaEndPicture = EndPicture;
  v.vaSyncSurface = SyncSurface;
  v.vaSyncSurface2 = SyncSurface2;
  v.vaQuerySurfaceStatus = QuerySurfaceStatus;
  v.vaQueryImageFormats = QueryImageFormats;
  v.vaCreateImage = CreateImage;
  v.vaDeriveImage = DeriveImage;
  v.vaDestroyImage = DestroyImage;
  v.vaPutImage = PutImage;
  v.vaGetImage = GetImage;
  Refuse(v.vaPutSurface);
  Refuse(v.vaSetImagePalette);
  Refuse(v.vaQuerySubpictureFormats);
  Refuse(v.vaCreateSubpicture);
  Refuse(v.vaDestroySubpicture);
  Refuse(v.vaSetSubpictureImage);
  Refuse(v.vaSetSubpictureChromakey);
  Refuse(v.vaSetSubpictureGlobalAlpha);
  Refuse(v.vaAssociateSubpicture);
  Refuse(v.vaDeassociateSubpicture);
  Refuse(v.vaQueryDisplayAttributes);
  Refuse(v.vaGetDisplayAttributes);
  Refuse(v.vaSetDisplayAttributes);
  return VA_STATUS_SUCCESS;
}
