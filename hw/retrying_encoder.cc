// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/retrying_encoder.h"

#include <thread>

#include "hw/codec_formats.h"
#include "hw/devices.h"

namespace nrtc::hw {

RetryingVideoEncoder::RetryingVideoEncoder(std::unique_ptr<webrtc::VideoEncoder> wrapper, Profile profile,
                                           std::vector<DeviceChoice> devices, const EncoderOptions& options,
                                           std::shared_ptr<EncoderHealth> health)
    : wrapper_(std::move(wrapper)),
      profile_(profile),
      devices_(std::move(devices)),
      options_(options),
      health_(std::move(health)) {}

void RetryingVideoEncoder::SetFecControllerOverride(webrtc::FecControllerOverride* controller) {
  wrapper_->SetFecControllerOverride(controller);
}

int RetryingVideoEncoder::InitEncode(const webrtc::VideoCodec* codec, const Settings& settings) {
  setup_.Initialize(codec, settings);
  trial_.reset();
  return wrapper_->InitEncode(codec, settings);
}

int32_t RetryingVideoEncoder::RegisterEncodeCompleteCallback(webrtc::EncodedImageCallback* callback) {
  setup_.callback = callback;
  return wrapper_->RegisterEncodeCompleteCallback(callback);
}

int32_t RetryingVideoEncoder::Release() {
  setup_.codec.reset();
  trial_.reset();
  return wrapper_->Release();
}

void RetryingVideoEncoder::SetRates(const RateControlParameters& parameters) {
  setup_.rates = std::make_unique<RateControlParameters>(parameters);
  wrapper_->SetRates(parameters);
}

int32_t RetryingVideoEncoder::Encode(const webrtc::VideoFrame& frame,
                                     const std::vector<webrtc::VideoFrameType>* types) {
  if (setup_.codec && !health_->works()) {
    if (trial_ && trial_->outcome != 0) {
      const bool opened = trial_->outcome > 0;
      trial_.reset();
      if (!opened) {
        health_->FailsAgain();
      } else {
        // The wrapper may be initialized only when it is not.
        wrapper_->Release();
        if (int result = setup_.Repeat(*wrapper_); result != WEBRTC_VIDEO_CODEC_OK) return result;
      }
    } else if (!trial_ && health_->RetryIsDue()) {
      StartTrial();
    }
  }
  return wrapper_->Encode(frame, types);
}

void RetryingVideoEncoder::StartTrial() {
  trial_ = std::make_shared<Trial>();
  std::thread([trial = trial_, devices = devices_, options = options_,
               config = ConfigOf(*setup_.codec, profile_)] {
    for (const DeviceChoice& d : devices) {
      Status status;
      if (WatchedSession::Open(d.device, OpenerOf(d.backend, d.device), config, options.deadlines, status)) {
        trial->outcome = 1;
        return;
      }
    }
    trial->outcome = -1;
  }).detach();
}

}  // namespace nrtc::hw
