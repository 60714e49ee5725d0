// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/session.h"

namespace nrtc::hw {

Codec CodecOf(Profile profile) {
  switch (profile) {
    case Profile::kVp8:
      return Codec::kVp8;
    case Profile::kVp9Profile0:
      return Codec::kVp9;
    case Profile::kHevcMain:
      return Codec::kHevc;
    case Profile::kAv1Main:
      return Codec::kAv1;
    default:
      return Codec::kH264;
  }
}

int MaxQuantiser(Codec codec) {
  switch (codec) {
    case Codec::kVp8:
      return 127;
    case Codec::kVp9:
    case Codec::kAv1:
      return 255;
    default:
      return 51;
  }
}

const char* Name(Codec codec) {
  switch (codec) {
    case Codec::kVp8:
      return "VP8";
    case Codec::kVp9:
      return "VP9";
    case Codec::kHevc:
      return "H265";
    case Codec::kAv1:
      return "AV1";
    default:
      return "H264";
  }
}

const char* Name(Profile profile) {
  switch (profile) {
    case Profile::kVp8:
      return "VP8";
    case Profile::kVp9Profile0:
      return "VP9 profile 0";
    case Profile::kHevcMain:
      return "H265 main";
    case Profile::kAv1Main:
      return "AV1 main";
    case Profile::kH264Main:
      return "H264 main";
    case Profile::kH264High:
      return "H264 high";
    default:
      return "H264 constrained baseline";
  }
}

const char* Name(RateMode mode) {
  switch (mode) {
    case RateMode::kVbr:
      return "VBR";
    case RateMode::kCbr:
      return "CBR";
    default:
      return "CQP";
  }
}

}  // namespace nrtc::hw
