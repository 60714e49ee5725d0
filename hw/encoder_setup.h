// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What an encoder was told, to tell it to another.

#ifndef NRTC_HW_ENCODER_SETUP_H_
#define NRTC_HW_ENCODER_SETUP_H_

#include <memory>

#include "bridge/compat/encoder.h"

namespace nrtc::hw {

struct EncoderSetup {
  webrtc::FecControllerOverride* fec = nullptr;
  webrtc::EncodedImageCallback* callback = nullptr;
  std::unique_ptr<webrtc::VideoCodec> codec;  // nullptr: not initialized
  std::unique_ptr<webrtc::VideoEncoder::Settings> settings;
  std::unique_ptr<webrtc::VideoEncoder::RateControlParameters> rates;

  void Initialize(const webrtc::VideoCodec* with, const webrtc::VideoEncoder::Settings& set) {
    codec = with != nullptr ? std::make_unique<webrtc::VideoCodec>(*with) : nullptr;
    settings = std::make_unique<webrtc::VideoEncoder::Settings>(set);
    rates.reset();
  }
  // Initializes an encoder that is not.
  int Repeat(webrtc::VideoEncoder& encoder) const {
    int result = encoder.InitEncode(codec.get(), *settings);
    if (result != WEBRTC_VIDEO_CODEC_OK) return result;
    encoder.RegisterEncodeCompleteCallback(callback);
    if (rates) encoder.SetRates(*rates);
    return result;
  }
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_ENCODER_SETUP_H_
