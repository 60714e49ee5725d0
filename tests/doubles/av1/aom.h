// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// libaom as the encoder inside the test doubles: one picture in, one out, that refers to
// one picture and is kept in such buffers as it is told.

#ifndef NRTC_TESTS_DOUBLES_AV1_AOM_H_
#define NRTC_TESTS_DOUBLES_AV1_AOM_H_

#include <cstdint>
#include <memory>
#include <string>

#include "headers.h"

namespace doubles {

// What is to be done with a picture.
struct AomOrder {
  bool key = false;
  int buffer = 0;         // that it refers to
  uint32_t refresh = 0;   // the buffers that hold it afterwards
  int quantiser = -1;     // 0 to 255; -1: as the bitrate allows
  int most_quantiser = 255;
  double bitrate = 0;
  double framerate = 30;
};

// What libaom made of it.
struct AomFrame {
  Av1SequenceHeader sequence;  // the last one that there was
  Av1FrameHeader header;
  Bytes tiles;  // of one tile group
};

class Aom {
 public:
  // Of one picture and of all that follow, as both headers say. nullptr if libaom does not take
  // that.
  static std::unique_ptr<Aom> Open(const Av1SequenceHeader& sequence, const Av1FrameHeader& header);
  ~Aom();
  Aom(const Aom&) = delete;

  // NV12, the rows of both planes of one pitch. Says what went wrong; nothing if nothing did.
  std::string Encode(const uint8_t* luma, const uint8_t* chroma, int pitch, const AomOrder& order, AomFrame& frame);

 private:
  struct State;
  explicit Aom(std::unique_ptr<State> state);
  bool Configure(const AomOrder& order);
  const char* NameReferences(const AomOrder& order);
  std::unique_ptr<State> state_;
};

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_AV1_AOM_H_
