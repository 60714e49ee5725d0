// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Encodes a moving picture with each of libwebrtc's own video encoders, decodes it, and
// compares the brightness of what comes out with what went in.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/environment/environment_factory.h"
#include "api/video/i420_buffer.h"
#include "api/video/video_bitrate_allocation.h"
#include "api/video/video_frame.h"
#include "api/video_codecs/builtin_video_decoder_factory.h"
#include "api/video_codecs/builtin_video_encoder_factory.h"
#include "api/video_codecs/scalability_mode.h"
#include "api/video_codecs/sdp_video_format.h"
#include "api/video_codecs/video_codec.h"
#include "api/video_codecs/video_decoder.h"
#include "api/video_codecs/video_encoder.h"
#include "check.h"
#include "modules/video_coding/include/video_error_codes.h"

namespace {

constexpr int kWidth = 320;
constexpr int kHeight = 180;
constexpr int kFrames = 20;
constexpr int kKilobits = 1000;
constexpr double kLargestError = 30;  // squared, of 255; a wrong picture has thousands

// A slope of brightness that moves to the right.
webrtc::scoped_refptr<webrtc::I420Buffer> Picture(int number) {
  auto picture = webrtc::I420Buffer::Create(kWidth, kHeight);
  for (int y = 0; y < kHeight; y++) {
    for (int x = 0; x < kWidth; x++) {
      int wave = (x + y / 2 + 4 * number) % 200;
      picture->MutableDataY()[y * picture->StrideY() + x] = static_cast<uint8_t>(30 + (wave < 100 ? wave : 200 - wave));
    }
  }
  std::fill_n(picture->MutableDataU(), picture->StrideU() * picture->ChromaHeight(), uint8_t{90});
  std::fill_n(picture->MutableDataV(), picture->StrideV() * picture->ChromaHeight(), uint8_t{160});
  return picture;
}

double Difference(const webrtc::I420BufferInterface& a, const webrtc::I420BufferInterface& b) {
  double sum = 0;
  for (int y = 0; y < kHeight; y++) {
    for (int x = 0; x < kWidth; x++) {
      double d = a.DataY()[y * a.StrideY() + x] - b.DataY()[y * b.StrideY() + x];
      sum += d * d;
    }
  }
  return sum / (kWidth * kHeight);
}

class Comparer : public webrtc::DecodedImageCallback {
 public:
  int pictures = 0;
  double worst = 0;
  int32_t Decoded(webrtc::VideoFrame& frame) override {
    pictures++;
    int number = static_cast<int>(frame.rtp_timestamp() / 3000) - 1;
    worst = std::max(worst, Difference(*frame.video_frame_buffer()->ToI420(), *Picture(number)));
    return WEBRTC_VIDEO_CODEC_OK;
  }
};

class Forwarder : public webrtc::EncodedImageCallback {
 public:
  explicit Forwarder(webrtc::VideoDecoder* to) : to_(to) {}
  size_t bytes = 0;
  Result OnEncodedImage(const webrtc::EncodedImage& image, const webrtc::CodecSpecificInfo*) override {
    bytes += image.size();
    CHECK(to_->Decode(image, 0) == WEBRTC_VIDEO_CODEC_OK);
    return Result(Result::OK);
  }
  void OnFrameDropped(uint32_t, int, bool) override {}

 private:
  webrtc::VideoDecoder* const to_;
};

webrtc::VideoCodec Settings(webrtc::VideoCodecType type) {
  webrtc::VideoCodec codec;
  codec.codecType = type;
  codec.width = kWidth;
  codec.height = kHeight;
  codec.startBitrate = codec.maxBitrate = kKilobits;
  codec.maxFramerate = 30;
  codec.qpMax = 56;
  codec.numberOfSimulcastStreams = 1;
  codec.SetScalabilityMode(webrtc::ScalabilityMode::kL1T1);
  webrtc::SimulcastStream& stream = codec.simulcastStream[0];
  stream.width = kWidth;
  stream.height = kHeight;
  stream.maxFramerate = 30;
  stream.numberOfTemporalLayers = 1;
  stream.maxBitrate = stream.targetBitrate = kKilobits;
  stream.qpMax = 56;
  stream.active = true;
  codec.spatialLayers[0] = stream;
  switch (type) {
    case webrtc::kVideoCodecVP8:
      *codec.VP8() = webrtc::VideoEncoder::GetDefaultVp8Settings();
      codec.VP8()->numberOfTemporalLayers = 1;
      break;
    case webrtc::kVideoCodecVP9:
      *codec.VP9() = webrtc::VideoEncoder::GetDefaultVp9Settings();
      codec.VP9()->numberOfSpatialLayers = codec.VP9()->numberOfTemporalLayers = 1;
      break;
    case webrtc::kVideoCodecH264:
      *codec.H264() = webrtc::VideoEncoder::GetDefaultH264Settings();
      codec.H264()->numberOfTemporalLayers = 1;
      break;
    default:
      break;
  }
  return codec;
}

void RoundTrip(const webrtc::Environment& env, const std::string& name) {
  auto encoders = webrtc::CreateBuiltinVideoEncoderFactory();
  auto formats = encoders->GetSupportedFormats();
  auto format = std::find_if(formats.begin(), formats.end(), [&](const auto& f) { return f.name == name; });
  CHECK(format != formats.end());
  auto encoder = encoders->Create(env, *format);
  auto decoder = webrtc::CreateBuiltinVideoDecoderFactory()->Create(env, *format);
  CHECK(encoder != nullptr && decoder != nullptr);

  webrtc::VideoCodec codec = Settings(webrtc::PayloadStringToCodecType(name));
  CHECK(encoder->InitEncode(&codec, webrtc::VideoEncoder::Settings(webrtc::VideoEncoder::Capabilities(false), 1, 1200)) == WEBRTC_VIDEO_CODEC_OK);
  webrtc::VideoDecoder::Settings settings;
  settings.set_codec_type(codec.codecType);
  settings.set_max_render_resolution({kWidth, kHeight});
  settings.set_number_of_cores(1);
  CHECK(decoder->Configure(settings));
  Comparer comparer;
  Forwarder forwarder(decoder.get());
  decoder->RegisterDecodeCompleteCallback(&comparer);
  encoder->RegisterEncodeCompleteCallback(&forwarder);
  webrtc::VideoBitrateAllocation rates;
  rates.SetBitrate(0, 0, kKilobits * 1000);
  encoder->SetRates(webrtc::VideoEncoder::RateControlParameters(rates, 30));
  for (int i = 0; i < kFrames; i++) {
    std::vector<webrtc::VideoFrameType> types{i == 0 ? webrtc::VideoFrameType::kVideoFrameKey : webrtc::VideoFrameType::kVideoFrameDelta};
    auto frame = webrtc::VideoFrame::Builder().set_video_frame_buffer(Picture(i)).set_rtp_timestamp(3000 * (i + 1)).set_timestamp_us(33333 * i).build();
    CHECK(encoder->Encode(frame, &types) == WEBRTC_VIDEO_CODEC_OK);
  }
  std::printf("codecs: %s: %s, %d pictures, %zu bytes, largest mean error %.1f\n", name.c_str(),
              encoder->GetEncoderInfo().implementation_name.c_str(), comparer.pictures, forwarder.bytes, comparer.worst);
  CHECK(comparer.pictures >= kFrames - 5 && comparer.worst < kLargestError);
  encoder->Release();
  decoder->Release();
}

}  // namespace

int main() {
  webrtc::Environment env = webrtc::CreateEnvironment();
  for (const char* name : {"VP8", "VP9", "AV1", "H264"}) RoundTrip(env, name);
}
