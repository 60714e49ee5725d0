// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A libnvidia-encode.so.1 in software, for tests, that refuses what a strict driver
// refuses. Of H.264 it encodes nothing but writes streams that decode to exactly the
// pictures it is given; of H.265 libx265 encodes for it. Nothing that it reports says
// anything about hardware.
//
// Environment:
//   NATIVERTC_NVENC_DOUBLE_PERSONA  no-engine, old (a driver of NVENC 10), no-layers
//                                   (no temporal layers), h264 (no other codec), limit (two sessions, then out
//                                   of memory), limit-key (the same, then an
//                                   incompatible client key)
//   NATIVERTC_NVENC_DOUBLE_LOG      a file to which it appends what it was told
//   NATIVERTC_NVENC_DOUBLE_FAULT    a file whose words are the faults to make: open,
//                                   limit (two sessions), initialize, encode, "encode@N" for
//                                   the N-th picture of the process, hang, overflow,
//                                   garbage, reconfigure, register, map

#ifndef NRTC_TESTS_DOUBLES_NVENC_NVENC_H_
#define NRTC_TESTS_DOUBLES_NVENC_NVENC_H_

#include <ffnvcodec/nvEncodeAPI.h>

#include <cstring>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "../h264/bits.h"
#include "../hevc/rate.h"
#include "../hevc/x265.h"

namespace doubles {

// What an application may hand in, in memory of the driver or in its own: NV12 or, with a
// plane of half the pitch for each of U and V, IYUV.
struct Picture {
  NV_ENC_BUFFER_FORMAT format = NV_ENC_BUFFER_FORMAT_NV12;
  int width = 0, height = 0, pitch = 0;
  Bytes own;
  uint8_t* pixels = nullptr;
  bool registered = false;  // by the application, to whom the memory belongs
  bool mapped = false;
  bool locked = false;
};

struct Stream {
  Bytes data;
  bool filled = false, locked = false, idr = false;
  uint64_t timestamp = 0;
  int layer = 0;
};

// A picture that later ones may refer to.
struct Reference {
  uint32_t frame_num = 0;
  int layer = 0;
  Bytes samples;  // by macroblock
};

inline bool Same(const GUID& a, const GUID& b) {
  return std::memcmp(&a, &b, sizeof(GUID)) == 0;
}

struct Encoder {
  void* context = nullptr;
  bool initialized = false;
  NV_ENC_INITIALIZE_PARAMS parameters{};
  NV_ENC_CONFIG config{};
  std::string error;
  std::set<void*> pictures, streams;
  uint32_t number = 0;  // of all pictures
  bool idr_is_next = true;
  uint32_t since_idr = 0;
  uint32_t frame_num = 0, idr_pic_id = 0;
  std::vector<Reference> references;  // the latest first
  std::unique_ptr<X265> x265;         // of H.265
  HevcRate rate;

  bool hevc() const { return Same(parameters.encodeGUID, NV_ENC_CODEC_HEVC_GUID); }
  const NV_ENC_CONFIG_HEVC& h265() const { return config.encodeCodecConfig.hevcConfig; }
  uint32_t idr_period() const { return hevc() ? h265().idrPeriod : h264().idrPeriod; }
  bool repeats_sets() const { return hevc() ? h265().repeatSPSPPS : h264().repeatSPSPPS; }

  const NV_ENC_CONFIG_H264& h264() const { return config.encodeCodecConfig.h264Config; }
  int columns() const { return static_cast<int>(parameters.encodeWidth + 15) / 16; }
  int rows() const { return static_cast<int>(parameters.encodeHeight + 15) / 16; }
  bool cabac() const { return h264().entropyCodingMode == NV_ENC_H264_ENTROPY_CODING_MODE_CABAC; }
  bool high() const { return Same(config.profileGUID, NV_ENC_H264_PROFILE_HIGH_GUID); }
  bool main() const { return Same(config.profileGUID, NV_ENC_H264_PROFILE_MAIN_GUID); }
  int layers() const { return !hevc() && h264().enableTemporalSVC ? static_cast<int>(h264().numTemporalLayers) : 1; }
};

// Writes the next picture, after parameter sets if they are due.
// False, of H.265, if there is none.
bool EncodeHevc(Encoder& e, const Picture& picture, bool idr, Stream& out);
void EncodeH264(Encoder& e, const Picture& picture, bool idr, bool parameter_sets, Stream& out);

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_NVENC_NVENC_H_
