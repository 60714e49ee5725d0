// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/guarded_decoder_internal.h"

#include <cstdarg>
#include <cstring>
#include <mutex>

#include "api/video_codecs/video_decoder.h"
#include "bridge/symbol_prefix_internal.h"
#include "modules/video_coding/include/video_error_codes.h"
#include "rtc_base/logging.h"

#if defined(WEBRTC_USE_H264)

// Of libavutil/log.h; not every prefix of libwebrtc has it.
extern "C" {
void av_log_set_callback(void (*callback)(void*, int, const char*, va_list))
    NRTC_FOREIGN_SYMBOL("", "av_log_set_callback");
void av_log_default_callback(void* object, int level, const char* format, va_list args)
    NRTC_FOREIGN_SYMBOL("", "av_log_default_callback");
int av_log_get_level(void) NRTC_FOREIGN_SYMBOL("", "av_log_get_level");
void av_log_format_line(void* object, int level, const char* format, va_list args, char* line, int size,
                        int* print_prefix) NRTC_FOREIGN_SYMBOL("", "av_log_format_line");
}

#endif  // WEBRTC_USE_H264

namespace nrtc {
namespace {

#if defined(WEBRTC_USE_H264)

constexpr int kAvLogWarning = 24;

// Whether this thread is within libwebrtc's decoder.
thread_local bool in_decoder = false;

void LogLibavcodec(void* object, int level, const char* format, va_list args) {
  if (!in_decoder) {
    av_log_default_callback(object, level, format, args);
    return;
  }
  if (level > av_log_get_level()) return;
  char line[512];
  int prefix = 1;
  av_log_format_line(object, level, format, args, line, sizeof line, &prefix);
  size_t length = std::strlen(line);
  if (length > 0 && line[length - 1] == '\n') line[length - 1] = '\0';
  // What the other peer sends decides about these: none is worth more than a warning.
  RTC_LOG_V(level <= kAvLogWarning ? webrtc::LS_WARNING : webrtc::LS_INFO) << line;
}

class DecoderScope {
 public:
  DecoderScope() { in_decoder = true; }
  ~DecoderScope() { in_decoder = before_; }

 private:
  const bool before_ = in_decoder;
};

void LogThroughLibwebrtc() {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_callback(LogLibavcodec); });
}

#else

struct DecoderScope {
  ~DecoderScope() {}  // used, to the compiler
};

void LogThroughLibwebrtc() {}

#endif  // WEBRTC_USE_H264

class GuardedDecoder : public compat::DecoderBase {
 public:
  explicit GuardedDecoder(std::unique_ptr<webrtc::VideoDecoder> decoder) : decoder_(std::move(decoder)) {}

  bool Configure(const Settings& settings) override {
    DecoderScope scope;
    return decoder_->Configure(settings);
  }
  int32_t DecodeImage(const webrtc::EncodedImage& image, int64_t render_time_ms) override {
    if (image.size() == 0) return WEBRTC_VIDEO_CODEC_ERROR;
    DecoderScope scope;
    return compat::Decode(*decoder_, image, render_time_ms);
  }
  int32_t RegisterDecodeCompleteCallback(webrtc::DecodedImageCallback* callback) override {
    return decoder_->RegisterDecodeCompleteCallback(callback);
  }
  int32_t Release() override {
    DecoderScope scope;
    return decoder_->Release();
  }
  DecoderInfo GetDecoderInfo() const override { return decoder_->GetDecoderInfo(); }
  const char* ImplementationName() const override { return decoder_->ImplementationName(); }

 private:
  const std::unique_ptr<webrtc::VideoDecoder> decoder_;
};

}  // namespace

std::unique_ptr<webrtc::VideoDecoder> GuardDecoder(std::unique_ptr<webrtc::VideoDecoder> decoder) {
  if (!decoder) return nullptr;
  LogThroughLibwebrtc();
  return std::make_unique<GuardedDecoder>(std::move(decoder));
}

}  // namespace nrtc
