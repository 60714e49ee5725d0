// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef SMOKE_H265_H_
#define SMOKE_H265_H_

#include <atomic>
#include <memory>

#include "api/video_codecs/video_decoder_factory.h"
#include "api/video_codecs/video_encoder_factory.h"

// Stands in for hardware: the encoder gives the same picture for every frame, the decoder
// counts those that come out of the network unchanged.
std::unique_ptr<webrtc::VideoEncoderFactory> CreateH265EncoderFactory();
std::unique_ptr<webrtc::VideoDecoderFactory> CreateH265DecoderFactory(std::atomic<int>* decoded);

#endif  // SMOKE_H265_H_
