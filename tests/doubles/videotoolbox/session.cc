// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Sessions: what they are told, what they refuse, and how pictures come out.

#include <unistd.h>

#include <atomic>
#include <deque>
#include <functional>
#include <thread>

#include "double.h"

using doubles::Fault;
using doubles::Log;
using doubles::Persona;

namespace {

// Handed in by the process, in whichever session.
std::atomic<int> pictures{0};
std::atomic<int> open_sessions{0};

// How often a key picture comes where nobody says that none shall.
constexpr uint32_t kUsualKeyInterval = 7;

}  // namespace

struct StandInCompressionSession : doubles::Object {
  ~StandInCompressionSession() override {
    if (!invalid) doubles::Forbid("a session is released that was not invalidated");
    if (pool) CFRelease(pool);
  }

  CMVideoCodecType codec = 0;
  bool low_latency = false, hardware = false;
  bool invalid = false;  // ended by the application
  bool lost = false;     // ended by the system
  VTCompressionOutputCallback callback = nullptr;
  void* of_session = nullptr;
  StandInPixelBufferPool* pool = nullptr;
  // What was set.
  std::string level;
  double bitrate = 0, framerate = 0, limit_bytes = 0, limit_seconds = 0, delay = -1, key_interval = kUsualKeyInterval;
  bool reordering = true, realtime = false;
  doubles::H264State h264;
  uint32_t since_key = 0;
  int64_t last_time = -1;
  bool started = false;
  std::deque<std::function<void()>> held;

  bool usable() const { return !invalid && !lost; }
};

