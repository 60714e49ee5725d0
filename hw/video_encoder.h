// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::VideoEncoder over a session of a device.

#ifndef NRTC_HW_VIDEO_ENCODER_H_
#define NRTC_HW_VIDEO_ENCODER_H_

#include <memory>
#include <string>
#include <vector>

#include "bridge/compat/encoder.h"
#include "hw/device.h"
#include "hw/encoder_health.h"
#include "hw/encoder_options.h"
#include "hw/watched_session.h"

namespace nrtc::hw {

struct DeviceChoice {
  Backend backend;
  std::string device;
};

// Encodes one stream on the first of the devices that takes it. A failure while
// encoding is answered with WEBRTC_VIDEO_CODEC_FALLBACK_SOFTWARE, so that
// libwebrtc's wrapper encodes that very frame in software; if hardware is required,
// the frame is left out and the device tried again later.
class HardwareVideoEncoder : public webrtc::VideoEncoder {
 public:
  HardwareVideoEncoder(Profile profile, std::vector<DeviceChoice> devices, const EncoderOptions& options,
                       std::shared_ptr<EncoderHealth> health);
  ~HardwareVideoEncoder() override;

  int InitEncode(const webrtc::VideoCodec* codec, const Settings& settings) override;
  int32_t RegisterEncodeCompleteCallback(webrtc::EncodedImageCallback* callback) override;
  int32_t Release() override;
  int32_t Encode(const webrtc::VideoFrame& frame, const std::vector<webrtc::VideoFrameType>* types) override;
  void SetRates(const RateControlParameters& parameters) override;
  EncoderInfo GetEncoderInfo() const override;

 private:
  bool Open();
  // Opens a session on the GPU, and in the context, that the picture is in, if there is none.
  Status FollowMemory(const NativePicture& picture);
  // Without a copy, if the frame and the session allow it.
  Status EncodePicture(const webrtc::VideoFrame& frame, bool key, Output& output);
  // What Encode returns for a frame that could not be encoded.
  int32_t Fail(const webrtc::VideoFrame& frame);
  // What it returns for one that is left out.
  int32_t Drop(const webrtc::VideoFrame& frame);
  void Deliver(const webrtc::VideoFrame& frame, Output& output);

  const Profile profile_;
  const std::vector<DeviceChoice> devices_;
  const EncoderOptions options_;
  const std::shared_ptr<EncoderHealth> health_;
  webrtc::EncodedImageCallback* callback_ = nullptr;
  bool initialized_ = false;
  StreamConfig config_;
  Rates rates_;
  DeviceChoice used_{};
  std::unique_ptr<WatchedSession> session_;
  int refusals_ = 0;
  int moves_ = 0;
  std::string preferred_;  // the GPU on which pictures are
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_VIDEO_ENCODER_H_
