// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The objects of CoreFoundation, CoreMedia and CoreVideo, as far as they are used.

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <set>

#include "double.h"

namespace doubles {
namespace {

// Those that are not constants.
struct Live {
  std::mutex mutex;
  std::set<const Object*> objects;
};

Live& TheLive() {
  static auto* live = new Live;
  return *live;
}

std::string Variable(const char* name) {
  const char* value = std::getenv((std::string("NATIVERTC_VIDEOTOOLBOX_DOUBLE_") + name).c_str());
  return value ? value : "";
}

const Object* Known(CFTypeRef object, const char* what) {
  const auto* o = static_cast<const Object*>(object);
  std::lock_guard<std::mutex> lock(TheLive().mutex);
  if (!TheLive().objects.count(o)) Forbid(what);
  return o;
}

void Retain(CFTypeRef object) {
  if (object) CFRetain(object);
}

}  // namespace

Object::Object(bool constant) : constant(constant) {
  std::lock_guard<std::mutex> lock(TheLive().mutex);
  TheLive().objects.insert(this);
}

Object::~Object() {
  std::lock_guard<std::mutex> lock(TheLive().mutex);
  TheLive().objects.erase(this);
}

void Log(const char* format, ...) {
  static std::mutex mutex;
  std::lock_guard<std::mutex> lock(mutex);
  if (FILE* f = std::fopen(Variable("LOG").c_str(), "a")) {
    va_list args;
    va_start(args, format);
    std::vfprintf(f, format, args);
    va_end(args);
    std::fputc('\n', f);
    std::fclose(f);
  }
}

void Forbid(const char* why) {
  std::fprintf(stderr, "double of VideoToolbox: %s\n", why);
  std::abort();
}

std::string Persona() {
  return Variable("PERSONA");
}

bool Fault(const std::string& name, int number) {
  std::ifstream file(Variable("FAULT"));
  for (std::string word; file >> word;) {
    const size_t at = word.find('@');
    if (word.substr(0, at) != name) continue;
    if (at == std::string::npos || std::atoi(word.c_str() + at + 1) == number) return true;
  }
  return false;
}

}  // namespace doubles

int VideoToolboxDoubleLiveObjects() {
  std::lock_guard<std::mutex> lock(doubles::TheLive().mutex);
  int count = 0;
  for (const auto* o : doubles::TheLive().objects) count += !o->constant;
  return count;
}

StandInArray::~StandInArray() {
  for (CFTypeRef v : values) CFRelease(v);
}

StandInDictionary::~StandInDictionary() {
  for (const auto& v : values) CFRelease(v.second);
}

StandInSampleBuffer::~StandInSampleBuffer() {
  for (doubles::Object* o : {static_cast<doubles::Object*>(format), static_cast<doubles::Object*>(block),
                             static_cast<doubles::Object*>(attachments)}) {
    if (o) CFRelease(o);
  }
}

namespace {

struct StandInAllocatorObject {
} the_allocator;
const StandInBoolean yes(true), no(false);

}  // namespace

