// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A libnvidia-encode.so.1 in software, for tests: it encodes nothing but writes
// streams that decode to exactly the pictures it is given, and refuses what a
// strict driver refuses. Nothing that it reports says anything about hardware.
//
// Environment:
//   NATIVERTC_NVENC_DOUBLE_PERSONA  no-engine, old (a driver of NVENC 10), limit
//                                   (two sessions, then out of memory), limit-key (the
//                                   same, then an incompatible client key)
//   NATIVERTC_NVENC_DOUBLE_LOG      a file to which it appends what it was told
//   NATIVERTC_NVENC_DOUBLE_FAULT    a file whose words are the faults to make: open,
//                                   initialize, encode, hang, garbage, reconfigure

#include <ffnvcodec/nvEncodeAPI.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <string>

#include "../h264/bits.h"
#include "../h264/slice_data.h"

extern "C" int cuCtxGetCurrent(void** context);

namespace doubles {
namespace {

std::string Persona() {
  const char* p = std::getenv("NATIVERTC_NVENC_DOUBLE_PERSONA");
  return p ? p : "";
}

bool Fault(const std::string& name) {
  const char* path = std::getenv("NATIVERTC_NVENC_DOUBLE_FAULT");
  std::ifstream file(path ? path : "");
  for (std::string word; file >> word;) {
    if (word == name) return true;
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

struct Picture {
  int width = 0, height = 0, pitch = 0;
  Bytes pixels;
  bool locked = false;
};

struct Stream {
  Bytes data;
  bool filled = false, locked = false;
};

struct Encoder {
  void* context = nullptr;
  bool initialized = false;
  NV_ENC_INITIALIZE_PARAMS parameters{};
  NV_ENC_CONFIG config{};
  int buffers = 0;
  std::string error;
  uint32_t frame_num = 0, idr_pic_id = 0, number = 0;
  Bytes reference;  // the samples of the last picture, by macroblock

  int columns() const { return static_cast<int>(parameters.encodeWidth + 15) / 16; }
  int rows() const { return static_cast<int>(parameters.encodeHeight + 15) / 16; }
  bool cabac() const {
    return config.encodeCodecConfig.h264Config.entropyCodingMode == NV_ENC_H264_ENTROPY_CODING_MODE_CABAC;
  }
  bool high() const { return std::memcmp(&config.profileGUID, &NV_ENC_H264_PROFILE_HIGH_GUID, sizeof(GUID)) == 0; }
  bool main() const { return std::memcmp(&config.profileGUID, &NV_ENC_H264_PROFILE_MAIN_GUID, sizeof(GUID)) == 0; }
};

NVENCSTATUS Refuse(Encoder& e, const char* why, NVENCSTATUS result = NV_ENC_ERR_INVALID_PARAM) {
  e.error = why;
  Log("refused: %s", why);
  return result;
}

// Every call must be made with the session's context.
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
  if (open_sessions >= 2 && Persona() == "limit") return NV_ENC_ERR_OUT_OF_MEMORY;
  if (open_sessions >= 2 && Persona() == "limit-key") return NV_ENC_ERR_INCOMPATIBLE_CLIENT_KEY;
  auto* e = new Encoder;
  e->context = p->device;
  if (!ContextIsCurrent(*e)) {
    delete e;
    return NV_ENC_ERR_INVALID_DEVICE;
  }
  *out = e;
  ++open_sessions;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS Destroy(void* encoder) {
  auto* e = static_cast<Encoder*>(encoder);
  Log("destroy buffers=%d open=%d", e->buffers, --open_sessions);
  delete e;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS GuidCount(void*, uint32_t* count) {
  *count = 1;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS Guids(void*, GUID* list, uint32_t size, uint32_t* count) {
  if (size < 1) return NV_ENC_ERR_INVALID_PARAM;
  list[0] = NV_ENC_CODEC_H264_GUID;
  *count = 1;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS Caps(void*, GUID, NV_ENC_CAPS_PARAM* p, int* value) {
  if (p->version != NV_ENC_CAPS_PARAM_VER) return NV_ENC_ERR_INVALID_VERSION;
  *value = 0;
  if (p->capsToQuery == NV_ENC_CAPS_WIDTH_MAX || p->capsToQuery == NV_ENC_CAPS_HEIGHT_MAX) *value = 4096;
  if (p->capsToQuery == NV_ENC_CAPS_WIDTH_MIN) *value = 16;
  if (p->capsToQuery == NV_ENC_CAPS_HEIGHT_MIN) *value = 2;
  return NV_ENC_SUCCESS;
}

// A preset is for files: what is not fit for calls must be changed.
NVENCSTATUS Preset(void*, GUID, GUID, NV_ENC_TUNING_INFO, NV_ENC_PRESET_CONFIG* p) {
  if (p->version != NV_ENC_PRESET_CONFIG_VER || p->presetCfg.version != NV_ENC_CONFIG_VER) {
    return NV_ENC_ERR_INVALID_VERSION;
  }
  p->presetCfg.gopLength = 30;
  p->presetCfg.frameIntervalP = 3;
  p->presetCfg.rcParams.version = NV_ENC_RC_PARAMS_VER;
  p->presetCfg.rcParams.enableLookahead = 1;
  p->presetCfg.encodeCodecConfig.h264Config.idrPeriod = 30;
  return NV_ENC_SUCCESS;
}

const char* CheckParameters(const NV_ENC_INITIALIZE_PARAMS& p) {
  const NV_ENC_CONFIG& c = *p.encodeConfig;
  const NV_ENC_CONFIG_H264& h = c.encodeCodecConfig.h264Config;
  if (p.encodeWidth % 2 || p.encodeHeight % 2 || !p.encodeWidth || !p.encodeHeight) return "an odd size";
  if (!p.enablePTD) return "picture types left to the application";
  if (c.frameIntervalP != 1) return "B frames";
  if (c.rcParams.enableLookahead) return "look-ahead";
  if (c.gopLength != NVENC_INFINITE_GOPLENGTH || h.idrPeriod != NVENC_INFINITE_GOPLENGTH) return "periodic key pictures";
  if (c.rcParams.rateControlMode != NV_ENC_PARAMS_RC_CBR || !c.rcParams.averageBitRate) return "no bitrate";
  if (!c.rcParams.vbvBufferSize || !p.frameRateNum || !p.frameRateDen) return "no buffer or framerate";
  return nullptr;
}

void LogRates(const char* what, const Encoder& e) {
  Log("%s bitrate=%u vbv=%u framerate=%g level=%u", what, e.config.rcParams.averageBitRate,
      e.config.rcParams.vbvBufferSize, static_cast<double>(e.parameters.frameRateNum) / e.parameters.frameRateDen,
      e.config.encodeCodecConfig.h264Config.level);
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
  if (p->resetEncoder || p->forceIDR) return Refuse(e, "a key picture for a change of rates");
  if (const char* why = CheckParameters(n)) return Refuse(e, why);
  e.parameters = n;
  e.config = *n.encodeConfig;
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
  b->pixels.assign(static_cast<size_t>(b->pitch * b->height * 3 / 2), 0xee);
  p->inputBuffer = b;
  ++e.buffers;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS DestroyInput(void* encoder, NV_ENC_INPUT_PTR b) {
  --static_cast<Encoder*>(encoder)->buffers;
  delete static_cast<Picture*>(b);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS CreateBitstream(void* encoder, NV_ENC_CREATE_BITSTREAM_BUFFER* p) {
  if (p->version != NV_ENC_CREATE_BITSTREAM_BUFFER_VER) return NV_ENC_ERR_INVALID_VERSION;
  p->bitstreamBuffer = new Stream;
  ++static_cast<Encoder*>(encoder)->buffers;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS DestroyBitstream(void* encoder, NV_ENC_OUTPUT_PTR b) {
  --static_cast<Encoder*>(encoder)->buffers;
  delete static_cast<Stream*>(b);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS LockInput(void* encoder, NV_ENC_LOCK_INPUT_BUFFER* p) {
  auto& e = *static_cast<Encoder*>(encoder);
  auto* b = static_cast<Picture*>(p->inputBuffer);
  if (p->version != NV_ENC_LOCK_INPUT_BUFFER_VER || b->locked) return Refuse(e, "a lock");
  b->locked = true;
  p->bufferDataPtr = b->pixels.data();
  p->pitch = static_cast<uint32_t>(b->pitch);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS UnlockInput(void* encoder, NV_ENC_INPUT_PTR b) {
  if (!static_cast<Picture*>(b)->locked) return Refuse(*static_cast<Encoder*>(encoder), "an unlock");
  static_cast<Picture*>(b)->locked = false;
  return NV_ENC_SUCCESS;
}

Bytes ParameterSets(const Encoder& e) {
  const int crop_right = (e.columns() * 16 - static_cast<int>(e.parameters.encodeWidth)) / 2;
  const int crop_bottom = (e.rows() * 16 - static_cast<int>(e.parameters.encodeHeight)) / 2;
  BitSink w;
  w.U(e.high() ? 100 : e.main() ? 77 : 66, 8);
  w.U(e.high() ? 0 : e.main() ? 0x40 : 0xc0, 8);
  w.U(e.config.encodeCodecConfig.h264Config.level, 8);
  w.Ue(0);
  if (e.high()) {
    w.Ue(1);
    w.Ue(0);
    w.Ue(0);
    w.U(0, 2);
  }
  w.Ue(4);  // frame_num of 8 bits
  w.Ue(2);  // pictures are shown as they are coded
  w.Ue(1);
  w.U(0, 1);
  w.Ue(static_cast<uint32_t>(e.columns() - 1));
  w.Ue(static_cast<uint32_t>(e.rows() - 1));
  w.U(7, 3);
  w.Ue(0);
  w.Ue(static_cast<uint32_t>(crop_right));
  w.Ue(0);
  w.Ue(static_cast<uint32_t>(crop_bottom));
  w.U(0, 1);
  w.Bit(1);
  w.Align();
  Bytes out;
  AppendNal(out, 0x67, w.bytes());
  BitSink q;
  q.Ue(0);
  q.Ue(0);
  q.U(e.cabac(), 1);
  q.U(0, 1);
  q.Ue(0);
  q.Ue(0);
  q.Ue(0);
  q.U(0, 3);
  q.Se(0);
  q.Se(0);
  q.Se(0);
  q.U(0, 3);
  q.Bit(1);
  q.Align();
  AppendNal(out, 0x68, q.bytes());
  return out;
}

// The samples of a macroblock; beyond the picture its edges.
Bytes Samples(const Picture& p, int columns, int index) {
  Bytes out(384);
  const int x = index % columns * 16;
  const int y = index / columns * 16;
  for (int i = 0; i < 256; ++i) {
    int row = std::min(y + i / 16, p.height - 1);
    int column = std::min(x + i % 16, p.width - 1);
    out[static_cast<size_t>(i)] = p.pixels[static_cast<size_t>(row * p.pitch + column)];
  }
  for (int i = 0; i < 64; ++i) {
    int row = p.height + std::min(y / 2 + i / 8, p.height / 2 - 1);
    int column = std::min(x / 2 + i % 8, p.width / 2 - 1) * 2;
    out[static_cast<size_t>(256 + i)] = p.pixels[static_cast<size_t>(row * p.pitch + column)];
    out[static_cast<size_t>(320 + i)] = p.pixels[static_cast<size_t>(row * p.pitch + column + 1)];
  }
  return out;
}

NVENCSTATUS Encode(void* encoder, NV_ENC_PIC_PARAMS* p) {
  auto& e = *static_cast<Encoder*>(encoder);
  if (!e.initialized) return Refuse(e, "no encoder", NV_ENC_ERR_ENCODER_NOT_INITIALIZED);
  if (!ContextIsCurrent(e)) return Refuse(e, "another context", NV_ENC_ERR_INVALID_DEVICE);
  if (p->version != NV_ENC_PIC_PARAMS_VER) return Refuse(e, "a version", NV_ENC_ERR_INVALID_VERSION);
  auto& in = *static_cast<Picture*>(p->inputBuffer);
  auto& out = *static_cast<Stream*>(p->outputBitstream);
  if (in.locked || out.locked) return Refuse(e, "a buffer that is locked", NV_ENC_ERR_LOCK_BUSY);
  if (p->inputWidth != e.parameters.encodeWidth || p->inputHeight != e.parameters.encodeHeight) {
    return Refuse(e, "a picture of another size");
  }
  if (p->bufferFmt != NV_ENC_BUFFER_FORMAT_NV12 || p->pictureStruct != NV_ENC_PIC_STRUCT_FRAME) {
    return Refuse(e, "a picture of another kind");
  }
  if (Fault("encode")) return Refuse(e, "a fault as ordered", NV_ENC_ERR_DEVICE_NOT_EXIST);
  const bool idr = e.number == 0 || (p->encodePicFlags & NV_ENC_PIC_FLAG_FORCEIDR);
  const bool sets = e.number == 0 || (idr && ((p->encodePicFlags & NV_ENC_PIC_FLAG_OUTPUT_SPSPPS) ||
                                              e.config.encodeCodecConfig.h264Config.repeatSPSPPS));
  if (idr) e.frame_num = 0;
  BitSink w;
  w.Ue(0);
  w.Ue(idr ? 7 : 5);
  w.Ue(0);
  w.U(e.frame_num % 256, 8);
  if (idr) w.Ue(e.idr_pic_id++ % 2);
  if (!idr) w.U(0, 2);
  w.U(0, idr ? 2 : 1);
  if (e.cabac() && !idr) w.Ue(0);
  w.Se(0);
  SliceData data;
  data.intra = idr;
  data.cabac = e.cabac();
  data.columns = e.columns();
  data.rows = e.rows();
  Bytes all;
  for (int i = 0; i < data.columns * data.rows; ++i) {
    Bytes now = Samples(in, data.columns, i);
    data.skip.push_back(!idr && std::equal(now.begin(), now.end(), e.reference.begin() + i * 384));
    all.insert(all.end(), now.begin(), now.end());
  }
  data.samples = [&](int i) { return Bytes(all.begin() + i * 384, all.begin() + (i + 1) * 384); };
  AppendSliceData(w, data);
  out.data = sets ? ParameterSets(e) : Bytes();
  AppendNal(out.data, idr ? 0x65 : 0x41, w.bytes());
  if (Fault("garbage")) std::fill(out.data.begin(), out.data.end(), 0xa5);
  out.filled = true;
  e.reference = all;
  ++e.frame_num;
  Log("picture %u idr=%d size=%zu bitrate=%u framerate=%g", e.number++, idr, out.data.size(),
      e.config.rcParams.averageBitRate, static_cast<double>(e.parameters.frameRateNum) / e.parameters.frameRateDen);
  return NV_ENC_SUCCESS;
}

NVENCSTATUS LockBitstream(void* encoder, NV_ENC_LOCK_BITSTREAM* p) {
  auto& e = *static_cast<Encoder*>(encoder);
  auto& s = *static_cast<Stream*>(p->outputBitstream);
  if (p->version != NV_ENC_LOCK_BITSTREAM_VER || s.locked || !s.filled) return Refuse(e, "a lock");
  while (Fault("hang")) usleep(10'000);
  s.locked = true;
  s.filled = false;
  p->bitstreamBufferPtr = s.data.data();
  p->bitstreamSizeInBytes = static_cast<uint32_t>(s.data.size());
  p->frameAvgQP = 26;
  return NV_ENC_SUCCESS;
}

NVENCSTATUS UnlockBitstream(void*, NV_ENC_OUTPUT_PTR b) {
  static_cast<Stream*>(b)->locked = false;
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
  f->nvEncGetEncodeCaps = doubles::Caps;
  f->nvEncGetEncodePresetConfigEx = doubles::Preset;
  f->nvEncInitializeEncoder = doubles::Initialize;
  f->nvEncReconfigureEncoder = doubles::Reconfigure;
  f->nvEncCreateInputBuffer = doubles::CreateInput;
  f->nvEncDestroyInputBuffer = doubles::DestroyInput;
  f->nvEncCreateBitstreamBuffer = doubles::CreateBitstream;
  f->nvEncDestroyBitstreamBuffer = doubles::DestroyBitstream;
  f->nvEncLockInputBuffer = doubles::LockInput;
  f->nvEncUnlockInputBuffer = doubles::UnlockInput;
  f->nvEncEncodePicture = doubles::Encode;
  f->nvEncLockBitstream = doubles::LockBitstream;
  f->nvEncUnlockBitstream = doubles::UnlockBitstream;
  f->nvEncGetLastErrorString = doubles::LastError;
  return NV_ENC_SUCCESS;
}
