// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/nvenc.h"

#include <algorithm>
#include <cstdlib>

#include "hw/nvenc_internal.h"

namespace nrtc::hw {

#if defined(NRTC_HW_NVENC)

namespace {

bool OpenCuda(CudaFunctions& f, std::string& error) {
  Library cuda;
  if (!cuda.Open("libcuda.so.1", error)) {
    error = "no driver of NVIDIA: " + error;
    return false;
  }
  cuda.Find("cuInit", f.Init, error);
  cuda.Find("cuDeviceGetCount", f.DeviceGetCount, error);
  cuda.Find("cuDeviceGet", f.DeviceGet, error);
  cuda.Find("cuDeviceGetName", f.DeviceGetName, error);
  cuda.Find("cuDevicePrimaryCtxRetain", f.DevicePrimaryCtxRetain, error);
  cuda.Find("cuDevicePrimaryCtxRelease", f.DevicePrimaryCtxRelease, error);
  cuda.Find("cuCtxPushCurrent_v2", f.CtxPushCurrent, error);
  cuda.Find("cuCtxPopCurrent_v2", f.CtxPopCurrent, error);
  cuda.Find("cuCtxGetDevice", f.CtxGetDevice, error);
  cuda.Find("cuMemAllocPitch_v2", f.MemAllocPitch, error);
  cuda.Find("cuMemFree_v2", f.MemFree, error);
  cuda.Find("cuMemcpy2D_v2", f.Memcpy2D, error);
  cuda.Find("cuPointerGetAttribute", f.PointerGetAttribute, error);
  if (!error.empty()) return false;
  if (int result = f.Init(0); result != 0) {
    error = "CUDA does not start (error " + std::to_string(result) + "): no GPU, or a container that was not given it";
    return false;
  }
  return true;
}

bool OpenNvenc(NvencLibraries& l, std::string& error) {
  const CudaFunctions* cuda = LoadCuda(error);
  if (cuda == nullptr) return false;
  l.cuda = *cuda;
  Library nvenc;
  if (!nvenc.Open("libnvidia-encode.so.1", error)) {
    error += ": the driver's encoder is not installed, or NVIDIA_DRIVER_CAPABILITIES of this container lacks \"video\"";
    return false;
  }
  NVENCSTATUS (*max_version)(uint32_t*) = nullptr;
  NVENCSTATUS (*create)(NV_ENCODE_API_FUNCTION_LIST*) = nullptr;
  nvenc.Find("NvEncodeAPIGetMaxSupportedVersion", max_version, error);
  nvenc.Find("NvEncodeAPICreateInstance", create, error);
  if (!error.empty()) return false;
  uint32_t version = 0;
  max_version(&version);
  constexpr uint32_t kNeeded = NVENCAPI_MAJOR_VERSION << 4 | NVENCAPI_MINOR_VERSION;
  if (version < kNeeded) {
    error = "the driver is too old: it speaks NVENC " + std::to_string(version >> 4) + "." +
            std::to_string(version & 15) + ", " + std::to_string(NVENCAPI_MAJOR_VERSION) + "." +
            std::to_string(NVENCAPI_MINOR_VERSION) + " is needed";
    return false;
  }
  l.nvenc = {};
  l.nvenc.version = NV_ENCODE_API_FUNCTION_LIST_VER;
  if (create(&l.nvenc) != NV_ENC_SUCCESS) {
    error = "the driver does not hand out its encoder";
    return false;
  }
  return true;
}

// What opening a session may fail with, in words that help.
Status WhyNoSession(NVENCSTATUS result) {
  switch (result) {
    case NV_ENC_ERR_NO_ENCODE_DEVICE:
    case NV_ENC_ERR_UNSUPPORTED_DEVICE:
      return Status("the GPU has no encode engine, as some for data centres");
    case NV_ENC_ERR_OUT_OF_MEMORY:
    case NV_ENC_ERR_INCOMPATIBLE_CLIENT_KEY:
      return Status("the driver opens no more sessions: it limits them on consumer GPUs, or memory is short");
    case NV_ENC_ERR_INVALID_VERSION:
      return Status("the driver is too old for this program");
    default:
      return Status("NVENC could not open a session: error " + std::to_string(static_cast<int>(result)));
  }
}

constexpr Profile kNvencProfiles[] = {Profile::kH264ConstrainedBaseline, Profile::kH264Main, Profile::kH264High,
                                      Profile::kHevcMain};

bool SameGuid(const GUID& a, const GUID& b) {
  return __builtin_memcmp(&a, &b, sizeof a) == 0;
}

bool Encodes(const NvencSession& s, Codec codec) {
  uint32_t count = 0;
  if (s.api().nvEncGetEncodeGUIDCount(s.encoder(), &count) != NV_ENC_SUCCESS) return false;
  std::vector<GUID> codecs(count);
  if (s.api().nvEncGetEncodeGUIDs(s.encoder(), codecs.data(), count, &count) != NV_ENC_SUCCESS) return false;
  for (uint32_t i = 0; i < count && i < codecs.size(); ++i) {
    if (SameGuid(codecs[i], NvencCodec(codec))) return true;
  }
  return false;
}

}  // namespace

const CudaFunctions* LoadCuda(std::string& error) {
  struct Loaded {
    CudaFunctions functions{};
    std::string error;
  };
  static const Loaded* loaded = [] {
    auto* l = new Loaded;
    OpenCuda(l->functions, l->error);
    return l;
  }();
  error = loaded->error;
  return error.empty() ? &loaded->functions : nullptr;
}

const NvencLibraries* LoadNvenc(std::string& error) {
  struct Loaded {
    NvencLibraries libraries{};
    std::string error;
  };
  static const Loaded* loaded = [] {
    auto* l = new Loaded;
    OpenNvenc(l->libraries, l->error);
    return l;
  }();
  error = loaded->error;
  return error.empty() ? &loaded->libraries : nullptr;
}

NvencSession::Current::Current(const NvencSession& session) : cuda_(session.libraries_.cuda) {
  cuda_.CtxPushCurrent(session.context_);
}

NvencSession::Current::~Current() {
  void* context = nullptr;
  cuda_.CtxPopCurrent(&context);
}

std::unique_ptr<NvencSession> NvencSession::Open(const std::string& device, void* context, Status& status) {
  std::string error;
  const NvencLibraries* libraries = LoadNvenc(error);
  if (libraries == nullptr) {
    status = Status(error);
    return nullptr;
  }
  const CudaFunctions& cuda = libraries->cuda;
  std::unique_ptr<NvencSession> s(new NvencSession(*libraries));
  char* end = nullptr;
  const long number = std::strtol(device.c_str(), &end, 10);
  int handle = 0;
  if (device.empty() || *end != 0 || cuda.DeviceGet(&handle, static_cast<int>(number)) != 0) {
    status = Status("there is no GPU " + device);
    return nullptr;
  }
  char name[256] = {};
  if (cuda.DeviceGetName(name, sizeof name - 1, handle) == 0) s->name_ = name;
  s->number_ = static_cast<int>(number);
  if (!s->Enter(handle, context)) {
    status = Status("CUDA makes no context: the GPU is lost, taken, or out of memory");
    return nullptr;
  }
  Current current(*s);
  NV_ENC_OPEN_ENCODE_SESSION_EX_PARAMS p{};
  p.version = NV_ENC_OPEN_ENCODE_SESSION_EX_PARAMS_VER;
  p.deviceType = NV_ENC_DEVICE_TYPE_CUDA;
  p.device = s->context_;
  p.apiVersion = NVENCAPI_VERSION;
  if (NVENCSTATUS result = s->api().nvEncOpenEncodeSessionEx(&p, &s->encoder_); result != NV_ENC_SUCCESS) {
    status = WhyNoSession(result);
    // The interface asks for it even then.
    if (s->encoder_ != nullptr) s->api().nvEncDestroyEncoder(s->encoder_);
    s->encoder_ = nullptr;
    return nullptr;
  }
  return s;
}

bool NvencSession::Enter(int handle, void* context) {
  const CudaFunctions& cuda = libraries_.cuda;
  if (context != nullptr && cuda.CtxPushCurrent(context) == 0) {
    int of = -1;
    const int result = cuda.CtxGetDevice(&of);
    void* popped = nullptr;
    cuda.CtxPopCurrent(&popped);
    if (result == 0 && of == handle) {
      context_ = context;
      return true;
    }
  }
  if (cuda.DevicePrimaryCtxRetain(&context_, handle) != 0) return false;
  retained_ = handle;
  return true;
}

NvencSession::~NvencSession() {
  if (encoder_ != nullptr) {
    Current current(*this);
    api().nvEncDestroyEncoder(encoder_);
  }
  if (retained_ >= 0) libraries_.cuda.DevicePrimaryCtxRelease(retained_);
}

Status NvencSession::Check(NVENCSTATUS result, const char* what) const {
  if (result == NV_ENC_SUCCESS) return Status();
  std::string text = std::string("NVENC could not ") + what + ": error " + std::to_string(static_cast<int>(result));
  if (const char* detail = api().nvEncGetLastErrorString(encoder_); detail != nullptr && *detail != 0) {
    text += std::string(" (") + detail + ")";
  }
  return Status(text);
}

const GUID& NvencCodec(Codec codec) {
  return codec == Codec::kHevc ? NV_ENC_CODEC_HEVC_GUID : NV_ENC_CODEC_H264_GUID;
}

int NvencSession::Capability(const GUID& codec, NV_ENC_CAPS what) const {
  NV_ENC_CAPS_PARAM p{};
  p.version = NV_ENC_CAPS_PARAM_VER;
  p.capsToQuery = what;
  int value = 0;
  return api().nvEncGetEncodeCaps(encoder_, codec, &p, &value) == NV_ENC_SUCCESS ? value : 0;
}

int NvencSession::TemporalLayers(Codec codec) const {
  // This version of the interface has no layers of H.265.
  if (codec != Codec::kH264) return 1;
  const GUID& guid = NvencCodec(codec);
  if (Capability(guid, NV_ENC_CAPS_SUPPORT_TEMPORAL_SVC) == 0) return 1;
  return std::clamp(Capability(guid, NV_ENC_CAPS_NUM_MAX_TEMPORAL_LAYERS), 1, 3);
}

std::vector<std::string> NvencDevices(std::string& reason) {
  std::vector<std::string> devices;
  const CudaFunctions* cuda = LoadCuda(reason);
  int count = 0;
  if (cuda != nullptr && (cuda->DeviceGetCount(&count) != 0 || count == 0)) reason = "CUDA counts no GPU";
  for (int i = 0; i < count; ++i) devices.push_back(std::to_string(i));
  return devices;
}

DeviceReport ProbeNvenc(const std::string& device) {
  DeviceReport report;
  report.backend = Backend::kNvenc;
  report.device = device;
  Status status;
  auto session = NvencSession::Open(device, nullptr, status);
  if (!session) {
    report.reason = status.message();
    return report;
  }
  report.name = session->name();
  NvencSession::Current current(*session);
  for (Profile profile : kNvencProfiles) {
    const Codec codec = CodecOf(profile);
    if (!Encodes(*session, codec)) continue;
    ProfileReport p;
    p.profile = profile;
    p.max_width = session->Capability(NvencCodec(codec), NV_ENC_CAPS_WIDTH_MAX);
    p.max_height = session->Capability(NvencCodec(codec), NV_ENC_CAPS_HEIGHT_MAX);
    p.temporal_layers = session->TemporalLayers(codec);
    p.rate_modes = {RateMode::kCbr};
    report.profiles.push_back(p);
  }
  if (report.profiles.empty()) report.reason = "the GPU encodes neither H264 nor H265";
  return report;
}

SessionOpener NvencOpener(const std::string& device) {
  return [device](const StreamConfig& config, Status& status) -> std::unique_ptr<Session> {
    if (std::find(std::begin(kNvencProfiles), std::end(kNvencProfiles), config.profile) == std::end(kNvencProfiles)) {
      status = Status(std::string("NVENC does not encode ") + Name(config.profile));
      return nullptr;
    }
    auto session = NvencSession::Open(device, config.cuda_context, status);
    if (!session) return nullptr;
    NvencSession::Current current(*session);
    if (!Encodes(*session, CodecOf(config.profile))) {
      status = Status(std::string("the GPU does not encode ") + Name(config.profile));
      return nullptr;
    }
    return OpenNvenc(std::move(session), config, status);
  };
}

#else  // no nvEncodeAPI.h

namespace {

constexpr char kNoNvenc[] =
    "built without NVENC: install its headers (libffmpeg-nvenc-dev) and build again with go build -a";

}  // namespace

std::vector<std::string> NvencDevices(std::string& reason) {
  reason = kNoNvenc;
  return {};
}

DeviceReport ProbeNvenc(const std::string& device) {
  DeviceReport report;
  report.backend = Backend::kNvenc;
  report.device = device;
  report.reason = kNoNvenc;
  return report;
}

SessionOpener NvencOpener(const std::string&) {
  return [](const StreamConfig&, Status& status) -> std::unique_ptr<Session> {
    status = Status(kNoNvenc);
    return nullptr;
  };
}

#endif  // nvEncodeAPI.h

}  // namespace nrtc::hw
