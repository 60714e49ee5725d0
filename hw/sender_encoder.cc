// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/sender_encoder.h"

namespace nrtc::hw {

SenderVideoEncoder::SenderVideoEncoder(Maker make)
    : make_(std::move(make)), slot_(std::make_shared<SenderSlot>()) {
  AnnounceEncoder(slot_);
}

SenderVideoEncoder::~SenderVideoEncoder() = default;

bool SenderVideoEncoder::Follow() const {
  uint64_t version = 0;
  SenderChoice choice;
  if (slot_->choices) choice = slot_->choices->Get(version);
  if (encoder_ && choices_ == slot_->choices.get() && version_ == version) return false;
  if (encoder_ && setup_.codec) encoder_->Release();
  choice_ = choice;
  choices_ = slot_->choices.get();
  version_ = version;
  ChoiceScope scope(choice_);
  encoder_ = make_();
  if (setup_.fec != nullptr) encoder_->SetFecControllerOverride(setup_.fec);
  return true;
}

void SenderVideoEncoder::SetFecControllerOverride(webrtc::FecControllerOverride* controller) {
  setup_.fec = controller;
  if (encoder_) encoder_->SetFecControllerOverride(controller);
}

int SenderVideoEncoder::InitEncode(const webrtc::VideoCodec* codec, const Settings& settings) {
  Follow();
  setup_.Initialize(codec, settings);
  ChoiceScope scope(choice_);
  return encoder_->InitEncode(codec, settings);
}

int32_t SenderVideoEncoder::RegisterEncodeCompleteCallback(webrtc::EncodedImageCallback* callback) {
  setup_.callback = callback;
  if (!encoder_) Follow();
  return encoder_->RegisterEncodeCompleteCallback(callback);
}

int32_t SenderVideoEncoder::Release() {
  setup_.codec.reset();
  return encoder_ ? encoder_->Release() : WEBRTC_VIDEO_CODEC_OK;
}

int32_t SenderVideoEncoder::Encode(const webrtc::VideoFrame& frame,
                                   const std::vector<webrtc::VideoFrameType>* types) {
  if (!setup_.codec) return WEBRTC_VIDEO_CODEC_UNINITIALIZED;
  const bool changed = Follow();
  ChoiceScope scope(choice_);
  if (changed) {
    int result = setup_.Repeat(*encoder_);
    if (result != WEBRTC_VIDEO_CODEC_OK) return result;
  }
  return encoder_->Encode(frame, types);
}

void SenderVideoEncoder::SetRates(const RateControlParameters& parameters) {
  setup_.rates = std::make_unique<RateControlParameters>(parameters);
  if (encoder_) encoder_->SetRates(parameters);
}

void SenderVideoEncoder::OnPacketLossRateUpdate(float loss) {
  if (encoder_) encoder_->OnPacketLossRateUpdate(loss);
}

void SenderVideoEncoder::OnRttUpdate(int64_t rtt_ms) {
  if (encoder_) encoder_->OnRttUpdate(rtt_ms);
}

void SenderVideoEncoder::OnLossNotification(const LossNotification& loss) {
  if (encoder_) encoder_->OnLossNotification(loss);
}

webrtc::VideoEncoder::EncoderInfo SenderVideoEncoder::GetEncoderInfo() const {
  // Not anew in the midst of a stream: the one that is told of has encoded.
  if (!encoder_ || !setup_.codec) Follow();
  ChoiceScope scope(choice_);
  return encoder_->GetEncoderInfo();
}

}  // namespace nrtc::hw
