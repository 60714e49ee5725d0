// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "h265.h"

#include <cstdint>
#include <cstring>
#include <iterator>
#include <vector>

#include "api/environment/environment.h"
#include "api/video/encoded_image.h"
#include "api/video/i420_buffer.h"
#include "api/video/video_frame.h"
#include "api/video_codecs/sdp_video_format.h"
#include "api/video_codecs/video_decoder.h"
#include "api/video_codecs/video_encoder.h"
#include "modules/video_coding/include/video_codec_interface.h"
#include "modules/video_coding/include/video_error_codes.h"

namespace {

// One blue picture of 64x64 pixels, with its parameter sets.
constexpr uint8_t kPicture[] = {
    0x00, 0x00, 0x00, 0x01, 0x40, 0x01, 0x0c, 0x01, 0xff, 0xff, 0x01, 0x60, 0x00, 0x00, 0x03, 0x00, 0x90, 0x00,
    0x00, 0x03, 0x00, 0x00, 0x03, 0x00, 0x1e, 0x95, 0x94, 0x09, 0x00, 0x00, 0x00, 0x01, 0x42, 0x01, 0x01, 0x01,
    0x60, 0x00, 0x00, 0x03, 0x00, 0x90, 0x00, 0x00, 0x03, 0x00, 0x00, 0x03, 0x00, 0x1e, 0xa0, 0x20, 0x81, 0x05,
    0x96, 0x56, 0x54, 0xa4, 0xc2, 0xf0, 0x16, 0x80, 0x80, 0x00, 0x00, 0x03, 0x00, 0x80, 0x00, 0x00, 0x03, 0x02,
    0x84, 0x00, 0x00, 0x00, 0x01, 0x44, 0x01, 0xc0, 0x73, 0xc0, 0x89, 0x00, 0x00, 0x01, 0x28, 0x01, 0xac, 0x98,
    0x18, 0x9f, 0xff, 0xcf, 0x65, 0x08, 0xed, 0xd8, 0xfe, 0xa0, 0xae, 0x72, 0x0f,
};

// The network carries no start codes, and both kinds of them come out as the long one.
std::vector<uint8_t> WithoutStartCodes(const uint8_t* data, size_t size) {
  std::vector<uint8_t> units;
  for (size_t i = 0; i < size; i++) {
    if (i + 3 < size && data[i] == 0 && data[i + 1] == 0 && (data[i + 2] == 1 || (data[i + 2] == 0 && data[i + 3] == 1))) {
      i += data[i + 2] == 1 ? 2 : 3;
      continue;
    }
    units.push_back(data[i]);
  }
  return units;
}

webrtc::SdpVideoFormat Format() {
  return webrtc::SdpVideoFormat("H265", {{"profile-id", "1"}, {"tier-flag", "0"}, {"level-id", "93"}, {"tx-mode", "SRST"}});
}

class Encoder : public webrtc::VideoEncoder {
 public:
  int InitEncode(const webrtc::VideoCodec*, const Settings&) override { return WEBRTC_VIDEO_CODEC_OK; }
  int32_t RegisterEncodeCompleteCallback(webrtc::EncodedImageCallback* callback) override {
    callback_ = callback;
    return WEBRTC_VIDEO_CODEC_OK;
  }
  int32_t Release() override { return WEBRTC_VIDEO_CODEC_OK; }
  void SetRates(const RateControlParameters&) override {}
  EncoderInfo GetEncoderInfo() const override {
    EncoderInfo info;
    info.implementation_name = "smoke";
    info.is_hardware_accelerated = true;
    return info;
  }
  int32_t Encode(const webrtc::VideoFrame& frame, const std::vector<webrtc::VideoFrameType>*) override {
    webrtc::EncodedImage image;
    image.SetEncodedData(webrtc::EncodedImageBuffer::Create(kPicture, std::size(kPicture)));
    image.SetRtpTimestamp(frame.rtp_timestamp());
    image.capture_time_ms_ = frame.render_time_ms();
    image._encodedWidth = 64;
    image._encodedHeight = 64;
    image.SetFrameType(webrtc::VideoFrameType::kVideoFrameKey);
    webrtc::CodecSpecificInfo info;
    info.codecType = webrtc::kVideoCodecH265;
    callback_->OnEncodedImage(image, &info);
    return WEBRTC_VIDEO_CODEC_OK;
  }

 private:
  webrtc::EncodedImageCallback* callback_ = nullptr;
};

class Decoder : public webrtc::VideoDecoder {
 public:
  explicit Decoder(std::atomic<int>* decoded) : decoded_(decoded) {}
  bool Configure(const Settings&) override { return true; }
  int32_t RegisterDecodeCompleteCallback(webrtc::DecodedImageCallback* callback) override {
    callback_ = callback;
    return WEBRTC_VIDEO_CODEC_OK;
  }
  int32_t Release() override { return WEBRTC_VIDEO_CODEC_OK; }
  int32_t Decode(const webrtc::EncodedImage& image, int64_t) override {
    if (WithoutStartCodes(image.data(), image.size()) != WithoutStartCodes(kPicture, std::size(kPicture))) {
      return WEBRTC_VIDEO_CODEC_ERROR;
    }
    ++*decoded_;
    webrtc::VideoFrame frame = webrtc::VideoFrame::Builder()
                                   .set_video_frame_buffer(webrtc::I420Buffer::Create(64, 64))
                                   .set_rtp_timestamp(image.RtpTimestamp())
                                   .build();
    callback_->Decoded(frame);
    return WEBRTC_VIDEO_CODEC_OK;
  }

 private:
  std::atomic<int>* const decoded_;
  webrtc::DecodedImageCallback* callback_ = nullptr;
};

class EncoderFactory : public webrtc::VideoEncoderFactory {
 public:
  std::vector<webrtc::SdpVideoFormat> GetSupportedFormats() const override { return {Format()}; }
  std::unique_ptr<webrtc::VideoEncoder> Create(const webrtc::Environment&, const webrtc::SdpVideoFormat&) override {
    return std::make_unique<Encoder>();
  }
};

class DecoderFactory : public webrtc::VideoDecoderFactory {
 public:
  explicit DecoderFactory(std::atomic<int>* decoded) : decoded_(decoded) {}
  std::vector<webrtc::SdpVideoFormat> GetSupportedFormats() const override { return {Format()}; }
  std::unique_ptr<webrtc::VideoDecoder> Create(const webrtc::Environment&, const webrtc::SdpVideoFormat&) override {
    return std::make_unique<Decoder>(decoded_);
  }

 private:
  std::atomic<int>* const decoded_;
};

}  // namespace

std::unique_ptr<webrtc::VideoEncoderFactory> CreateH265EncoderFactory() { return std::make_unique<EncoderFactory>(); }

std::unique_ptr<webrtc::VideoDecoderFactory> CreateH265DecoderFactory(std::atomic<int>* decoded) {
  return std::make_unique<DecoderFactory>(decoded);
}