namespace {

using Session = StandInCompressionSession;

OSStatus Refuse(const char* why, OSStatus status = kVTParameterErr) {
  Log("refused: %s", why);
  return status;
}

OSStatus Lose(Session& s) {
  s.lost = true;
  return kVTInvalidSessionErr;
}

// Callbacks come on a thread of the system's.
void OnAnotherThread(const std::function<void()>& run) {
  std::thread(run).join();
}

doubles::Bytes WithLengths(const std::vector<doubles::Bytes>& units, int length_bytes) {
  doubles::Bytes out;
  for (const auto& unit : units) {
    for (int shift = (length_bytes - 1) * 8; shift >= 0; shift -= 8) {
      out.push_back(static_cast<uint8_t>(unit.size() >> shift & 255));
    }
    out.insert(out.end(), unit.begin(), unit.end());
  }
  return out;
}

// Units with the right headers, and the number of the picture in place of a slice.
doubles::EncodedPicture PretendHevc(Session& s, int number, bool key) {
  doubles::EncodedPicture out;
  out.key = key;
  s.h264.since_idr = key ? 0 : s.h264.since_idr;
  out.referenced = !s.h264.layers || s.h264.since_idr++ % 2 == 0;
  out.parameter_sets = {{32 << 1, 1, 0xaa}, {33 << 1, 1, 0xbb}, {34 << 1, 1, 0xcc}};
  const uint8_t type = key ? 19 : out.referenced ? 1 : 0;
  out.units.push_back({static_cast<uint8_t>(type << 1), 1, 0x80, static_cast<uint8_t>(number | 0x80)});
  return out;
}

StandInSampleBuffer* Sample(Session& s, doubles::EncodedPicture picture, int number) {
  auto* sample = new StandInSampleBuffer;
  sample->format = new StandInFormatDescription;
  sample->format->codec = s.codec;
  sample->format->length_bytes = Persona() == "short" ? 2 : 4;
  if (!Fault("no-sets", number)) sample->format->sets = picture.parameter_sets;
  if (sample->format->sets.empty()) sample->format->sets.push_back({});
  if (Persona() == "in-band" && picture.key) {
    picture.units.insert(picture.units.begin(), picture.parameter_sets.begin(), picture.parameter_sets.end());
  }
  sample->block = new StandInBlockBuffer;
  sample->block->bytes = WithLengths(picture.units, sample->format->length_bytes);
  if (Fault("lengths", number)) sample->block->bytes[0] ^= 0x40;
  if (Fault("empty", number)) sample->block->bytes.clear();
  if (Persona() == "untold") return sample;
  const void* key = kCMSampleAttachmentKey_IsDependedOnByOthers;
  const void* value = picture.referenced ? kCFBooleanTrue : kCFBooleanFalse;
  CFDictionaryRef attached =
      CFDictionaryCreate(nullptr, &key, &value, 1, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  const void* one = attached;
  sample->attachments = const_cast<StandInArray*>(CFArrayCreate(nullptr, &one, 1, &kCFTypeArrayCallBacks));
  CFRelease(attached);
  return sample;
}

// "H264_Main_3_1", say.
OSStatus SetLevel(Session& s, const std::string& level) {
  const bool chosen = level.find("AutoLevel") != std::string::npos;
  const bool hevc = level.rfind("HEVC_", 0) == 0;
  if (hevc != (s.codec == kCMVideoCodecType_HEVC)) return kVTParameterErr;
  if (!chosen && (s.low_latency || Fault("level"))) return kVTPropertyNotSupportedErr;
  if (Fault("all-levels")) return kVTPropertyNotSupportedErr;
  s.level = level;
  if (level.find("Main") != std::string::npos) s.h264.profile_idc = 77;
  if (level.find("High") != std::string::npos) s.h264.profile_idc = 100;
  if (!chosen) s.h264.level_idc = (level[level.size() - 3] - '0') * 10 + (level.back() - '0');
  return noErr;
}

OSStatus SetLimits(Session& s, const StandInArray* limits) {
  if (!limits || limits->values.size() != 2) return kVTParameterErr;
  auto number = [&](size_t i) {
    return static_cast<const StandInNumber*>(static_cast<const doubles::Object*>(limits->values[i]))->value;
  };
  s.limit_bytes = number(0);
  s.limit_seconds = number(1);
  return noErr;
}

}  // namespace

extern "C" {

OSStatus VTCompressionSessionCreate(CFAllocatorRef, int32_t width, int32_t height, CMVideoCodecType codec,
                                    CFDictionaryRef specification, CFDictionaryRef source, CFAllocatorRef,
                                    VTCompressionOutputCallback callback, void* of_session,
                                    VTCompressionSessionRef* out) {
  const bool low_latency = specification->IsTrue(kVTVideoEncoderSpecification_EnableLowLatencyRateControl);
  const bool required = specification->IsTrue(kVTVideoEncoderSpecification_RequireHardwareAcceleratedVideoEncoder);
  const bool enabled = specification->IsTrue(kVTVideoEncoderSpecification_EnableHardwareAcceleratedVideoEncoder);
  const bool has_hardware = Persona() != "software";
  Log("create %dx%d low_latency=%d required=%d enabled=%d", width, height, low_latency, required, enabled);
  if (Fault("create")) return kVTVideoEncoderNotAvailableNowErr;
  if (open_sessions >= 2 && Fault("limit")) return kVTVideoEncoderNotAvailableNowErr;
  if (required && !has_hardware) return kVTCouldNotFindVideoEncoderErr;
  if ((low_latency || codec == kCMVideoCodecType_HEVC) && (Persona() == "intel" || !has_hardware)) {
    return kVTCouldNotFindVideoEncoderErr;
  }
  const auto* format = source->Get<StandInNumber>(kCVPixelBufferPixelFormatTypeKey);
  if (width <= 0 || height <= 0 || width % 2 || height % 2 || !callback || !format ||
      format->value != double{kCVPixelFormatType_420YpCbCr8BiPlanarVideoRange}) {
    return Refuse("a session");
  }
  auto* s = new Session;
  s->codec = codec;
  s->low_latency = low_latency;
  s->hardware = has_hardware && (required || enabled);
  s->callback = callback;
  s->of_session = of_session;
  s->pool = new StandInPixelBufferPool;
  s->pool->width = s->h264.width = width;
  s->pool->height = s->h264.height = height;
  ++open_sessions;
  *out = s;
  return noErr;
}

OSStatus VTCompressionSessionPrepareToEncodeFrames(VTCompressionSessionRef s) {
  if (!s->usable()) return kVTInvalidSessionErr;
  if (Fault("prepare")) return kVTVideoEncoderMalfunctionErr;
  return noErr;
}

CVPixelBufferPoolRef VTCompressionSessionGetPixelBufferPool(VTCompressionSessionRef s) {
  if (Fault("invalid-pool", pictures)) {
    ++pictures;
    Lose(*s);
  }
  return s->usable() ? s->pool : nullptr;
}

OSStatus VTSessionSetProperty(VTSessionRef session, CFStringRef key, CFTypeRef value) {
  auto& s = *static_cast<Session*>(const_cast<void*>(session));
  if (!s.usable()) return kVTInvalidSessionErr;
  if (s.started && Fault("invalid-property", pictures)) {
    ++pictures;
    return Lose(s);
  }
  const auto* object = static_cast<const doubles::Object*>(value);
  const auto* number = dynamic_cast<const StandInNumber*>(object);
  const auto* string = dynamic_cast<const StandInString*>(object);
  const bool yes = object == kCFBooleanTrue;
  auto take = [&](double& into) { return number ? (into = number->value, noErr) : Refuse("a property that is no number"); };
  if (key == kVTCompressionPropertyKey_ProfileLevel) {
    const std::string prefix = "kVTProfileLevel_";
    return string ? SetLevel(s, string->text.substr(prefix.size())) : Refuse("a level");
  }
  if (key == kVTCompressionPropertyKey_AverageBitRate) {
    if (Fault("bitrate")) return kVTVideoEncoderMalfunctionErr;
    Log("set bitrate");
    return take(s.bitrate);
  }
  if (key == kVTCompressionPropertyKey_DataRateLimits) return SetLimits(s, dynamic_cast<const StandInArray*>(object));
  if (key == kVTCompressionPropertyKey_ExpectedFrameRate) return take(s.framerate);
  if (key == kVTCompressionPropertyKey_MaxKeyFrameInterval) return take(s.key_interval);
  if (key == kVTCompressionPropertyKey_MaxKeyFrameIntervalDuration) return noErr;
  if (key == kVTCompressionPropertyKey_MaxFrameDelayCount) {
    return Persona() == "late" ? kVTPropertyNotSupportedErr : take(s.delay);
  }
  if (key == kVTCompressionPropertyKey_RealTime) return s.realtime = yes, noErr;
  if (key == kVTCompressionPropertyKey_AllowFrameReordering) return s.reordering = yes, noErr;
  if (key == kVTCompressionPropertyKey_H264EntropyMode) {
    if (s.h264.profile_idc == 66) return Refuse("CABAC in baseline");
    return s.h264.cabac = value == kVTH264EntropyMode_CABAC, noErr;
  }
  if (key == kVTCompressionPropertyKey_BaseLayerFrameRateFraction && s.low_latency) {
    if (!number || number->value != 0.5) return Refuse("a fraction");
    return s.h264.layers = true, noErr;
  }
  if (key == kVTCompressionPropertyKey_MaxAllowedFrameQP && s.low_latency) {
    Log("max_qp=%g", number ? number->value : -1);
    return noErr;
  }
  return kVTPropertyNotSupportedErr;
}

OSStatus VTSessionCopyProperty(VTSessionRef session, CFStringRef key, CFAllocatorRef, void* out) {
  const auto& s = *static_cast<const Session*>(session);
  if (!s.usable()) return kVTInvalidSessionErr;
  if (key == kVTCompressionPropertyKey_UsingHardwareAcceleratedVideoEncoder && Persona() != "unknown") {
    *static_cast<CFTypeRef*>(out) = CFRetain(s.hardware ? kCFBooleanTrue : kCFBooleanFalse);
    return noErr;
  }
  if (key == kVTCompressionPropertyKey_EncoderID) {
    static const auto* name = new StandInString("nativertc test double, no hardware");
    *static_cast<CFTypeRef*>(out) = CFRetain(name);
    return noErr;
  }
  return kVTPropertyNotSupportedErr;
}

OSStatus VTCompressionSessionEncodeFrame(VTCompressionSessionRef s, CVImageBufferRef image, CMTime time, CMTime,
                                         CFDictionaryRef properties, void* of_frame, VTEncodeInfoFlags* flags) {
  if (!s->usable()) return kVTInvalidSessionErr;
  const int number = pictures++;
  if (Fault("invalid", number)) return Lose(*s);
  if (Fault("encode", number)) return kVTVideoEncoderMalfunctionErr;
  if (image->width != s->h264.width || image->height != s->h264.height || image->locked) return Refuse("a picture");
  if (time.flags != 1 || time.value <= s->last_time) return Refuse("a time that does not rise");
  if (s->reordering) return Refuse("B frames");
  if (!s->realtime) return Refuse("encoding for files");
  s->last_time = time.value;
  s->started = true;
  const bool asked = properties && properties->IsTrue(kVTEncodeFrameOptionKey_ForceKeyFrame);
  const bool drop = Fault("drop", number);
  const bool first = s->h264.reference.empty() && s->codec == kCMVideoCodecType_H264;
  bool key = asked || first || s->since_key >= s->key_interval;
  if (Fault("not-key", number)) key = first;
  doubles::EncodedPicture picture;
  if (!drop) {
    s->since_key = key ? 1 : s->since_key + 1;
    const doubles::Pixels pixels = {image->luma.data(), image->chroma.data(), image->stride};
    picture = s->codec == kCMVideoCodecType_H264 ? EncodeH264(s->h264, pixels, key) : PretendHevc(*s, number, key);
  }
  Log("picture %d key=%d dropped=%d layer=%d level=%s bitrate=%g limit=%g/%g framerate=%g delay=%g", number, key, drop,
      !picture.referenced, s->level.c_str(), s->bitrate, s->limit_bytes, s->limit_seconds, s->framerate, s->delay);
  if (Fault("silent", number)) return noErr;
  auto deliver = [s, of_frame, drop, number, picture = std::move(picture)] {
    while (Fault("hang", number)) usleep(10'000);
    const bool fails = Fault("callback", number), lost = Fault("invalid-callback", number);
    if (lost) s->lost = true;
    OSStatus status = noErr;
    if (fails) status = kVTVideoEncoderMalfunctionErr;
    if (lost) status = kVTInvalidSessionErr;
    StandInSampleBuffer* sample = drop || fails || lost ? nullptr : Sample(*s, picture, number);
    s->callback(s->of_session, of_frame, status, drop ? VTEncodeInfoFlags{kVTEncodeInfo_FrameDropped} : 0, sample);
    if (sample) CFRelease(sample);
  };
  // Without a limit pictures are held back.
  if (s->delay == 0) {
    OnAnotherThread(deliver);
  } else {
    s->held.push_back(deliver);
    *flags = kVTEncodeInfo_Asynchronous;
  }
  return noErr;
}

OSStatus VTCompressionSessionCompleteFrames(VTCompressionSessionRef s, CMTime) {
  if (s->invalid) return kVTInvalidSessionErr;
  if (s->started && Fault("invalid-complete", pictures - 1)) return Lose(*s);
  while (!s->held.empty()) {
    auto deliver = std::move(s->held.front());
    s->held.pop_front();
    OnAnotherThread(deliver);
  }
  return noErr;
}

void VTCompressionSessionInvalidate(VTCompressionSessionRef s) {
  if (s->invalid) return;
  s->invalid = true;
  Log("invalidate open=%d", --open_sessions);
}

}  // extern "C"
