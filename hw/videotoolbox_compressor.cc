// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/videotoolbox_internal.h"

#if defined(NRTC_HW_VIDEOTOOLBOX)

#include <algorithm>
#include <limits>

#include "hw/picture_copy.h"

namespace nrtc::hw {
namespace {

constexpr OSType kNv12 = kCVPixelFormatType_420YpCbCr8BiPlanarVideoRange;
constexpr int32_t kMicroseconds = 1000000;
// Of two layers the lower has every second picture.
constexpr double kBaseLayerShare = 0.5;

CfRef<CFNumberRef> Integer(int64_t value) {
  return CfRef<CFNumberRef>(CFNumberCreate(kCFAllocatorDefault, kCFNumberSInt64Type, &value));
}

CfRef<CFNumberRef> Real(double value) {
  return CfRef<CFNumberRef>(CFNumberCreate(kCFAllocatorDefault, kCFNumberDoubleType, &value));
}

class DictionaryBuilder {
 public:
  void Add(CFStringRef key, CFTypeRef value) {
    keys_.push_back(key);
    values_.push_back(value);
  }
  CfRef<CFDictionaryRef> Build() const {
    return CfRef<CFDictionaryRef>(CFDictionaryCreate(
        kCFAllocatorDefault, const_cast<const void**>(keys_.data()), const_cast<const void**>(values_.data()),
        static_cast<CFIndex>(keys_.size()), &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks));
  }

