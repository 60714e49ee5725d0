// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/videotoolbox_properties.h"

#include <algorithm>

#include "hw/h264_level.h"

namespace nrtc::hw {
namespace {

// As libwebrtc's own encoder: a second may have half as much again as is meant on average.
constexpr int64_t kLimitTimes2 = 3;

// The levels of H.264 that there are constants of; baseline alone has the first.
constexpr int kVideoToolboxLevels[] = {13, 30, 31, 32, 40, 41, 42, 50, 51, 52};
constexpr int kLowestButBaseline = 30;

std::string LevelName(Profile profile, int level) {
  const char* name = profile == Profile::kH264High   ? "H264_High_"
                     : profile == Profile::kH264Main ? "H264_Main_"
                                                     : "H264_Baseline_";
  return name + std::to_string(level / 10) + "_" + std::to_string(level % 10);
}

// The lowest level that allows the stream; empty if there is no constant of one.
std::string ExplicitLevel(const StreamConfig& config) {
  if (VideoToolboxSyntax(config.profile) != NalSyntax::kH264) return "";
  const H264Profile profile = config.profile == Profile::kH264High   ? H264Profile::kHigh
                              : config.profile == Profile::kH264Main ? H264Profile::kMain
                                                                     : H264Profile::kConstrainedBaseline;
  const int needed =
      ChooseH264Level(profile, config.width, config.height, config.rates.framerate,
                      std::max(config.max_bitrate_bps, config.rates.bitrate_bps), /*max_num_ref_frames=*/1);
  if (needed == 0) return "";
  for (int level : kVideoToolboxLevels) {
    if (level < kLowestButBaseline && config.profile != Profile::kH264ConstrainedBaseline) continue;
    if (level >= needed) return LevelName(config.profile, level);
  }
  return "";
}

// Where VideoToolbox chooses the level, best first.
std::vector<std::string> AutoLevels(Profile profile) {
  switch (profile) {
    case Profile::kHevcMain:
      return {"HEVC_Main_AutoLevel"};
    case Profile::kH264High:
      return {"H264_High_AutoLevel"};
    case Profile::kH264Main:
      return {"H264_Main_AutoLevel"};
    default:
      return {"H264_ConstrainedBaseline_AutoLevel", "H264_Baseline_AutoLevel"};
  }
}

struct StatusName {
  int32_t status;
  const char* name;
  const char* meaning;
};

constexpr int32_t kInvalidSession = -12903;

constexpr StatusName kStatusNames[] = {
    {-12900, "kVTPropertyNotSupportedErr", "the encoder does not know the property"},
    {-12901, "kVTPropertyReadOnlyErr", "the property cannot be set"},
    {-12902, "kVTParameterErr", "a parameter is not allowed"},
    {kInvalidSession, "kVTInvalidSessionErr", "the session is no longer valid, as after sleep or in the background"},
    {-12904, "kVTAllocationFailedErr", "memory is short"},
    {-12905, "kVTPixelTransferNotSupportedErr", "the encoder does not take pictures of this kind"},
    {-12907, "kVTCouldNotCreateInstanceErr", "the encoder could not be made"},
    {-12908, "kVTCouldNotFindVideoEncoderErr", "there is no encoder as was asked for"},
    {-12912, "kVTVideoEncoderMalfunctionErr", "the encoder failed"},
    {-12915, "kVTVideoEncoderNotAvailableNowErr", "all encoders are taken, or the machine is a virtual one"},
    {-12211, "kVTVideoEncoderAuthorizationErr", "the process may not use the encoder"},
    {-17691, "kVTSessionMalfunctionErr", "the session failed"},
    {-12700, "kCMBlockBufferStructureAllocationFailedErr", "memory is short"},
    {-12706, "kCMBlockBufferEmptyBBufErr", "the stream is empty"},
    {-12710, "kCMFormatDescriptionError_InvalidParameter", "the stream has no such parameter sets"},
    {-6660, "kCVReturnError", "CoreVideo failed"},
    {-6661, "kCVReturnInvalidArgument", "an argument is not allowed"},
    {-6662, "kCVReturnAllocationFailed", "memory is short"},
    {-6680, "kCVReturnInvalidPixelFormat", "the buffer is of another format"},
    {-6681, "kCVReturnInvalidSize", "the buffer is of another size"},
    {-6689, "kCVReturnWouldExceedAllocationThreshold", "too many buffers are in use"},
    {-6690, "kCVReturnPoolAllocationFailed", "there is no pool of buffers"},
};

}  // namespace

NalSyntax VideoToolboxSyntax(Profile profile) {
  return profile == Profile::kHevcMain ? NalSyntax::kHevc : NalSyntax::kH264;
}

std::vector<VideoToolboxRequest> VideoToolboxRequests(const StreamConfig& config) {
  const std::string level = ExplicitLevel(config);
  std::vector<VideoToolboxRequest> requests;
  for (bool hardware : {true, false}) {
    if (!hardware && config.require_hardware) continue;
    for (bool low_latency : {true, false}) {
      // Low latency is documented for profiles without a level only, and for hardware.
      if (low_latency && !hardware) continue;
      if (!low_latency && !level.empty()) requests.push_back({low_latency, hardware, level});
      for (const std::string& chosen : AutoLevels(config.profile)) requests.push_back({low_latency, hardware, chosen});
    }
  }
  return requests;
}

DataRateLimit VideoToolboxDataRateLimit(uint32_t bitrate_bps) {
  return {std::max<int64_t>(int64_t{bitrate_bps} * kLimitTimes2 / 2 / 8, 1), 1};
}

std::string OsStatusText(int32_t status) {
  for (const StatusName& s : kStatusNames) {
    if (s.status == status) return std::string(s.name) + " (" + std::to_string(status) + "): " + s.meaning;
  }
  std::string text = "OSStatus " + std::to_string(status);
  // Older parts of the system answer with four letters.
  std::string letters;
  for (int shift = 24; shift >= 0; shift -= 8) letters += static_cast<char>(static_cast<uint32_t>(status) >> shift & 255);
  const bool readable = std::all_of(letters.begin(), letters.end(), [](char c) { return c >= ' ' && c <= '~'; });
  return readable ? text + " ('" + letters + "')" : text;
}

bool IsInvalidSession(int32_t status) {
  return status == kInvalidSession;
}

}  // namespace nrtc::hw
