// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The encoder of one sender, which follows that sender's choice.

#ifndef NRTC_HW_SENDER_ENCODER_H_
#define NRTC_HW_SENDER_ENCODER_H_

#include <functional>
#include <memory>
#include <vector>

#include "hw/encoder_setup.h"
#include "hw/sender_choice.h"

namespace nrtc::hw {

// Makes the encoder inside within the scope of the sender's choice, and anew when
// that changes; the next frame is a key frame then.
class SenderVideoEncoder : public webrtc::VideoEncoder {
 public:
  using Maker = std::function<std::unique_ptr<webrtc::VideoEncoder>()>;
  explicit SenderVideoEncoder(Maker make);
  ~SenderVideoEncoder() override;

  void SetFecControllerOverride(webrtc::FecControllerOverride* controller) override;
  int InitEncode(const webrtc::VideoCodec* codec, const Settings& settings) override;
  int32_t RegisterEncodeCompleteCallback(webrtc::EncodedImageCallback* callback) override;
  int32_t Release() override;
  int32_t Encode(const webrtc::VideoFrame& frame, const std::vector<webrtc::VideoFrameType>* types) override;
  void SetRates(const RateControlParameters& parameters) override;
  void OnPacketLossRateUpdate(float loss) override;
  void OnRttUpdate(int64_t rtt_ms) override;
  void OnLossNotification(const LossNotification& loss) override;
  EncoderInfo GetEncoderInfo() const override;

 private:
  // Makes the encoder if there is none for what is chosen. True if it did.
  bool Follow() const;

  const Maker make_;
  const std::shared_ptr<SenderSlot> slot_;
  EncoderSetup setup_;
  // Also made to tell what it is, before it encodes.
  mutable std::unique_ptr<webrtc::VideoEncoder> encoder_;
  mutable SenderChoice choice_;
  mutable const SenderChoices* choices_ = nullptr;
  mutable uint64_t version_ = 0;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_SENDER_ENCODER_H_
