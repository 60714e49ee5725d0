// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/retrying_encoder.h"

#include <thread>

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
  if (codec != nullptr) codec_ = std::make_unique<webrtc::VideoCodec>(*codec);
  settings_ = std::make_unique<Settings>(settings);
  rates_.reset();
  trial_.reset();
  return wrapper_->InitEncode(codec, settings);
}

int32_t RetryingVideoEncoder::RegisterEncodeCompleteCallback(webrtc::EncodedImageCallback* callback) {
  callback_ = callback;
  return wrapper_->RegisterEncodeCompleteCallback(callback);
}

int32_t RetryingVideoEncoder::Release() {
  codec_.reset();
  trial_.reset();
  return wrapper_->Release();
}

void RetryingVideoEncoder::SetRates(const RateControlParameters& parameters) {
  rates_ = std::make_unique<RateControlParameters>(parameters);
  wrapper_->SetRates(parameters);
}

int32_t RetryingVideoEncoder::Encode(const webrtc::VideoFrame& frame,
                                     const std::vector<webrtc::VideoFrameType>* types) {
  if (codec_ && !health_->works()) {
    if (trial_ && trial_->outcome != 0) {
      const bool opened = trial_->outcome > 0;
      trial_.reset();
      if (!opened) {
        health_->FailsAgain();
      } else if (int result = Restart(); result != WEBRTC_VIDEO_CODEC_OK) {
        return result;
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
               config = HardwareVideoEncoder::ConfigOf(*codec_, profile_)] {
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

// The wrapper may be initialized only when it is not.
int RetryingVideoEncoder::Restart() {
  wrapper_->Release();
  int result = wrapper_->InitEncode(codec_.get(), *settings_);
  if (result != WEBRTC_VIDEO_CODEC_OK) return result;
  wrapper_->RegisterEncodeCompleteCallback(callback_);
  if (rates_) wrapper_->SetRates(*rates_);
  return result;
}

}  // namespace nrtc::hw
