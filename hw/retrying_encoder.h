// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Brings an encoder that fell back to software back to hardware.

#ifndef NRTC_HW_RETRYING_ENCODER_H_
#define NRTC_HW_RETRYING_ENCODER_H_

#include <atomic>
#include <memory>
#include <vector>

#include "hw/encoder_setup.h"
#include "hw/video_encoder.h"

namespace nrtc::hw {

// Wraps libwebrtc's fallback wrapper. While that encodes in software, hardware is
// tried from time to time, on a thread of its own with a session that is not
// used; when that opens, the wrapper is initialized anew, which makes it try
// hardware first. The next frame is a key frame then.
class RetryingVideoEncoder : public webrtc::VideoEncoder {
 public:
  RetryingVideoEncoder(std::unique_ptr<webrtc::VideoEncoder> wrapper, Profile profile,
                       std::vector<DeviceChoice> devices, const EncoderOptions& options,
                       std::shared_ptr<EncoderHealth> health);

  void SetFecControllerOverride(webrtc::FecControllerOverride* controller) override;
  int InitEncode(const webrtc::VideoCodec* codec, const Settings& settings) override;
  int32_t RegisterEncodeCompleteCallback(webrtc::EncodedImageCallback* callback) override;
  int32_t Release() override;
  int32_t Encode(const webrtc::VideoFrame& frame, const std::vector<webrtc::VideoFrameType>* types) override;
  void SetRates(const RateControlParameters& parameters) override;
  void OnPacketLossRateUpdate(float loss) override { wrapper_->OnPacketLossRateUpdate(loss); }
  void OnRttUpdate(int64_t rtt_ms) override { wrapper_->OnRttUpdate(rtt_ms); }
  void OnLossNotification(const LossNotification& loss) override { wrapper_->OnLossNotification(loss); }
  EncoderInfo GetEncoderInfo() const override { return wrapper_->GetEncoderInfo(); }

 private:
  // An attempt under way.
  struct Trial {
    std::atomic<int> outcome{0};  // 1: opened, -1: not
  };
  void StartTrial();

  const std::unique_ptr<webrtc::VideoEncoder> wrapper_;
  const Profile profile_;
  const std::vector<DeviceChoice> devices_;
  const EncoderOptions options_;
  const std::shared_ptr<EncoderHealth> health_;
  EncoderSetup setup_;
  std::shared_ptr<Trial> trial_;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_RETRYING_ENCODER_H_
