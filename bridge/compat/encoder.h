// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What video encoders and their factories need beyond compat.h.

#ifndef NRTC_BRIDGE_COMPAT_ENCODER_H_
#define NRTC_BRIDGE_COMPAT_ENCODER_H_

#include "api/video/encoded_image.h"
#include "api/video_codecs/h264_profile_level_id.h"
#include "api/video_codecs/video_codec.h"
#include "api/video_codecs/video_encoder.h"
#include "api/video_codecs/video_encoder_software_fallback_wrapper.h"
#include "bridge/compat/compat.h"
#include "media/engine/simulcast_encoder_adapter.h"
#include "modules/video_coding/include/video_codec_interface.h"
#include "modules/video_coding/include/video_error_codes.h"
#include "modules/video_coding/svc/scalability_mode_util.h"

namespace nrtc::compat {

#if defined(NRTC_LIBWEBRTC_M150)

using EncoderEnvironment = webrtc::Environment;

// A factory with one spelling of what a factory is asked.
class EncoderFactoryBase : public webrtc::VideoEncoderFactory {
 public:
  virtual std::unique_ptr<webrtc::VideoEncoder> Make(const EncoderEnvironment& env,
                                                     const webrtc::SdpVideoFormat& format) = 0;
  virtual CodecSupport Query(const webrtc::SdpVideoFormat& format, const std::string* scalability_mode) const = 0;

  std::unique_ptr<webrtc::VideoEncoder> Create(const webrtc::Environment& env,
                                               const webrtc::SdpVideoFormat& format) final {
    return Make(env, format);
  }
  using webrtc::VideoEncoderFactory::QueryCodecSupport;
  CodecSupport QueryCodecSupport(const webrtc::SdpVideoFormat& format, std::optional<std::string> mode,
                                 std::optional<webrtc::Resolution>) const final {
    return Query(format, mode ? &*mode : nullptr);
  }
};

inline std::unique_ptr<webrtc::VideoEncoder> MakeEncoder(webrtc::VideoEncoderFactory& factory,
                                                         const EncoderEnvironment& env,
                                                         const webrtc::SdpVideoFormat& format) {
  return factory.Create(env, format);
}

inline webrtc::VideoEncoderFactory::CodecSupport QuerySupport(const webrtc::VideoEncoderFactory& factory,
                                                              const webrtc::SdpVideoFormat& format,
                                                              const std::string* mode) {
  return factory.QueryCodecSupport(format, mode != nullptr ? std::optional<std::string>(*mode) : std::nullopt,
                                   std::nullopt);
}

inline std::unique_ptr<webrtc::VideoEncoder> MakeSimulcastAdapter(const EncoderEnvironment& env,
                                                                  webrtc::VideoEncoderFactory& layers,
                                                                  const webrtc::SdpVideoFormat& format) {
  return std::make_unique<webrtc::SimulcastEncoderAdapter>(env, &layers, nullptr, format);
}

inline std::unique_ptr<webrtc::VideoEncoder> MakeFallback(const EncoderEnvironment& env,
                                                          std::unique_ptr<webrtc::VideoEncoder> software,
                                                          std::unique_ptr<webrtc::VideoEncoder> hardware) {
  return webrtc::CreateVideoEncoderSoftwareFallbackWrapper(env, std::move(software), std::move(hardware), false);
}

// What an encoder selector that prefers nothing answers.
using NoEncoder = std::optional<webrtc::SdpVideoFormat>;

inline void SetEncoderSelector(webrtc::RtpSenderInterface& sender,
                               webrtc::VideoEncoderFactory::EncoderSelectorInterface* selector) {
  sender.SetEncoderSelector(webrtc::scoped_refptr<webrtc::VideoEncoderFactory::EncoderSelectorInterface>(selector));
}

inline void CopyTimestamp(const webrtc::VideoFrame& frame, webrtc::EncodedImage& image) {
  image.SetRtpTimestamp(frame.rtp_timestamp());
}

// Statistics name it.
inline void SetScalabilityMode(webrtc::CodecSpecificInfo& info, webrtc::ScalabilityMode mode) {
  info.scalability_mode = mode;
}

inline void ReportDropped(webrtc::EncodedImageCallback& callback, const webrtc::VideoFrame& frame) {
  callback.OnFrameDropped(frame.rtp_timestamp(), 0, true);
}

#else

struct EncoderEnvironment {};

class EncoderFactoryBase : public webrtc::VideoEncoderFactory {
 public:
  virtual std::unique_ptr<webrtc::VideoEncoder> Make(const EncoderEnvironment& env,
                                                     const webrtc::SdpVideoFormat& format) = 0;
  virtual CodecSupport Query(const webrtc::SdpVideoFormat& format, const std::string* scalability_mode) const = 0;

  std::unique_ptr<webrtc::VideoEncoder> CreateVideoEncoder(const webrtc::SdpVideoFormat& format) final {
    return Make({}, format);
  }
  CodecSupport QueryCodecSupport(const webrtc::SdpVideoFormat& format, absl::optional<std::string> mode) const final {
    return Query(format, mode ? &*mode : nullptr);
  }
};

inline std::unique_ptr<webrtc::VideoEncoder> MakeEncoder(webrtc::VideoEncoderFactory& factory,
                                                         const EncoderEnvironment&,
                                                         const webrtc::SdpVideoFormat& format) {
  return factory.CreateVideoEncoder(format);
}

inline webrtc::VideoEncoderFactory::CodecSupport QuerySupport(const webrtc::VideoEncoderFactory& factory,
                                                              const webrtc::SdpVideoFormat& format,
                                                              const std::string* mode) {
  return factory.QueryCodecSupport(format, mode != nullptr ? absl::optional<std::string>(*mode) : absl::nullopt);
}

inline std::unique_ptr<webrtc::VideoEncoder> MakeSimulcastAdapter(const EncoderEnvironment&,
                                                                  webrtc::VideoEncoderFactory& layers,
                                                                  const webrtc::SdpVideoFormat& format) {
  return std::make_unique<webrtc::SimulcastEncoderAdapter>(&layers, nullptr, format);
}

inline std::unique_ptr<webrtc::VideoEncoder> MakeFallback(const EncoderEnvironment&,
                                                          std::unique_ptr<webrtc::VideoEncoder> software,
                                                          std::unique_ptr<webrtc::VideoEncoder> hardware) {
  return webrtc::CreateVideoEncoderSoftwareFallbackWrapper(std::move(software), std::move(hardware), false);
}

using NoEncoder = absl::optional<webrtc::SdpVideoFormat>;

inline void SetEncoderSelector(webrtc::RtpSenderInterface& sender,
                               webrtc::VideoEncoderFactory::EncoderSelectorInterface* selector) {
  sender.SetEncoderSelector(std::unique_ptr<webrtc::VideoEncoderFactory::EncoderSelectorInterface>(selector));
}

inline void CopyTimestamp(const webrtc::VideoFrame& frame, webrtc::EncodedImage& image) {
  image.SetTimestamp(frame.timestamp());
}

inline void SetScalabilityMode(webrtc::CodecSpecificInfo&, webrtc::ScalabilityMode) {}

inline void ReportDropped(webrtc::EncodedImageCallback& callback, const webrtc::VideoFrame&) {
  callback.OnDroppedFrame(webrtc::EncodedImageCallback::DropReason::kDroppedByEncoder);
}

#endif

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_ENCODER_H_
