// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A stand-in for a header of Apple, made for the tests: the declarations that
// hw/videotoolbox_compressor.cc uses and no more, written from the public reference of the
// API. What they stand for is a test double (double.h); nothing of it is Apple's.

#ifndef NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_VIDEOTOOLBOX_H_
#define NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_VIDEOTOOLBOX_H_

#include <CoreMedia/CoreMedia.h>
#include <CoreVideo/CoreVideo.h>

typedef CFTypeRef VTSessionRef;
typedef struct StandInCompressionSession* VTCompressionSessionRef;
typedef uint32_t VTEncodeInfoFlags;
typedef void (*VTCompressionOutputCallback)(void* of_session, void* of_frame, OSStatus status, VTEncodeInfoFlags flags,
                                            CMSampleBufferRef sample);

enum : VTEncodeInfoFlags { kVTEncodeInfo_Asynchronous = 1, kVTEncodeInfo_FrameDropped = 2 };
enum : OSStatus {
  kVTPropertyNotSupportedErr = -12900,
  kVTParameterErr = -12902,
  kVTInvalidSessionErr = -12903,
  kVTCouldNotCreateInstanceErr = -12907,
  kVTCouldNotFindVideoEncoderErr = -12908,
  kVTVideoEncoderMalfunctionErr = -12912,
  kVTVideoEncoderNotAvailableNowErr = -12915,
};

// All the constants that are strings, so that the double need not repeat them.
#define NRTC_STAND_IN_STRINGS(X) \
  X(kVTCompressionPropertyKey_AllowFrameReordering) \
  X(kVTCompressionPropertyKey_AverageBitRate) \
  X(kVTCompressionPropertyKey_BaseLayerFrameRateFraction) \
  X(kVTCompressionPropertyKey_DataRateLimits) \
  X(kVTCompressionPropertyKey_EncoderID) \
  X(kVTCompressionPropertyKey_ExpectedFrameRate) \
  X(kVTCompressionPropertyKey_H264EntropyMode) \
  X(kVTCompressionPropertyKey_MaxAllowedFrameQP) \
  X(kVTCompressionPropertyKey_MaxFrameDelayCount) \
  X(kVTCompressionPropertyKey_MaxKeyFrameInterval) \
  X(kVTCompressionPropertyKey_MaxKeyFrameIntervalDuration) \
  X(kVTCompressionPropertyKey_ProfileLevel) \
  X(kVTCompressionPropertyKey_RealTime) \
  X(kVTCompressionPropertyKey_UsingHardwareAcceleratedVideoEncoder) \
  X(kVTEncodeFrameOptionKey_ForceKeyFrame) \
  X(kVTH264EntropyMode_CABAC) \
  X(kVTVideoEncoderSpecification_EnableHardwareAcceleratedVideoEncoder) \
  X(kVTVideoEncoderSpecification_EnableLowLatencyRateControl) \
  X(kVTVideoEncoderSpecification_RequireHardwareAcceleratedVideoEncoder) \
  X(kVTProfileLevel_H264_ConstrainedBaseline_AutoLevel) \
  X(kVTProfileLevel_H264_Baseline_AutoLevel) \
  X(kVTProfileLevel_H264_Main_AutoLevel) \
  X(kVTProfileLevel_H264_High_AutoLevel) \
  X(kVTProfileLevel_HEVC_Main_AutoLevel) \
  X(kVTProfileLevel_H264_Baseline_1_3) \
  X(kVTProfileLevel_H264_Baseline_3_0) \
  X(kVTProfileLevel_H264_Baseline_3_1) \
  X(kVTProfileLevel_H264_Baseline_3_2) \
  X(kVTProfileLevel_H264_Baseline_4_0) \
  X(kVTProfileLevel_H264_Baseline_4_1) \
  X(kVTProfileLevel_H264_Baseline_4_2) \
  X(kVTProfileLevel_H264_Baseline_5_0) \
  X(kVTProfileLevel_H264_Baseline_5_1) \
  X(kVTProfileLevel_H264_Baseline_5_2) \
  X(kVTProfileLevel_H264_Main_3_0) \
  X(kVTProfileLevel_H264_Main_3_1) \
  X(kVTProfileLevel_H264_Main_3_2) \
  X(kVTProfileLevel_H264_Main_4_0) \
  X(kVTProfileLevel_H264_Main_4_1) \
  X(kVTProfileLevel_H264_Main_4_2) \
  X(kVTProfileLevel_H264_Main_5_0) \
  X(kVTProfileLevel_H264_Main_5_1) \
  X(kVTProfileLevel_H264_Main_5_2) \
  X(kVTProfileLevel_H264_High_3_0) \
  X(kVTProfileLevel_H264_High_3_1) \
  X(kVTProfileLevel_H264_High_3_2) \
  X(kVTProfileLevel_H264_High_4_0) \
  X(kVTProfileLevel_H264_High_4_1) \
  X(kVTProfileLevel_H264_High_4_2) \
  X(kVTProfileLevel_H264_High_5_0) \
  X(kVTProfileLevel_H264_High_5_1) \
  X(kVTProfileLevel_H264_High_5_2)

extern "C" {
#define NRTC_STAND_IN_DECLARE(name) extern const CFStringRef name;
NRTC_STAND_IN_STRINGS(NRTC_STAND_IN_DECLARE)
#undef NRTC_STAND_IN_DECLARE

OSStatus VTCompressionSessionCreate(CFAllocatorRef allocator, int32_t width, int32_t height, CMVideoCodecType codec,
                                    CFDictionaryRef specification, CFDictionaryRef source, CFAllocatorRef data_allocator,
                                    VTCompressionOutputCallback callback, void* of_session,
                                    VTCompressionSessionRef* out);
OSStatus VTCompressionSessionPrepareToEncodeFrames(VTCompressionSessionRef session);
CVPixelBufferPoolRef VTCompressionSessionGetPixelBufferPool(VTCompressionSessionRef session);
OSStatus VTCompressionSessionEncodeFrame(VTCompressionSessionRef session, CVImageBufferRef image, CMTime time,
                                         CMTime duration, CFDictionaryRef properties, void* of_frame,
                                         VTEncodeInfoFlags* flags);
OSStatus VTCompressionSessionCompleteFrames(VTCompressionSessionRef session, CMTime until);
void VTCompressionSessionInvalidate(VTCompressionSessionRef session);
OSStatus VTSessionSetProperty(VTSessionRef session, CFStringRef key, CFTypeRef value);
OSStatus VTSessionCopyProperty(VTSessionRef session, CFStringRef key, CFAllocatorRef allocator, void* out);
}

#endif  // NRTC_TESTS_DOUBLES_VIDEOTOOLBOX_VIDEOTOOLBOX_H_
