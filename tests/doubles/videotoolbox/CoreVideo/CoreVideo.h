// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A stand-in for a header of Apple, made for the tests: the declarations that
// hw/videotoolbox_compressor.cc uses and no more, written from the public reference of the
// API. What they stand for is a test double (double.h); nothing of it is Apple's.

#ifndef NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_COREVIDEO_H_
#define NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_COREVIDEO_H_

#include <CoreFoundation/CoreFoundation.h>

typedef int32_t CVReturn;
typedef uint64_t CVOptionFlags;
typedef CVOptionFlags CVPixelBufferLockFlags;
typedef struct StandInPixelBuffer* CVImageBufferRef;
typedef CVImageBufferRef CVPixelBufferRef;
typedef struct StandInPixelBufferPool* CVPixelBufferPoolRef;

enum : OSType { kCVPixelFormatType_420YpCbCr8BiPlanarVideoRange = 0x34323076 };  // '420v'
enum : CVReturn {
  kCVReturnSuccess = 0,
  kCVReturnInvalidArgument = -6661,
  kCVReturnInvalidPixelFormat = -6680,
  kCVReturnInvalidSize = -6681,
};

extern "C" {
extern const CFStringRef kCVPixelBufferPixelFormatTypeKey;
extern const CFStringRef kCVPixelBufferWidthKey;
extern const CFStringRef kCVPixelBufferHeightKey;
extern const CFStringRef kCVPixelBufferIOSurfacePropertiesKey;

CVReturn CVPixelBufferPoolCreatePixelBuffer(CFAllocatorRef allocator, CVPixelBufferPoolRef pool, CVPixelBufferRef* out);
CVReturn CVPixelBufferLockBaseAddress(CVPixelBufferRef buffer, CVPixelBufferLockFlags flags);
CVReturn CVPixelBufferUnlockBaseAddress(CVPixelBufferRef buffer, CVPixelBufferLockFlags flags);
OSType CVPixelBufferGetPixelFormatType(CVPixelBufferRef buffer);
size_t CVPixelBufferGetWidth(CVPixelBufferRef buffer);
size_t CVPixelBufferGetHeight(CVPixelBufferRef buffer);
size_t CVPixelBufferGetPlaneCount(CVPixelBufferRef buffer);
void* CVPixelBufferGetBaseAddressOfPlane(CVPixelBufferRef buffer, size_t plane);
size_t CVPixelBufferGetBytesPerRowOfPlane(CVPixelBufferRef buffer, size_t plane);
}

#endif  // NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_COREVIDEO_H_