extern "C" {

const CFAllocatorRef kCFAllocatorDefault = reinterpret_cast<CFAllocatorRef>(&the_allocator);
const CFBooleanRef kCFBooleanTrue = &yes;
const CFBooleanRef kCFBooleanFalse = &no;
const CFDictionaryKeyCallBacks kCFTypeDictionaryKeyCallBacks = {0};
const CFDictionaryValueCallBacks kCFTypeDictionaryValueCallBacks = {0};
const CFArrayCallBacks kCFTypeArrayCallBacks = {0};

#define NRTC_STAND_IN_DEFINE(name) const CFStringRef name = new StandInString(#name);
NRTC_STAND_IN_STRINGS(NRTC_STAND_IN_DEFINE)
NRTC_STAND_IN_DEFINE(kCMSampleAttachmentKey_IsDependedOnByOthers)
NRTC_STAND_IN_DEFINE(kCVPixelBufferPixelFormatTypeKey)
NRTC_STAND_IN_DEFINE(kCVPixelBufferWidthKey)
NRTC_STAND_IN_DEFINE(kCVPixelBufferHeightKey)
NRTC_STAND_IN_DEFINE(kCVPixelBufferIOSurfacePropertiesKey)
#undef NRTC_STAND_IN_DEFINE

const CMTime kCMTimeInvalid = {0, 0, 0, 0};

CFTypeRef CFRetain(CFTypeRef object) {
  auto* o = const_cast<doubles::Object*>(doubles::Known(object, "what is retained is no object"));
  __atomic_add_fetch(&o->references, 1, __ATOMIC_SEQ_CST);
  return object;
}

void CFRelease(CFTypeRef object) {
  auto* o = const_cast<doubles::Object*>(doubles::Known(object, "what is released is no object, or released already"));
  if (__atomic_sub_fetch(&o->references, 1, __ATOMIC_SEQ_CST) > 0) return;
  if (o->constant) doubles::Forbid("a constant is released");
  delete o;
}

Boolean CFBooleanGetValue(CFBooleanRef boolean) {
  return boolean->value;
}

CFNumberRef CFNumberCreate(CFAllocatorRef, CFNumberType type, const void* value) {
  auto* n = new StandInNumber;
  if (type == kCFNumberDoubleType) {
    std::memcpy(&n->value, value, sizeof n->value);
  } else {
    int64_t integer = 0;
    std::memcpy(&integer, value, sizeof integer);
    n->value = static_cast<double>(integer);
  }
  return n;
}

Boolean CFStringGetCString(CFStringRef string, char* buffer, CFIndex size, CFStringEncoding encoding) {
  if (encoding != kCFStringEncodingUTF8 || static_cast<CFIndex>(string->text.size()) >= size) return false;
  std::strcpy(buffer, string->text.c_str());
  return true;
}

CFArrayRef CFArrayCreate(CFAllocatorRef, const void** values, CFIndex count, const CFArrayCallBacks* with) {
  if (with != &kCFTypeArrayCallBacks) doubles::Forbid("an array that holds no references");
  auto* a = new StandInArray;
  for (CFIndex i = 0; i < count; ++i) {
    doubles::Retain(values[i]);
    a->values.push_back(values[i]);
  }
  return a;
}

CFIndex CFArrayGetCount(CFArrayRef array) {
  return static_cast<CFIndex>(array->values.size());
}

const void* CFArrayGetValueAtIndex(CFArrayRef array, CFIndex index) {
  return array->values.at(static_cast<size_t>(index));
}

CFDictionaryRef CFDictionaryCreate(CFAllocatorRef, const void** keys, const void** values, CFIndex count,
                                   const CFDictionaryKeyCallBacks* key_with, const CFDictionaryValueCallBacks* with) {
  if (key_with != &kCFTypeDictionaryKeyCallBacks || with != &kCFTypeDictionaryValueCallBacks) {
    doubles::Forbid("a dictionary that holds no references");
  }
  auto* d = new StandInDictionary;
  for (CFIndex i = 0; i < count; ++i) {
    if (!keys[i] || !values[i]) doubles::Forbid("a dictionary of nothing");
    doubles::Retain(values[i]);
    d->values[static_cast<CFStringRef>(keys[i])] = values[i];
  }
  return d;
}

const void* CFDictionaryGetValue(CFDictionaryRef dictionary, const void* key) {
  auto found = dictionary->values.find(static_cast<CFStringRef>(key));
  return found == dictionary->values.end() ? nullptr : found->second;
}

CVReturn CVPixelBufferPoolCreatePixelBuffer(CFAllocatorRef, CVPixelBufferPoolRef pool, CVPixelBufferRef* out) {
  auto* b = new StandInPixelBuffer;
  b->width = pool->width;
  b->height = pool->height;
  b->stride = static_cast<size_t>(pool->width + 63) / 64 * 64 + 64;
  b->luma.assign(b->stride * static_cast<size_t>(b->height), 0xee);
  b->chroma.assign(b->stride * static_cast<size_t>(b->height) / 2, 0xee);
  *out = b;
  return kCVReturnSuccess;
}

CVReturn CVPixelBufferLockBaseAddress(CVPixelBufferRef buffer, CVPixelBufferLockFlags) {
  if (buffer->locked) return kCVReturnInvalidArgument;
  buffer->locked = true;
  return kCVReturnSuccess;
}

CVReturn CVPixelBufferUnlockBaseAddress(CVPixelBufferRef buffer, CVPixelBufferLockFlags) {
  if (!buffer->locked) return kCVReturnInvalidArgument;
  buffer->locked = false;
  return kCVReturnSuccess;
}

OSType CVPixelBufferGetPixelFormatType(CVPixelBufferRef) {
  return kCVPixelFormatType_420YpCbCr8BiPlanarVideoRange;
}

size_t CVPixelBufferGetWidth(CVPixelBufferRef buffer) {
  return static_cast<size_t>(buffer->width);
}

size_t CVPixelBufferGetHeight(CVPixelBufferRef buffer) {
  return static_cast<size_t>(buffer->height);
}

size_t CVPixelBufferGetPlaneCount(CVPixelBufferRef) {
  return 2;
}

void* CVPixelBufferGetBaseAddressOfPlane(CVPixelBufferRef buffer, size_t plane) {
  if (!buffer->locked) doubles::Forbid("memory that is not locked");
  return plane == 0 ? buffer->luma.data() : buffer->chroma.data();
}

size_t CVPixelBufferGetBytesPerRowOfPlane(CVPixelBufferRef buffer, size_t) {
  return buffer->stride;
}

CMTime CMTimeMake(int64_t value, int32_t timescale) {
  return {value, timescale, 1, 0};
}

Boolean CMSampleBufferDataIsReady(CMSampleBufferRef) {
  return true;
}

CMFormatDescriptionRef CMSampleBufferGetFormatDescription(CMSampleBufferRef sample) {
  return sample->format;
}

CMBlockBufferRef CMSampleBufferGetDataBuffer(CMSampleBufferRef sample) {
  return sample->block;
}

CFArrayRef CMSampleBufferGetSampleAttachmentsArray(CMSampleBufferRef sample, Boolean) {
  return sample->attachments;
}

size_t CMBlockBufferGetDataLength(CMBlockBufferRef block) {
  return block->bytes.size();
}

OSStatus CMBlockBufferCopyDataBytes(CMBlockBufferRef block, size_t offset, size_t size, void* to) {
  if (size == 0 || offset > block->bytes.size() || size > block->bytes.size() - offset) return -12704;
  std::memcpy(to, block->bytes.data() + offset, size);
  return noErr;
}

static OSStatus ParameterSet(CMVideoCodecType codec, CMFormatDescriptionRef format, size_t index, const uint8_t** set,
                             size_t* size, size_t* count, int* length_bytes) {
  if (format->codec != codec || index >= format->sets.size()) return -12710;
  *set = format->sets[index].data();
  *size = format->sets[index].size();
  *count = format->sets.size();
  *length_bytes = format->length_bytes;
  return noErr;
}

OSStatus CMVideoFormatDescriptionGetH264ParameterSetAtIndex(CMFormatDescriptionRef format, size_t index,
                                                            const uint8_t** set, size_t* size, size_t* count,
                                                            int* length_bytes) {
  return ParameterSet(kCMVideoCodecType_H264, format, index, set, size, count, length_bytes);
}

OSStatus CMVideoFormatDescriptionGetHEVCParameterSetAtIndex(CMFormatDescriptionRef format, size_t index,
                                                            const uint8_t** set, size_t* size, size_t* count,
                                                            int* length_bytes) {
  return ParameterSet(kCMVideoCodecType_HEVC, format, index, set, size, count, length_bytes);
}

}  // extern "C"
