// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/video_codecs_internal.h"

#include "api/video_codecs/builtin_video_decoder_factory.h"
#include "api/video_codecs/builtin_video_encoder_factory.h"

namespace nrtc {

// libwebrtc's software encoders, each inside an adapter that runs several of
// them for simulcast where the codec cannot do that itself. Hardware encoders
// belong in front of this factory: a factory that asks theirs first and gives
// an encoder of this one to VideoEncoderSoftwareFallbackWrapper.
std::unique_ptr<webrtc::VideoEncoderFactory> CreateVideoEncoderFactory() {
  return webrtc::CreateBuiltinVideoEncoderFactory();
}

std::unique_ptr<webrtc::VideoDecoderFactory> CreateVideoDecoderFactory() {
  return webrtc::CreateBuiltinVideoDecoderFactory();
}

}  // namespace nrtc