 private:
  std::vector<const void*> keys_, values_;
};

// The constant of a profile and level.
CFStringRef ProfileLevel(const std::string& name) {
#define NRTC_PROFILE_LEVEL(name) \
  { #name, kVTProfileLevel_##name }
  const std::pair<const char*, CFStringRef> levels[] = {
      NRTC_PROFILE_LEVEL(H264_ConstrainedBaseline_AutoLevel),
      NRTC_PROFILE_LEVEL(H264_Baseline_AutoLevel),
      NRTC_PROFILE_LEVEL(H264_Main_AutoLevel),
      NRTC_PROFILE_LEVEL(H264_High_AutoLevel),
      NRTC_PROFILE_LEVEL(HEVC_Main_AutoLevel),
      NRTC_PROFILE_LEVEL(H264_Baseline_1_3),
      NRTC_PROFILE_LEVEL(H264_Baseline_3_0),
      NRTC_PROFILE_LEVEL(H264_Baseline_3_1),
      NRTC_PROFILE_LEVEL(H264_Baseline_3_2),
      NRTC_PROFILE_LEVEL(H264_Baseline_4_0),
      NRTC_PROFILE_LEVEL(H264_Baseline_4_1),
      NRTC_PROFILE_LEVEL(H264_Baseline_4_2),
      NRTC_PROFILE_LEVEL(H264_Baseline_5_0),
      NRTC_PROFILE_LEVEL(H264_Baseline_5_1),
      NRTC_PROFILE_LEVEL(H264_Baseline_5_2),
      NRTC_PROFILE_LEVEL(H264_Main_3_0),
      NRTC_PROFILE_LEVEL(H264_Main_3_1),
      NRTC_PROFILE_LEVEL(H264_Main_3_2),
      NRTC_PROFILE_LEVEL(H264_Main_4_0),
      NRTC_PROFILE_LEVEL(H264_Main_4_1),
      NRTC_PROFILE_LEVEL(H264_Main_4_2),
      NRTC_PROFILE_LEVEL(H264_Main_5_0),
      NRTC_PROFILE_LEVEL(H264_Main_5_1),
      NRTC_PROFILE_LEVEL(H264_Main_5_2),
      NRTC_PROFILE_LEVEL(H264_High_3_0),
      NRTC_PROFILE_LEVEL(H264_High_3_1),
      NRTC_PROFILE_LEVEL(H264_High_3_2),
      NRTC_PROFILE_LEVEL(H264_High_4_0),
      NRTC_PROFILE_LEVEL(H264_High_4_1),
      NRTC_PROFILE_LEVEL(H264_High_4_2),
      NRTC_PROFILE_LEVEL(H264_High_5_0),
      NRTC_PROFILE_LEVEL(H264_High_5_1),
      NRTC_PROFILE_LEVEL(H264_High_5_2),
  };
#undef NRTC_PROFILE_LEVEL
  for (const auto& [known, constant] : levels) {
    if (name == known) return constant;
  }
  return nullptr;
}

// What is attached to the one sample of a buffer; nullptr if nothing is.
CFBooleanRef Attachment(CMSampleBufferRef sample, CFStringRef key) {
  CFArrayRef all = CMSampleBufferGetSampleAttachmentsArray(sample, false);
  if (all == nullptr || CFArrayGetCount(all) < 1) return nullptr;
  const auto* attachments = static_cast<CFDictionaryRef>(CFArrayGetValueAtIndex(all, 0));
  return static_cast<CFBooleanRef>(CFDictionaryGetValue(attachments, key));
}

}  // namespace

Status VideoToolboxFailure::AsStatus() const {
  if (ok()) return Status();
  return Status(std::string("VideoToolbox could not ") + what + ": " + OsStatusText(status));
}

// 4:2:0 has no odd sizes.
VideoToolboxCompressor::VideoToolboxCompressor(const StreamConfig& config)
    : config_(config),
      syntax_(VideoToolboxSyntax(config.profile)),
      width_((config.width + 1) / 2 * 2),
      height_((config.height + 1) / 2 * 2) {
  DictionaryBuilder key_picture;
  key_picture.Add(kVTEncodeFrameOptionKey_ForceKeyFrame, kCFBooleanTrue);
  key_picture_ = key_picture.Build();
}

VideoToolboxCompressor::~VideoToolboxCompressor() {
  if (!session_) return;
  // What is delivered late has somewhere to go until here.
  VTCompressionSessionCompleteFrames(session_.get(), kCMTimeInvalid);
  VTCompressionSessionInvalidate(session_.get());
}

std::unique_ptr<VideoToolboxCompressor> VideoToolboxCompressor::Open(const StreamConfig& config,
                                                                     const VideoToolboxRequest& request,
                                                                     VideoToolboxFailure& failure) {
  std::unique_ptr<VideoToolboxCompressor> c(new VideoToolboxCompressor(config));
  failure = c->Create(request);
  if (failure.ok()) failure = c->Configure(request);
  if (!failure.ok()) return nullptr;
  c->FindOutHardware(request);
  if (request.hardware && !c->hardware_) {
    failure = {kVTCouldNotFindVideoEncoderErr, "encode in hardware"};
    return nullptr;
  }
  return c;
}

VideoToolboxFailure VideoToolboxCompressor::Create(const VideoToolboxRequest& request) {
  DictionaryBuilder specification;
  specification.Add(request.hardware ? kVTVideoEncoderSpecification_RequireHardwareAcceleratedVideoEncoder
                                     : kVTVideoEncoderSpecification_EnableHardwareAcceleratedVideoEncoder,
                    kCFBooleanTrue);
  if (request.low_latency) specification.Add(kVTVideoEncoderSpecification_EnableLowLatencyRateControl, kCFBooleanTrue);
  // Memory that the encoder reads without a copy of its own.
  const CfRef<CFDictionaryRef> surface = DictionaryBuilder().Build();
  const CfRef<CFNumberRef> format = Integer(kNv12), width = Integer(width_), height = Integer(height_);
  DictionaryBuilder pictures;
  pictures.Add(kCVPixelBufferPixelFormatTypeKey, format.get());
  pictures.Add(kCVPixelBufferWidthKey, width.get());
  pictures.Add(kCVPixelBufferHeightKey, height.get());
  pictures.Add(kCVPixelBufferIOSurfacePropertiesKey, surface.get());
  const OSStatus status = VTCompressionSessionCreate(
      kCFAllocatorDefault, width_, height_, syntax_ == NalSyntax::kHevc ? kCMVideoCodecType_HEVC : kCMVideoCodecType_H264,
      specification.Build().get(), pictures.Build().get(), kCFAllocatorDefault, &Deliver, &delivery_, session_.out());
  if (status == noErr && !session_) return {kVTCouldNotCreateInstanceErr, "open a session"};
  return {status, "open a session"};
}

OSStatus VideoToolboxCompressor::Set(CFStringRef key, CFTypeRef value) {
  return VTSessionSetProperty(session_.get(), key, value);
}

OSStatus VideoToolboxCompressor::SetInteger(CFStringRef key, int64_t value) {
  return Set(key, Integer(value).get());
}

OSStatus VideoToolboxCompressor::SetReal(CFStringRef key, double value) {
  return Set(key, Real(value).get());
}

// What not every encoder knows may fail; what calls cannot do without must not.
VideoToolboxFailure VideoToolboxCompressor::Configure(const VideoToolboxRequest& request) {
  CFStringRef level = ProfileLevel(request.level);
  OSStatus status = level != nullptr ? Set(kVTCompressionPropertyKey_ProfileLevel, level) : kVTParameterErr;
  if (status != noErr) return {status, "encode with this profile and level"};
  status = Set(kVTCompressionPropertyKey_AllowFrameReordering, kCFBooleanFalse);
  // Who does not know of it does not reorder.
  if (status != noErr && status != kVTPropertyNotSupportedErr) return {status, "encode without B frames"};
  Set(kVTCompressionPropertyKey_RealTime, kCFBooleanTrue);
  if (SetInteger(kVTCompressionPropertyKey_MaxFrameDelayCount, 0) != noErr) {
    SetInteger(kVTCompressionPropertyKey_MaxFrameDelayCount, 1);
  }
  // Key pictures on request only: no number of pictures or seconds is the last.
  SetInteger(kVTCompressionPropertyKey_MaxKeyFrameInterval, std::numeric_limits<int32_t>::max());
  SetReal(kVTCompressionPropertyKey_MaxKeyFrameIntervalDuration, 0);
  if (config_.profile == Profile::kH264Main || config_.profile == Profile::kH264High) {
    Set(kVTCompressionPropertyKey_H264EntropyMode, kVTH264EntropyMode_CABAC);
  }
  if (config_.max_qp < 51) SetInteger(kVTCompressionPropertyKey_MaxAllowedFrameQP, config_.max_qp);
  if (config_.temporal_layers > 1 && request.low_latency &&
      SetReal(kVTCompressionPropertyKey_BaseLayerFrameRateFraction, kBaseLayerShare) == noErr) {
    temporal_layers_ = 2;
  }
  VideoToolboxFailure failure = SetRates(config_.rates);
  if (!failure.ok()) return failure;
  return {VTCompressionSessionPrepareToEncodeFrames(session_.get()), "prepare an encoder"};
}

// An encoder of low latency may not know the property: it was granted as hardware then.
void VideoToolboxCompressor::FindOutHardware(const VideoToolboxRequest& request) {
  CfRef<CFTypeRef> value;
  const OSStatus status = VTSessionCopyProperty(
      session_.get(), kVTCompressionPropertyKey_UsingHardwareAcceleratedVideoEncoder, kCFAllocatorDefault, value.out());
  hardware_ = status == noErr && value ? CFBooleanGetValue(static_cast<CFBooleanRef>(value.get())) : request.hardware;
}

std::string VideoToolboxCompressor::EncoderName() const {
  CfRef<CFTypeRef> value;
  char name[256] = {};
  if (VTSessionCopyProperty(session_.get(), kVTCompressionPropertyKey_EncoderID, kCFAllocatorDefault, value.out()) !=
          noErr ||
      !value || !CFStringGetCString(static_cast<CFStringRef>(value.get()), name, sizeof name, kCFStringEncodingUTF8)) {
    return "";
  }
  return name;
}

VideoToolboxFailure VideoToolboxCompressor::SetRates(const Rates& rates) {
  // A number of 32 bits with a sign to VideoToolbox.
  const int64_t bitrate = std::min<int64_t>(rates.bitrate_bps, std::numeric_limits<int32_t>::max());
  const OSStatus status = SetInteger(kVTCompressionPropertyKey_AverageBitRate, bitrate);
  if (status != noErr) return {status, "change the bitrate"};
  const DataRateLimit limit = VideoToolboxDataRateLimit(rates.bitrate_bps);
  const CfRef<CFNumberRef> bytes = Integer(limit.bytes), seconds = Real(limit.seconds);
  const void* pair[] = {bytes.get(), seconds.get()};
  const CfRef<CFArrayRef> limits(CFArrayCreate(kCFAllocatorDefault, pair, 2, &kCFTypeArrayCallBacks));
  Set(kVTCompressionPropertyKey_DataRateLimits, limits.get());
  SetReal(kVTCompressionPropertyKey_ExpectedFrameRate, rates.framerate);
  return {};
}

void VideoToolboxCompressor::Deliver(void* delivery, void* number, OSStatus status, VTEncodeInfoFlags flags,
                                     CMSampleBufferRef sample) {
  auto& d = *static_cast<Delivery*>(delivery);
  std::lock_guard<std::mutex> lock(d.mutex);
  if (d.number != reinterpret_cast<uintptr_t>(number) || d.done) return;
  d.done = true;
  d.status = status;
  d.flags = flags;
  if (sample == nullptr) return;
  CFRetain(sample);
  d.sample = CfRef<CMSampleBufferRef>(sample);
}

VideoToolboxFailure VideoToolboxCompressor::Fill(CVPixelBufferRef buffer, const Input& input) const {
  if (CVPixelBufferGetPixelFormatType(buffer) != kNv12 || CVPixelBufferGetPlaneCount(buffer) != 2) {
    return {kCVReturnInvalidPixelFormat, "take a picture"};
  }
  if (CVPixelBufferGetWidth(buffer) != static_cast<size_t>(width_) ||
      CVPixelBufferGetHeight(buffer) != static_cast<size_t>(height_)) {
    return {kCVReturnInvalidSize, "take a picture"};
  }
  CVReturn result = CVPixelBufferLockBaseAddress(buffer, 0);
  if (result != kCVReturnSuccess) return {result, "lock a buffer for pictures"};
  CopyToNV12(input, static_cast<uint8_t*>(CVPixelBufferGetBaseAddressOfPlane(buffer, 0)),
             static_cast<int>(CVPixelBufferGetBytesPerRowOfPlane(buffer, 0)),
             static_cast<uint8_t*>(CVPixelBufferGetBaseAddressOfPlane(buffer, 1)),
             static_cast<int>(CVPixelBufferGetBytesPerRowOfPlane(buffer, 1)), width_, height_);
  return {CVPixelBufferUnlockBaseAddress(buffer, 0), "unlock a buffer for pictures"};
}

VideoToolboxFailure VideoToolboxCompressor::Encode(const Input& input, bool key, int64_t time_us,
                                                   VideoToolboxPicture& picture) {
  // The pool goes when the session does.
  CVPixelBufferPoolRef pool = VTCompressionSessionGetPixelBufferPool(session_.get());
  if (pool == nullptr) return {kVTInvalidSessionErr, "lend a buffer for pictures"};
  CfRef<CVPixelBufferRef> buffer;
  const CVReturn result = CVPixelBufferPoolCreatePixelBuffer(kCFAllocatorDefault, pool, buffer.out());
  if (result != kCVReturnSuccess) return {result, "lend a buffer for pictures"};
  const VideoToolboxFailure filled = Fill(buffer.get(), input);
  if (!filled.ok()) return filled;
  {
    std::lock_guard<std::mutex> lock(delivery_.mutex);
    delivery_.number = ++pictures_;
    delivery_.done = false;
    delivery_.sample = {};
  }
  VTEncodeInfoFlags flags = 0;
  OSStatus status = VTCompressionSessionEncodeFrame(
      session_.get(), buffer.get(), CMTimeMake(time_us, kMicroseconds), kCMTimeInvalid,
      key ? key_picture_.get() : nullptr, reinterpret_cast<void*>(pictures_), &flags);
  if (status != noErr) return {status, "encode a picture"};
  // What is still held back comes out before this returns.
  status = VTCompressionSessionCompleteFrames(session_.get(), kCMTimeInvalid);
  if (status != noErr) return {status, "finish a picture"};
  std::lock_guard<std::mutex> lock(delivery_.mutex);
  if (delivery_.done) flags = delivery_.flags;
  if (delivery_.done && delivery_.status != noErr) return {delivery_.status, "encode a picture"};
  if ((flags & kVTEncodeInfo_FrameDropped) != 0) return {};
  if (!delivery_.sample) return {kVTVideoEncoderMalfunctionErr, "finish a picture"};
  const CfRef<CMSampleBufferRef> sample = std::move(delivery_.sample);
  return Read(sample.get(), key, picture);
}

VideoToolboxFailure VideoToolboxCompressor::ReadParameterSets(CMFormatDescriptionRef format, std::vector<uint8_t>& sets,
                                                              int& length_bytes) const {
  const auto get = syntax_ == NalSyntax::kHevc ? CMVideoFormatDescriptionGetHEVCParameterSetAtIndex
                                               : CMVideoFormatDescriptionGetH264ParameterSetAtIndex;
  size_t count = 1;
  for (size_t i = 0; i < count; ++i) {
    const uint8_t* set = nullptr;
    size_t size = 0;
    const OSStatus status = get(format, i, &set, &size, &count, &length_bytes);
    if (status != noErr) return {status, "tell its parameter sets"};
    if (set != nullptr && size > 0) AppendNalUnit(set, size, sets);
  }
  return {};
}

VideoToolboxFailure VideoToolboxCompressor::Read(CMSampleBufferRef sample, bool key,
                                                 VideoToolboxPicture& picture) const {
  constexpr VideoToolboxFailure kNoPicture = {kVTVideoEncoderMalfunctionErr, "make a stream that holds the picture"};
  CMFormatDescriptionRef format = CMSampleBufferGetFormatDescription(sample);
  CMBlockBufferRef block = CMSampleBufferGetDataBuffer(sample);
  if (format == nullptr || block == nullptr || !CMSampleBufferDataIsReady(sample)) return kNoPicture;
  std::vector<uint8_t> units(CMBlockBufferGetDataLength(block));
  if (units.empty()) return kNoPicture;
  // It may lie in several pieces.
  const OSStatus status = CMBlockBufferCopyDataBytes(block, 0, units.size(), units.data());
  if (status != noErr) return {status, "read the stream"};
  std::vector<uint8_t> sets;
  int length_bytes = 0;
  const VideoToolboxFailure failure = ReadParameterSets(format, sets, length_bytes);
  if (!failure.ok()) return failure;
  NalContents contents;
  std::vector<uint8_t> stream;
  if (!AppendAnnexB(syntax_, units.data(), units.size(), length_bytes, stream, contents) || !contents.slice ||
      (key && !contents.random_access)) {
    return kNoPicture;
  }
  if (contents.random_access && !contents.parameter_sets) {
    if (sets.empty()) return kNoPicture;
    stream.insert(stream.begin(), sets.begin(), sets.end());
  }
  picture.data = std::move(stream);
  // A key picture that nobody asked for is one nevertheless.
  picture.key = contents.random_access;
  CFBooleanRef referenced = Attachment(sample, kCMSampleAttachmentKey_IsDependedOnByOthers);
  picture.upper_layer = temporal_layers_ > 1 && !picture.key &&
                        (referenced != nullptr ? !CFBooleanGetValue(referenced) : contents.disposable);
  return {};
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_VIDEOTOOLBOX
