// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A stand-in for a header of Apple, made for the tests: the declarations that
// hw/videotoolbox_compressor.cc uses and no more, written from the public reference of the
// API. What they stand for is a test double (double.h); nothing of it is Apple's.

#ifndef NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_COREFOUNDATION_H_
#define NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_COREFOUNDATION_H_

#include <cstddef>
#include <cstdint>

typedef int32_t OSStatus;
typedef uint32_t OSType;
typedef unsigned char Boolean;
typedef long CFIndex;
typedef long CFNumberType;
typedef uint32_t CFStringEncoding;
typedef const void* CFTypeRef;
typedef const struct StandInAllocator* CFAllocatorRef;
typedef const struct StandInString* CFStringRef;
typedef const struct StandInBoolean* CFBooleanRef;
typedef const struct StandInNumber* CFNumberRef;
typedef const struct StandInArray* CFArrayRef;
typedef const struct StandInDictionary* CFDictionaryRef;
struct CFDictionaryKeyCallBacks {
  CFIndex version;
};
struct CFDictionaryValueCallBacks {
  CFIndex version;
};
struct CFArrayCallBacks {
  CFIndex version;
};

enum { noErr = 0 };
enum { kCFNumberSInt64Type = 4, kCFNumberDoubleType = 13 };
enum : CFStringEncoding { kCFStringEncodingUTF8 = 0x08000100 };

extern "C" {
extern const CFAllocatorRef kCFAllocatorDefault;
extern const CFBooleanRef kCFBooleanTrue;
extern const CFBooleanRef kCFBooleanFalse;
extern const CFDictionaryKeyCallBacks kCFTypeDictionaryKeyCallBacks;
extern const CFDictionaryValueCallBacks kCFTypeDictionaryValueCallBacks;
extern const CFArrayCallBacks kCFTypeArrayCallBacks;

CFTypeRef CFRetain(CFTypeRef object);
void CFRelease(CFTypeRef object);
Boolean CFBooleanGetValue(CFBooleanRef boolean);
CFNumberRef CFNumberCreate(CFAllocatorRef allocator, CFNumberType type, const void* value);
Boolean CFStringGetCString(CFStringRef string, char* buffer, CFIndex size, CFStringEncoding encoding);
CFArrayRef CFArrayCreate(CFAllocatorRef allocator, const void** values, CFIndex count, const CFArrayCallBacks* with);
CFIndex CFArrayGetCount(CFArrayRef array);
const void* CFArrayGetValueAtIndex(CFArrayRef array, CFIndex index);
CFDictionaryRef CFDictionaryCreate(CFAllocatorRef allocator, const void** keys, const void** values, CFIndex count,
                                   const CFDictionaryKeyCallBacks* key_with, const CFDictionaryValueCallBacks* with);
const void* CFDictionaryGetValue(CFDictionaryRef dictionary, const void* key);
}

#endif  // NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_COREFOUNDATION_H_
