// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/video_codecs_internal.h"

#include "api/video_codecs/builtin_video_decoder_factory.h"
#include "api/video_codecs/builtin_video_encoder_factory.h"
#include "bridge/guarded_decoder_internal.h"
#include "bridge/symbol_prefix_internal.h"
#include "hw/encoder_factory.h"
#include "rtc_base/logging.h"

namespace nrtc {

// libwebrtc's software encoders, each inside an adapter that runs several of
// them for simulcast where the codec cannot do that itself; hardware encoders in
// front of them, if they are wanted.
std::unique_ptr<webrtc::VideoEncoderFactory> CreateVideoEncoderFactory(const hw::EncoderOptions& options) {
  return hw::CreateHardwareEncoderFactory(options, webrtc::CreateBuiltinVideoEncoderFactory());
}

std::unique_ptr<webrtc::VideoDecoderFactory> CreateVideoDecoderFactory() {
  return std::make_unique<compat::WrappingDecoderFactory>(webrtc::CreateBuiltinVideoDecoderFactory(), GuardDecoder);
}

#if defined(WEBRTC_USE_H264)

namespace {

// The parts of OpenH264's C interface (ISVCEncoderVtbl) that are needed here; not
// every prefix of libwebrtc has its header. Not a C++ class: of one that nothing
// derives from here, the compiler would take a call to be impossible.
struct OpenH264Table {
  void* seven_others[7];  // Initialize to ForceIntraFrame
  int (*SetOption)(void* encoder, int option, void* value);
};
using OpenH264Encoder = const OpenH264Table*;

constexpr int kOpenH264TraceCallback = 26;  // ENCODER_OPTION_TRACE_CALLBACK
constexpr int kOpenH264Error = 1;           // WELS_LOG_ERROR
constexpr int kOpenH264Warning = 2;         // WELS_LOG_WARNING

void LogOpenH264(void*, int level, const char* message) {
  RTC_LOG_V(level <= kOpenH264Error     ? webrtc::LS_ERROR
            : level <= kOpenH264Warning ? webrtc::LS_WARNING
                                        : webrtc::LS_INFO)
      << message;
}

}  // namespace

#endif  // WEBRTC_USE_H264

}  // namespace nrtc

#if defined(WEBRTC_USE_H264)

// OpenH264 writes its warnings to stderr unless it is told otherwise, which
// libwebrtc does not do nor let anyone else do. The linker's --wrap (cgo/build.go,
// libwebrtc.pc) brings its calls here: the warnings become lines of libwebrtc's log.
extern "C" {
int nrtc_openh264_real_create(nrtc::OpenH264Encoder** encoder) NRTC_FOREIGN_SYMBOL("__real_", "WelsCreateSVCEncoder");
int nrtc_openh264_create(nrtc::OpenH264Encoder** encoder) NRTC_FOREIGN_SYMBOL("__wrap_", "WelsCreateSVCEncoder");

int nrtc_openh264_create(nrtc::OpenH264Encoder** encoder) {
  int result = nrtc_openh264_real_create(encoder);
  if (result == 0 && *encoder != nullptr) {
    void (*callback)(void*, int, const char*) = nrtc::LogOpenH264;
    (**encoder)->SetOption(*encoder, nrtc::kOpenH264TraceCallback, &callback);
  }
  return result;
}
}

#endif  // WEBRTC_USE_H264
