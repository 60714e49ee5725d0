// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What video decoders and their factories need beyond compat.h.

#ifndef NRTC_BRIDGE_COMPAT_DECODER_H_
#define NRTC_BRIDGE_COMPAT_DECODER_H_

#include <memory>
#include <vector>

#include "api/video_codecs/sdp_video_format.h"
#include "api/video_codecs/video_decoder.h"
#include "api/video_codecs/video_decoder_factory.h"
#include "bridge/compat/compat.h"

namespace nrtc::compat {

#if defined(NRTC_LIBWEBRTC_M150)

// A decoder with one spelling of what is decoded.
class DecoderBase : public webrtc::VideoDecoder {
 public:
  virtual int32_t DecodeImage(const webrtc::EncodedImage& image, int64_t render_time_ms) = 0;
  int32_t Decode(const webrtc::EncodedImage& image, int64_t render_time_ms) final {
    return DecodeImage(image, render_time_ms);
  }
};

inline int32_t Decode(webrtc::VideoDecoder& decoder, const webrtc::EncodedImage& image, int64_t render_time_ms) {
  return decoder.Decode(image, render_time_ms);
}

// A factory that answers as another one does, whose decoders pass through wrap.
class WrappingDecoderFactory : public webrtc::VideoDecoderFactory {
 public:
  using Wrap = std::unique_ptr<webrtc::VideoDecoder> (*)(std::unique_ptr<webrtc::VideoDecoder> decoder);
  WrappingDecoderFactory(std::unique_ptr<webrtc::VideoDecoderFactory> inner, Wrap wrap)
      : inner_(std::move(inner)), wrap_(wrap) {}

  std::vector<webrtc::SdpVideoFormat> GetSupportedFormats() const override { return inner_->GetSupportedFormats(); }
  CodecSupport QueryCodecSupport(const webrtc::SdpVideoFormat& format, bool reference_scaling,
                                 std::optional<webrtc::Resolution> resolution) const override {
    return inner_->QueryCodecSupport(format, reference_scaling, resolution);
  }
  std::unique_ptr<webrtc::VideoDecoder> Create(const webrtc::Environment& env,
                                               const webrtc::SdpVideoFormat& format) override {
    return wrap_(inner_->Create(env, format));
  }

 private:
  const std::unique_ptr<webrtc::VideoDecoderFactory> inner_;
  const Wrap wrap_;
};

#else

class DecoderBase : public webrtc::VideoDecoder {
 public:
  virtual int32_t DecodeImage(const webrtc::EncodedImage& image, int64_t render_time_ms) = 0;
  int32_t Decode(const webrtc::EncodedImage& image, bool, int64_t render_time_ms) final {
    return DecodeImage(image, render_time_ms);
  }
};

inline int32_t Decode(webrtc::VideoDecoder& decoder, const webrtc::EncodedImage& image, int64_t render_time_ms) {
  return decoder.Decode(image, false, render_time_ms);
}

class WrappingDecoderFactory : public webrtc::VideoDecoderFactory {
 public:
  using Wrap = std::unique_ptr<webrtc::VideoDecoder> (*)(std::unique_ptr<webrtc::VideoDecoder> decoder);
  WrappingDecoderFactory(std::unique_ptr<webrtc::VideoDecoderFactory> inner, Wrap wrap)
      : inner_(std::move(inner)), wrap_(wrap) {}

  std::vector<webrtc::SdpVideoFormat> GetSupportedFormats() const override { return inner_->GetSupportedFormats(); }
  CodecSupport QueryCodecSupport(const webrtc::SdpVideoFormat& format, bool reference_scaling) const override {
    return inner_->QueryCodecSupport(format, reference_scaling);
  }
  std::unique_ptr<webrtc::VideoDecoder> CreateVideoDecoder(const webrtc::SdpVideoFormat& format) override {
    return wrap_(inner_->CreateVideoDecoder(format));
  }

 private:
  const std::unique_ptr<webrtc::VideoDecoderFactory> inner_;
  const Wrap wrap_;
};

#endif

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_DECODER_H_
