// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A stand-in for a header of Apple, made for the tests: the declarations that
// hw/videotoolbox_compressor.cc uses and no more, written from the public reference of the
// API. What they stand for is a test double (double.h); nothing of it is Apple's.

#ifndef NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_COREMEDIA_H_
#define NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_COREMEDIA_H_

#include <CoreFoundation/CoreFoundation.h>

struct CMTime {
  int64_t value;
  int32_t timescale;
  uint32_t flags;
  int64_t epoch;
};
typedef OSType CMVideoCodecType;
typedef struct StandInSampleBuffer* CMSampleBufferRef;
typedef struct StandInBlockBuffer* CMBlockBufferRef;
typedef const struct StandInFormatDescription* CMFormatDescriptionRef;

enum : CMVideoCodecType { kCMVideoCodecType_H264 = 0x61766331, kCMVideoCodecType_HEVC = 0x68766331 };  // 'avc1', 'hvc1'

extern "C" {
extern const CMTime kCMTimeInvalid;
extern const CFStringRef kCMSampleAttachmentKey_IsDependedOnByOthers;

CMTime CMTimeMake(int64_t value, int32_t timescale);
Boolean CMSampleBufferDataIsReady(CMSampleBufferRef sample);
CMFormatDescriptionRef CMSampleBufferGetFormatDescription(CMSampleBufferRef sample);
CMBlockBufferRef CMSampleBufferGetDataBuffer(CMSampleBufferRef sample);
CFArrayRef CMSampleBufferGetSampleAttachmentsArray(CMSampleBufferRef sample, Boolean create);
size_t CMBlockBufferGetDataLength(CMBlockBufferRef block);
OSStatus CMBlockBufferCopyDataBytes(CMBlockBufferRef block, size_t offset, size_t size, void* to);
OSStatus CMVideoFormatDescriptionGetH264ParameterSetAtIndex(CMFormatDescriptionRef format, size_t index,
                                                            const uint8_t** set, size_t* size, size_t* count,
                                                            int* length_bytes);
OSStatus CMVideoFormatDescriptionGetHEVCParameterSetAtIndex(CMFormatDescriptionRef format, size_t index,
                                                            const uint8_t** set, size_t* size, size_t* count,
                                                            int* length_bytes);
}

#endif  // NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_COREMEDIA_H_
