// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A VTCompressionSession. Only for bodies that know Apple's headers: those of a Mac, or
// the stand-in that the tests bring along.

#ifndef NRTC_HW_VIDEOTOOLBOX_INTERNAL_H_
#define NRTC_HW_VIDEOTOOLBOX_INTERNAL_H_

#if defined(__APPLE__) || defined(NRTC_HW_VIDEOTOOLBOX_STAND_IN)
#define NRTC_HW_VIDEOTOOLBOX 1

// Older SDKs define macros named check, require and verify otherwise.
#define __ASSERT_MACROS_DEFINE_VERSIONS_WITHOUT_UNDERSCORES 0

#include <CoreFoundation/CoreFoundation.h>
#include <CoreMedia/CoreMedia.h>
#include <CoreVideo/CoreVideo.h>
#include <VideoToolbox/VideoToolbox.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "hw/session.h"
#include "hw/videotoolbox_properties.h"

namespace nrtc::hw {

// Owns one reference to an object of CoreFoundation.
template <typename T>
class CfRef {
 public:
  CfRef() = default;
  explicit CfRef(T owned) : object_(owned) {}
  CfRef(CfRef&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  CfRef& operator=(CfRef&& other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~CfRef() {
    if (object_ != nullptr) CFRelease(object_);
  }
  T get() const { return object_; }
  // For a function that hands out a reference.
  T* out() { return &object_; }
  explicit operator bool() const { return object_ != nullptr; }

 private:
  T object_ = nullptr;
};

// What did not work, if anything.
struct VideoToolboxFailure {
  OSStatus status = 0;
  const char* what = "";
  bool ok() const { return status == 0; }
  Status AsStatus() const;
};

// A picture that was encoded.
struct VideoToolboxPicture {
  std::vector<uint8_t> data;  // empty if it was left out to keep to the bitrate
  bool key = false;
  bool upper_layer = false;
};

// One VTCompressionSession: for one thread at a time, which waits for each picture.
class VideoToolboxCompressor {
 public:
  // nullptr, and says why, if it is not granted as requested.
  static std::unique_ptr<VideoToolboxCompressor> Open(const StreamConfig& config, const VideoToolboxRequest& request,
                                                      VideoToolboxFailure& failure);
  ~VideoToolboxCompressor();
  VideoToolboxCompressor(const VideoToolboxCompressor&) = delete;

  int temporal_layers() const { return temporal_layers_; }
  bool hardware() const { return hardware_; }
  std::string EncoderName() const;

  // Takes effect on the next picture.
  VideoToolboxFailure SetRates(const Rates& rates);
  // The times must rise.
  VideoToolboxFailure Encode(const Input& input, bool key, int64_t time_us, VideoToolboxPicture& picture);

 private:
  // What the session's own thread hands over.
  struct Delivery {
    std::mutex mutex;
    uintptr_t number = 0;  // of the picture that is waited for
    bool done = false;
    OSStatus status = 0;
    VTEncodeInfoFlags flags = 0;
    CfRef<CMSampleBufferRef> sample;
  };
  static void Deliver(void* delivery, void* number, OSStatus status, VTEncodeInfoFlags flags, CMSampleBufferRef sample);

  explicit VideoToolboxCompressor(const StreamConfig& config);
  VideoToolboxFailure Create(const VideoToolboxRequest& request);
  VideoToolboxFailure Configure(const VideoToolboxRequest& request);
  void FindOutHardware(const VideoToolboxRequest& request);
  OSStatus Set(CFStringRef key, CFTypeRef value);
  OSStatus SetInteger(CFStringRef key, int64_t value);
  OSStatus SetReal(CFStringRef key, double value);
  VideoToolboxFailure Fill(CVPixelBufferRef buffer, const Input& input) const;
  VideoToolboxFailure Read(CMSampleBufferRef sample, bool key, VideoToolboxPicture& picture) const;
  VideoToolboxFailure ReadParameterSets(CMFormatDescriptionRef format, std::vector<uint8_t>& sets,
                                        int& length_bytes) const;

  const StreamConfig config_;
  const NalSyntax syntax_;
  const int width_;
  const int height_;
  int temporal_layers_ = 1;
  bool hardware_ = false;
  uintptr_t pictures_ = 0;
  CfRef<CFDictionaryRef> key_picture_;
  Delivery delivery_;
  CfRef<VTCompressionSessionRef> session_;
};

}  // namespace nrtc::hw

#endif  // Apple's headers

#endif  // NRTC_HW_VIDEOTOOLBOX_INTERNAL_H_
