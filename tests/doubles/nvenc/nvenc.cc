// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "nvenc.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>

extern "C" int cuCtxGetCurrent(void** context);
extern "C" int cuDoubleOwns(const void* memory, size_t size, const void* context);

namespace doubles {
namespace {

std::string Persona() {
  const char* p = std::getenv("NATIVERTC_NVENC_DOUBLE_PERSONA");
  return p ? p : "";
}

std::atomic<int> pictures{0};

// Whether the fault is to happen; number is that of the picture or -1.
bool Fault(const std::string& name, int number = -1) {
  const char* path = std::getenv("NATIVERTC_NVENC_DOUBLE_FAULT");
  std::ifstream file(path ? path : "");
  for (std::string word; file >> word;) {
    size_t at = word.find('@');
    if (word.substr(0, at) != name) continue;
    if (at == std::string::npos || std::atoi(word.c_str() + at + 1) == number) return true;
  }
  return false;
}

void Log(const char* format, ...) __attribute__((format(printf, 1, 2)));
void Log(const char* format, ...) {
  const char* path = std::getenv("NATIVERTC_NVENC_DOUBLE_LOG");
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

std::atomic<int> open_sessions{0};

NVENCSTATUS Refuse(Encoder& e, const char* why, NVENCSTATUS result = NV_ENC_ERR_INVALID_PARAM) {
  e.error = why;
  Log("refused: %s", why);
  return result;
}

// The calls that reach the GPU must be made with the session's context.
bool ContextIsCurrent(const Encoder& e) {
  void* now = nullptr;
  cuCtxGetCurrent(&now);
  return now == e.context;
}

NVENCSTATUS OpenSession(NV_ENC_OPEN_ENCODE_SESSION_EX_PARAMS* p, void** out) {
  if (p->version != NV_ENC_OPEN_ENCODE_SESSION_EX_PARAMS_VER || p->apiVersion != NVENCAPI_VERSION) {
    return NV_ENC_ERR_INVALID_VERSION;
  }
  if (Persona() == "no-engine") return NV_ENC_ERR_NO_ENCODE_DEVICE;
  if (Fault("open")) return NV_ENC_ERR_GENERIC;
  if (open_sessions >= 2 && (Persona() == "limit" || Fault("limit"))) return NV_ENC_ERR_OUT_OF_MEMORY;
  if (open_sessions >= 2 && Persona() == "limit-key") return NV_ENC_ERR_INCOMPATIBLE_CLIENT_KEY;
  if (!p->device || p->deviceType != NV_ENC_DEVICE_TYPE_CUDA) return NV_ENC_ERR_INVALID_DEVICE;
  auto* e = new Encoder;
  e->context = p->device;
  *out = e;
  ++open_sessions;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS Destroy(void* encoder) {
  auto* e = static_cast<Encoder*>(encoder);
  Log("destroy buffers=%zu open=%d", e->pictures.size() + e->streams.size(), --open_sessions);
  delete e;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS GuidCount(void*, uint32_t* count) {
  *count = Persona() == "h264" ? 1 : 2;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS Guids(void* encoder, GUID* list, uint32_t size, uint32_t* count) {
  GuidCount(encoder, count);
  if (size < *count) return NV_ENC_ERR_INVALID_PARAM;
  const GUID all[] = {NV_ENC_CODEC_H264_GUID, NV_ENC_CODEC_HEVC_GUID};
  std::copy(all, all + *count, list);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS InputFormatCount(void*, GUID, uint32_t* count) {
  *count = 2;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS InputFormats(void*, GUID, NV_ENC_BUFFER_FORMAT* list, uint32_t size, uint32_t* count) {
  if (size < 2) return NV_ENC_ERR_INVALID_PARAM;
  list[0] = NV_ENC_BUFFER_FORMAT_NV12;
  list[1] = NV_ENC_BUFFER_FORMAT_IYUV;
  *count = 2;
  return NV_ENC_SUCCESS;
}

int Capability(const GUID& codec, NV_ENC_CAPS what) {
  const bool hevc = Same(codec, NV_ENC_CODEC_HEVC_GUID);
  const bool layers = Persona() != "no-layers";
  switch (what) {
    case NV_ENC_CAPS_WIDTH_MAX:
    case NV_ENC_CAPS_HEIGHT_MAX:
      return 4096;
    case NV_ENC_CAPS_WIDTH_MIN:
      return 16;
    case NV_ENC_CAPS_HEIGHT_MIN:
      return hevc ? 16 : 2;
    case NV_ENC_CAPS_SUPPORTED_RATECONTROL_MODES:
      return NV_ENC_PARAMS_RC_CONSTQP | NV_ENC_PARAMS_RC_VBR | NV_ENC_PARAMS_RC_CBR;
    case NV_ENC_CAPS_SUPPORT_CABAC:
    case NV_ENC_CAPS_SUPPORT_DYN_BITRATE_CHANGE:
      return 1;
    case NV_ENC_CAPS_SUPPORT_TEMPORAL_SVC:
      return layers && !hevc;
    case NV_ENC_CAPS_NUM_MAX_TEMPORAL_LAYERS:
      return layers && !hevc ? 3 : 0;
    default:
      return 0;
  }
}

NVENCSTATUS Caps(void*, GUID codec, NV_ENC_CAPS_PARAM* p, int* value) {
  if (p->version != NV_ENC_CAPS_PARAM_VER) return NV_ENC_ERR_INVALID_VERSION;
  *value = Capability(codec, p->capsToQuery);
  return NV_ENC_SUCCESS;
}

// A preset is for files: what is not fit for calls must be changed.
NVENCSTATUS Preset(void*, GUID codec, GUID, NV_ENC_TUNING_INFO, NV_ENC_PRESET_CONFIG* p) {
  if (p->version != NV_ENC_PRESET_CONFIG_VER || p->presetCfg.version != NV_ENC_CONFIG_VER) {
    return NV_ENC_ERR_INVALID_VERSION;
  }
  p->presetCfg.gopLength = 30;
  p->presetCfg.frameIntervalP = 3;
  p->presetCfg.rcParams.version = NV_ENC_RC_PARAMS_VER;
  if (Same(codec, NV_ENC_CODEC_HEVC_GUID)) {
    p->presetCfg.encodeCodecConfig.hevcConfig.idrPeriod = 30;
  } else {
    p->presetCfg.encodeCodecConfig.h264Config.idrPeriod = 30;
  }
  return NV_ENC_SUCCESS;
}

// What goes beyond the capabilities.
const char* CheckParameters(const NV_ENC_INITIALIZE_PARAMS& p) {
  const NV_ENC_CONFIG& c = *p.encodeConfig;
  const NV_ENC_CONFIG_H264& h = c.encodeCodecConfig.h264Config;
  const bool hevc = Same(p.encodeGUID, NV_ENC_CODEC_HEVC_GUID) && Persona() != "h264";
  if (!hevc && !Same(p.encodeGUID, NV_ENC_CODEC_H264_GUID)) return "another codec";
  if (p.encodeWidth % 2 || p.encodeHeight % 2 || !p.encodeWidth || !p.encodeHeight) return "an odd size";
  if (!p.enablePTD) return "picture types left to the application";
  if (c.frameIntervalP != 1) return "B frames";
  if (c.rcParams.enableLookahead) return "look-ahead";
  if (!(c.rcParams.rateControlMode == NV_ENC_PARAMS_RC_CONSTQP || c.rcParams.averageBitRate)) return "no bitrate";
  if (!p.frameRateNum || !p.frameRateDen) return "no framerate";
  if (hevc) {
    const NV_ENC_CONFIG_HEVC& v = c.encodeCodecConfig.hevcConfig;
    if (!Same(c.profileGUID, NV_ENC_HEVC_PROFILE_MAIN_GUID)) return "a profile that is not main";
    if (v.chromaFormatIDC != 1 || v.pixelBitDepthMinus8 != 0) return "another format than main has";
    if (v.tier != NV_ENC_TIER_HEVC_MAIN) return "another tier";
    if (v.maxTemporalLayersMinus1 != 0) return "temporal layers";
    if (v.disableSPSPPS) return "a stream without parameter sets";
    return nullptr;
  }
  if (h.enableTemporalSVC) {
    const auto most = static_cast<uint32_t>(Capability(p.encodeGUID, NV_ENC_CAPS_NUM_MAX_TEMPORAL_LAYERS));
    if (h.numTemporalLayers < 1 || h.numTemporalLayers > h.maxTemporalLayers || h.maxTemporalLayers > most) {
      return "temporal layers";
    }
    if (h.maxTemporalLayers >= 2 && h.maxNumRefFrames < (h.maxTemporalLayers - 2) * 2) return "too few references";
  }
  return nullptr;
}

void LogRates(const char* what, const Encoder& e) {
  const NV_ENC_CONFIG& c = e.config;
  Log("%s bitrate=%u vbv=%u framerate=%g level=%u gop=%d key=%d layers=%d adaptive=%d", what, c.rcParams.averageBitRate,
      c.rcParams.vbvBufferSize, static_cast<double>(e.parameters.frameRateNum) / e.parameters.frameRateDen,
      e.hevc() ? e.h265().level : e.h264().level, static_cast<int>(c.gopLength), static_cast<int>(e.idr_period()), e.layers(),
      c.rcParams.enableAQ);
}

NVENCSTATUS Initialize(void* encoder, NV_ENC_INITIALIZE_PARAMS* p) {
  auto& e = *static_cast<Encoder*>(encoder);
  if (!ContextIsCurrent(e)) return Refuse(e, "another context", NV_ENC_ERR_INVALID_DEVICE);
  if (p->version != NV_ENC_INITIALIZE_PARAMS_VER || p->encodeConfig->version != NV_ENC_CONFIG_VER) {
    return Refuse(e, "a version", NV_ENC_ERR_INVALID_VERSION);
  }
  if (Fault("initialize")) return Refuse(e, "a fault as ordered", NV_ENC_ERR_GENERIC);
  if (const char* why = CheckParameters(*p)) return Refuse(e, why);
  e.parameters = *p;
  e.config = *p->encodeConfig;
  if (e.hevc()) {
    e.x265 = X265::Open(static_cast<int>(p->encodeWidth), static_cast<int>(p->encodeHeight));
    if (!e.x265) return Refuse(e, "a size that libx265 does not take");
  }
  e.initialized = true;
  LogRates("initialize", e);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS Reconfigure(void* encoder, NV_ENC_RECONFIGURE_PARAMS* p) {
  auto& e = *static_cast<Encoder*>(encoder);
  if (!e.initialized) return Refuse(e, "nothing to change", NV_ENC_ERR_ENCODER_NOT_INITIALIZED);
  if (p->version != NV_ENC_RECONFIGURE_PARAMS_VER) return Refuse(e, "a version", NV_ENC_ERR_INVALID_VERSION);
  if (Fault("reconfigure")) return Refuse(e, "a fault as ordered", NV_ENC_ERR_GENERIC);
  const auto& n = p->reInitEncodeParams;
  if (n.encodeWidth != e.parameters.encodeWidth || n.encodeHeight != e.parameters.encodeHeight) {
    return Refuse(e, "another size");
  }
  if (const char* why = CheckParameters(n)) return Refuse(e, why);
  if (!Same(n.encodeGUID, e.parameters.encodeGUID)) return Refuse(e, "a codec that changes");
  if (!p->resetEncoder && !e.hevc() &&
      n.encodeConfig->encodeCodecConfig.h264Config.numTemporalLayers != e.h264().numTemporalLayers) {
    return Refuse(e, "other layers without a reset");
  }
  e.parameters = n;
  e.config = *n.encodeConfig;
  e.idr_is_next = e.idr_is_next || p->resetEncoder || p->forceIDR;
  LogRates("reconfigure", e);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS CreateInput(void* encoder, NV_ENC_CREATE_INPUT_BUFFER* p) {
  auto& e = *static_cast<Encoder*>(encoder);
  if (p->version != NV_ENC_CREATE_INPUT_BUFFER_VER || p->bufferFmt != NV_ENC_BUFFER_FORMAT_NV12) {
    return Refuse(e, "an input buffer");
  }
  auto* b = new Picture;
  b->width = static_cast<int>(p->width);
  b->height = static_cast<int>(p->height);
  b->pitch = (b->width + 255) / 256 * 256 + 256;
  b->own.assign(static_cast<size_t>(b->pitch * b->height * 3 / 2), 0xee);
  b->pixels = b->own.data();
  p->inputBuffer = b;
  e.pictures.insert(b);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS DestroyInput(void* encoder, NV_ENC_INPUT_PTR b) {
  auto& e = *static_cast<Encoder*>(encoder);
  if (!e.pictures.erase(b)) return Refuse(e, "an input buffer that is none");
  delete static_cast<Picture*>(b);
  return NV_ENC_SUCCESS;
}

// A picture in memory of the GPU: luma, and chroma right behind it.
NVENCSTATUS Register(void* encoder, NV_ENC_REGISTER_RESOURCE* p) {
  auto& e = *static_cast<Encoder*>(encoder);
  if (!ContextIsCurrent(e)) return Refuse(e, "another context", NV_ENC_ERR_INVALID_DEVICE);
  if (p->version != NV_ENC_REGISTER_RESOURCE_VER) return Refuse(e, "a version", NV_ENC_ERR_INVALID_VERSION);
  if (Fault("register")) return Refuse(e, "a fault as ordered", NV_ENC_ERR_RESOURCE_REGISTER_FAILED);
  const bool planar = p->bufferFormat == NV_ENC_BUFFER_FORMAT_IYUV;
  if (p->resourceType != NV_ENC_INPUT_RESOURCE_TYPE_CUDADEVICEPTR || p->bufferUsage != NV_ENC_INPUT_IMAGE ||
      (!planar && p->bufferFormat != NV_ENC_BUFFER_FORMAT_NV12) || p->pitch < p->width || p->height % 2 != 0 ||
      (planar && p->pitch % 2 != 0)) {
    return Refuse(e, "a resource of another kind");
  }
  // The last row may end with its pixels.
  const size_t last = planar ? p->pitch / 2 - p->width / 2 : p->pitch - p->width;
  if (!cuDoubleOwns(p->resourceToRegister, size_t{p->pitch} * p->height * 3 / 2 - last, e.context)) {
    return Refuse(e, "memory that is not the GPU's", NV_ENC_ERR_RESOURCE_REGISTER_FAILED);
  }
  auto* b = new Picture;
  b->width = static_cast<int>(p->width);
  b->height = static_cast<int>(p->height);
  b->pitch = static_cast<int>(p->pitch);
  b->format = p->bufferFormat;
  b->pixels = static_cast<uint8_t*>(p->resourceToRegister);
  b->registered = true;
  p->registeredResource = b;
  e.pictures.insert(b);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS Unregister(void* encoder, NV_ENC_REGISTERED_PTR b) {
  auto& e = *static_cast<Encoder*>(encoder);
  if (!e.pictures.count(b) || static_cast<Picture*>(b)->mapped) return Refuse(e, "a resource in use");
  return DestroyInput(encoder, b);
}

NVENCSTATUS Map(void* encoder, NV_ENC_MAP_INPUT_RESOURCE* p) {
  auto& e = *static_cast<Encoder*>(encoder);
  auto* b = static_cast<Picture*>(p->registeredResource);
  if (p->version != NV_ENC_MAP_INPUT_RESOURCE_VER || !e.pictures.count(b) || !b->registered || b->mapped) {
    return Refuse(e, "a mapping");
  }
  if (Fault("map")) return Refuse(e, "a fault as ordered", NV_ENC_ERR_MAP_FAILED);
  b->mapped = true;
  p->mappedResource = b;
  p->mappedBufferFmt = b->format;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS Unmap(void* encoder, NV_ENC_INPUT_PTR mapped) {
  auto& e = *static_cast<Encoder*>(encoder);
  auto* b = static_cast<Picture*>(mapped);
  if (!e.pictures.count(b) || !b->mapped) return Refuse(e, "nothing mapped", NV_ENC_ERR_RESOURCE_NOT_MAPPED);
  b->mapped = false;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS CreateBitstream(void* encoder, NV_ENC_CREATE_BITSTREAM_BUFFER* p) {
  if (p->version != NV_ENC_CREATE_BITSTREAM_BUFFER_VER) return NV_ENC_ERR_INVALID_VERSION;
  p->bitstreamBuffer = new Stream;
  static_cast<Encoder*>(encoder)->streams.insert(p->bitstreamBuffer);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS DestroyBitstream(void* encoder, NV_ENC_OUTPUT_PTR b) {
  auto& e = *static_cast<Encoder*>(encoder);
  if (!e.streams.erase(b)) return Refuse(e, "a bitstream buffer that is none");
  delete static_cast<Stream*>(b);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS LockInput(void* encoder, NV_ENC_LOCK_INPUT_BUFFER* p) {
  auto& e = *static_cast<Encoder*>(encoder);
  auto* b = static_cast<Picture*>(p->inputBuffer);
  if (p->version != NV_ENC_LOCK_INPUT_BUFFER_VER || !e.pictures.count(b) || b->registered || b->locked) {
    return Refuse(e, "a lock");
  }
  b->locked = true;
  p->bufferDataPtr = b->pixels;
  p->pitch = static_cast<uint32_t>(b->pitch);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS UnlockInput(void* encoder, NV_ENC_INPUT_PTR b) {
  if (!static_cast<Picture*>(b)->locked) return Refuse(*static_cast<Encoder*>(encoder), "an unlock");
  static_cast<Picture*>(b)->locked = false;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS Encode(void* encoder, NV_ENC_PIC_PARAMS* p) {
  auto& e = *static_cast<Encoder*>(encoder);
  if (!e.initialized) return Refuse(e, "no encoder", NV_ENC_ERR_ENCODER_NOT_INITIALIZED);
  if (!ContextIsCurrent(e)) return Refuse(e, "another context", NV_ENC_ERR_INVALID_DEVICE);
  if (p->version != NV_ENC_PIC_PARAMS_VER) return Refuse(e, "a version", NV_ENC_ERR_INVALID_VERSION);
  if (p->encodePicFlags & NV_ENC_PIC_FLAG_EOS) return NV_ENC_SUCCESS;  // nothing is held back
  if (!e.pictures.count(p->inputBuffer) || !e.streams.count(p->outputBitstream)) return Refuse(e, "a buffer");
  auto& in = *static_cast<Picture*>(p->inputBuffer);
  auto& out = *static_cast<Stream*>(p->outputBitstream);
  if (in.locked || out.locked) return Refuse(e, "a buffer that is locked", NV_ENC_ERR_LOCK_BUSY);
  if (in.registered && !in.mapped) return Refuse(e, "a resource that is not mapped", NV_ENC_ERR_RESOURCE_NOT_MAPPED);
  if (p->inputWidth != e.parameters.encodeWidth || p->inputHeight != e.parameters.encodeHeight ||
      in.width < static_cast<int>(p->inputWidth) || in.height < static_cast<int>(p->inputHeight)) {
    return Refuse(e, "a picture of another size");
  }
  if (p->bufferFmt != in.format || p->pictureStruct != NV_ENC_PIC_STRUCT_FRAME) {
    return Refuse(e, "a picture of another kind");
  }
  const int number = pictures++;
  if (Fault("encode", number)) return Refuse(e, "a fault as ordered", NV_ENC_ERR_DEVICE_NOT_EXIST);
  const uint32_t period = std::min(e.config.gopLength, e.idr_period());
  const bool idr = e.idr_is_next || (p->encodePicFlags & NV_ENC_PIC_FLAG_FORCEIDR) || e.since_idr >= period;
  const bool sets = e.number == 0 ||
                    (idr && ((p->encodePicFlags & NV_ENC_PIC_FLAG_OUTPUT_SPSPPS) || e.repeats_sets()));
  if (!e.hevc()) {
    EncodeH264(e, in, idr, sets, out);
  } else if (!sets && idr) {
    return Refuse(e, "key pictures without parameter sets");
  } else if (!EncodeHevc(e, in, idr, out)) {
    return Refuse(e, "libx265 does not encode this", NV_ENC_ERR_GENERIC);
  }
  if (Fault("garbage")) std::fill(out.data.begin(), out.data.end(), 0xa5);
  out.filled = true;
  out.idr = idr;
  out.timestamp = p->inputTimeStamp;
  e.idr_is_next = false;
  ++e.number;
  Log("picture %d idr=%d layer=%d size=%zu bitrate=%u framerate=%g device=%d", number, idr, out.layer,
      out.data.size(), e.config.rcParams.averageBitRate,
      static_cast<double>(e.parameters.frameRateNum) / e.parameters.frameRateDen, in.registered);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS LockBitstream(void* encoder, NV_ENC_LOCK_BITSTREAM* p) {
  auto& e = *static_cast<Encoder*>(encoder);
  auto& s = *static_cast<Stream*>(p->outputBitstream);
  if (p->version != NV_ENC_LOCK_BITSTREAM_VER || !e.streams.count(&s) || s.locked || !s.filled) {
    return Refuse(e, "a lock");
  }
  while (Fault("hang")) usleep(10'000);
  if (Fault("overflow")) return Refuse(e, "a fault as ordered", NV_ENC_ERR_NOT_ENOUGH_BUFFER);
  s.locked = true;
  s.filled = false;
  p->bitstreamBufferPtr = s.data.data();
  p->bitstreamSizeInBytes = static_cast<uint32_t>(s.data.size());
  p->outputTimeStamp = s.timestamp;
  p->pictureType = s.idr ? NV_ENC_PIC_TYPE_IDR : NV_ENC_PIC_TYPE_P;
  p->pictureStruct = NV_ENC_PIC_STRUCT_FRAME;
  p->temporalId = static_cast<uint32_t>(s.layer);
  p->frameAvgQP = 26;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS UnlockBitstream(void*, NV_ENC_OUTPUT_PTR b) {
  static_cast<Stream*>(b)->locked = false;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS SetStreams(void*, NV_ENC_CUSTREAM_PTR, NV_ENC_CUSTREAM_PTR) {
  return NV_ENC_SUCCESS;
}

const char* LastError(void* encoder) {
  return encoder ? static_cast<Encoder*>(encoder)->error.c_str() : "";
}

}  // namespace
}  // namespace doubles

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT NVENCSTATUS NvEncodeAPIGetMaxSupportedVersion(uint32_t* version) {
  *version = doubles::Persona() == "old" ? 10 << 4 : NVENCAPI_MAJOR_VERSION << 4 | NVENCAPI_MINOR_VERSION;
  return NV_ENC_SUCCESS;
}

EXPORT NVENCSTATUS NvEncodeAPICreateInstance(NV_ENCODE_API_FUNCTION_LIST* f) {
  if (f->version != NV_ENCODE_API_FUNCTION_LIST_VER) return NV_ENC_ERR_INVALID_VERSION;
  f->nvEncOpenEncodeSessionEx = doubles::OpenSession;
  f->nvEncDestroyEncoder = doubles::Destroy;
  f->nvEncGetEncodeGUIDCount = doubles::GuidCount;
  f->nvEncGetEncodeGUIDs = doubles::Guids;
  f->nvEncGetInputFormatCount = doubles::InputFormatCount;
  f->nvEncGetInputFormats = doubles::InputFormats;
  f->nvEncGetEncodeCaps = doubles::Caps;
  f->nvEncGetEncodePresetConfigEx = doubles::Preset;
  f->nvEncInitializeEncoder = doubles::Initialize;
  f->nvEncReconfigureEncoder = doubles::Reconfigure;
  f->nvEncCreateInputBuffer = doubles::CreateInput;
  f->nvEncDestroyInputBuffer = doubles::DestroyInput;
  f->nvEncRegisterResource = doubles::Register;
  f->nvEncUnregisterResource = doubles::Unregister;
  f->nvEncMapInputResource = doubles::Map;
  f->nvEncUnmapInputResource = doubles::Unmap;
  f->nvEncCreateBitstreamBuffer = doubles::CreateBitstream;
  f->nvEncDestroyBitstreamBuffer = doubles::DestroyBitstream;
  f->nvEncLockInputBuffer = doubles::LockInput;
  f->nvEncUnlockInputBuffer = doubles::UnlockInput;
  f->nvEncEncodePicture = doubles::Encode;
  f->nvEncLockBitstream = doubles::LockBitstream;
  f->nvEncUnlockBitstream = doubles::UnlockBitstream;
  f->nvEncSetIOCudaStreams = doubles::SetStreams;
  f->nvEncGetLastErrorString = doubles::LastError;
  return NV_ENC_SUCCESS;
}
