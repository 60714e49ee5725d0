// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A VideoToolbox in software, for tests on systems that have none, behind the stand-in for
// Apple's headers: it encodes nothing but writes streams of H.264 that decode to
// exactly the pictures it is given, and refuses what is wrong by the reference of the API.
// It was made from that reference, not from a Mac: nothing that it does says
// how a Mac behaves.
//
// Of HEVC it writes units with the right headers and nothing decodable in them.
//
// Environment:
//   NATIVERTC_VIDEOTOOLBOX_DOUBLE_PERSONA  intel (no low latency, no layers, no HEVC), software
//                                          (no encoder in hardware), unknown (does not tell whether
//                                          it is hardware), late (pictures come out
//                                          only when completed), short (lengths of two bytes),
//                                          in-band (parameter sets in the stream too), untold
//                                          (does not attach which pictures others refer to)
//   NATIVERTC_VIDEOTOOLBOX_DOUBLE_LOG      a file to which it appends what it was told
//   NATIVERTC_VIDEOTOOLBOX_DOUBLE_FAULT    a file whose words are the faults to make: create,
//                                          limit (two sessions), level (but those that it
//                                          chooses), all-levels, bitrate, prepare; of a picture
//                                          encode, callback, drop, silent, hang, lengths, empty,
//                                          no-sets, not-key; where the session is lost: invalid
//                                          (EncodeFrame), invalid-property, invalid-pool,
//                                          invalid-complete, invalid-callback. "X@N" for the
//                                          N-th picture that the process hands in

#ifndef NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_DOUBLE_H_
#define NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_DOUBLE_H_

#include <VideoToolbox/VideoToolbox.h>

#include <map>
#include <string>
#include <vector>

#include "../h264/bits.h"

// Objects that were made and not given back: none of CoreFoundation's constants.
int VideoToolboxDoubleLiveObjects();

namespace doubles {

// What all objects begin with.
struct Object {
  explicit Object(bool constant = false);
  virtual ~Object();
  Object(const Object&) = delete;

  bool constant;
  int references = 1;
};

void Log(const char* format, ...) __attribute__((format(printf, 1, 2)));
// Ends the process: what was done must never be.
[[noreturn]] void Forbid(const char* why);
bool Fault(const std::string& name, int number = -1);
std::string Persona();

// One encoder's state between pictures.
struct H264State {
  int width = 0, height = 0;
  int profile_idc = 66, level_idc = 40;
  bool cabac = false;
  bool layers = false;  // every second picture is referred to by none
  uint32_t frame_num = 0, idr_pic_id = 0, since_idr = 0;
  Bytes reference;

  int columns() const { return (width + 15) / 16; }
  int rows() const { return (height + 15) / 16; }
};

struct EncodedPicture {
  std::vector<Bytes> parameter_sets, units;  // without lengths or start codes
  bool key = false, referenced = true;
};

// NV12, whose rows of luma and of chroma have the same stride.
struct Pixels {
  const uint8_t* luma;
  const uint8_t* chroma;
  size_t stride;
};

EncodedPicture EncodeH264(H264State& state, const Pixels& pixels, bool key);

}  // namespace doubles

struct StandInString : doubles::Object {
  explicit StandInString(const char* text) : Object(true), text(text) {}
  std::string text;
};
struct StandInBoolean : doubles::Object {
  explicit StandInBoolean(bool value) : Object(true), value(value) {}
  bool value;
};
struct StandInNumber : doubles::Object {
  double value = 0;
};
// Hold references to what is in them.
struct StandInArray : doubles::Object {
  ~StandInArray() override;
  std::vector<CFTypeRef> values;
};
struct StandInDictionary : doubles::Object {
  ~StandInDictionary() override;
  std::map<const StandInString*, CFTypeRef> values;
  template <typename T>
  const T* Get(CFStringRef key) const {
    auto found = values.find(key);
    return found == values.end() ? nullptr : dynamic_cast<const T*>(static_cast<const Object*>(found->second));
  }
  bool IsTrue(CFStringRef key) const {
    const auto* value = Get<StandInBoolean>(key);
    return value != nullptr && value->value;
  }
};
struct StandInPixelBuffer : doubles::Object {
  int width = 0, height = 0;
  size_t stride = 0;
  doubles::Bytes luma, chroma;
  bool locked = false;
};
struct StandInPixelBufferPool : doubles::Object {
  int width = 0, height = 0;
};
struct StandInFormatDescription : doubles::Object {
  CMVideoCodecType codec = 0;
  int length_bytes = 4;
  std::vector<doubles::Bytes> sets;
};
struct StandInBlockBuffer : doubles::Object {
  doubles::Bytes bytes;
};
struct StandInSampleBuffer : doubles::Object {
  ~StandInSampleBuffer() override;
  StandInFormatDescription* format = nullptr;
  StandInBlockBuffer* block = nullptr;
  StandInArray* attachments = nullptr;
};

#endif  // NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_DOUBLE_H_
