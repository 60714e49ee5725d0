// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/codec_formats.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/match.h"
#include "modules/video_coding/svc/create_scalability_structure.h"

#if !defined(RTC_ENABLE_H265) && defined(__linux__)
// RtpPacketizerH265::NextPacket, which is linked where libwebrtc was built with H.265.
extern "C" __attribute__((weak, visibility("default"))) void nrtc_hw_h265_packetizer() __asm__(
    "_ZN6webrtc17RtpPacketizerH26510NextPacketEPNS_15RtpPacketToSendE");
#endif

namespace nrtc::hw {
namespace {

constexpr double kMostFramesPerSecond = 240;

bool SendsH265() {
#if defined(RTC_ENABLE_H265)
  return true;
#elif defined(__linux__)
  return nrtc_hw_h265_packetizer != nullptr;
#else
  return false;
#endif
}

// A parameter of a format, or what it is without.
std::string ParameterOf(const webrtc::SdpVideoFormat& format, const char* name, const char* otherwise) {
  auto found = format.parameters.find(name);
  return found != format.parameters.end() ? found->second : otherwise;
}

bool IsOfH264Profile(const webrtc::SdpVideoFormat& format, Profile profile) {
  // A slice for each packet, as mode 0 wants, is more than hardware can be asked for.
  if (ParameterOf(format, "packetization-mode", "0") != "1") return false;
  auto wanted = webrtc::ParseSdpForH264ProfileLevelId(format.parameters);
  if (!wanted) return false;
  switch (wanted->profile) {
    case webrtc::H264Profile::kProfileConstrainedBaseline:
    case webrtc::H264Profile::kProfileBaseline:
      return profile == Profile::kH264ConstrainedBaseline;
    case webrtc::H264Profile::kProfileMain:
      return profile == Profile::kH264Main;
    case webrtc::H264Profile::kProfileConstrainedHigh:
    case webrtc::H264Profile::kProfileHigh:
      return profile == Profile::kH264High;
    default:
      return false;
  }
}

void DescribeVp9(const StreamConfig& config, const Output& output, uint8_t layer, webrtc::CodecSpecificInfoVP9& vp9) {
  vp9.first_frame_in_picture = true;
  vp9.inter_pic_predicted = !output.key;
  // Each picture names those that it was predicted from.
  vp9.flexible_mode = true;
  vp9.ss_data_available = output.key;
  vp9.non_ref_for_inter_layer_pred = true;
  vp9.temporal_idx = layer;
  vp9.temporal_up_switch = output.layer_sync && !output.key;
  vp9.gof_idx = webrtc::kNoGofIdx;
  vp9.num_spatial_layers = 1;
  if (output.key) {
    vp9.spatial_layer_resolution_present = true;
    vp9.width[0] = static_cast<uint16_t>(config.width);
    vp9.height[0] = static_cast<uint16_t>(config.height);
  }
  for (int distance : output.distances) {
    if (vp9.num_ref_pics < webrtc::kMaxVp9RefPics) {
      vp9.p_diff[vp9.num_ref_pics++] = static_cast<uint8_t>(distance);
    }
  }
}

webrtc::ScalabilityMode ModeOf(int temporal_layers) {
  using Mode = webrtc::ScalabilityMode;
  return temporal_layers == 1 ? Mode::kL1T1 : temporal_layers == 2 ? Mode::kL1T2 : Mode::kL1T3;
}

// AV1's packets say nothing of layers: the dependency descriptor does.
void DescribeAv1(const StreamConfig& config, const Output& output, int temporal_layers, webrtc::CodecSpecificInfo& info) {
  // libwebrtc's structures have the references of ours.
  webrtc::FrameDependencyStructure structure =
      webrtc::CreateScalabilityStructure(ModeOf(temporal_layers))->DependencyStructure();
  webrtc::GenericFrameInfo frame;
  frame.temporal_id = output.temporal_index;
  for (const auto& t : structure.templates) {
    if (t.temporal_id == output.temporal_index) frame.decode_target_indications = t.decode_target_indications;
  }
  for (int i = 0; output.kept_buffers >> i != 0 || i <= output.used_buffer; ++i) {
    const bool kept = (output.kept_buffers >> i & 1) != 0;
    if (kept || i == output.used_buffer) frame.encoder_buffers.emplace_back(i, i == output.used_buffer, kept);
  }
  frame.part_of_chain.assign(static_cast<size_t>(structure.num_chains), output.temporal_index == 0);
  frame.active_decode_targets = (uint32_t{1} << structure.num_decode_targets) - 1;
  info.generic_frame_info = frame;
  if (!output.key) return;
  structure.resolutions = {webrtc::RenderResolution(config.width, config.height)};
  info.template_structure = structure;
}

}  // namespace

webrtc::SdpVideoFormat FormatOf(Profile profile) {
  // Level 3.1, as browsers write whatever they can do: the level that is offered
  // limits what is received, and level asymmetry is allowed.
  auto h264 = [](const char* id) {
    return webrtc::SdpVideoFormat(
        "H264", {{"profile-level-id", id}, {"level-asymmetry-allowed", "1"}, {"packetization-mode", "1"}});
  };
  switch (profile) {
    case Profile::kH264Main:
      return h264("4d001f");
    case Profile::kH264High:
      return h264("640c1f");
    case Profile::kVp8:
      return webrtc::SdpVideoFormat("VP8");
    case Profile::kVp9Profile0:
      return webrtc::SdpVideoFormat("VP9", {{"profile-id", "0"}});
    case Profile::kHevcMain:
      return webrtc::SdpVideoFormat(
          "H265", {{"profile-id", "1"}, {"tier-flag", "0"}, {"level-id", "93"}, {"tx-mode", "SRST"}});
    case Profile::kAv1Main:
      return webrtc::SdpVideoFormat("AV1", {{"profile", "0"}, {"level-idx", "5"}, {"tier", "0"}});
    default:
      return h264("42e01f");
  }
}

bool IsOfProfile(const webrtc::SdpVideoFormat& format, Profile profile) {
  const Codec codec = CodecOf(profile);
  if (!absl::EqualsIgnoreCase(format.name, Name(codec))) return false;
  switch (codec) {
    case Codec::kH264:
      return IsOfH264Profile(format, profile);
    case Codec::kVp9:
      return ParameterOf(format, "profile-id", "0") == "0";
    case Codec::kHevc:
      return ParameterOf(format, "profile-id", "1") == "1" && ParameterOf(format, "tx-mode", "SRST") == "SRST";
    case Codec::kAv1:
      return ParameterOf(format, "profile", "0") == "0";
    default:
      return true;
  }
}

std::string WhyNotOffered(Profile profile) {
  if (CodecOf(profile) == Codec::kHevc && !SendsH265()) return "this libwebrtc was built without H265";
  return "";
}

size_t RankOf(const std::string& name, const std::vector<std::string>& names) {
  auto found = std::find_if(names.begin(), names.end(),
                            [&](const std::string& other) { return absl::EqualsIgnoreCase(name, other); });
  return static_cast<size_t>(found - names.begin());
}

webrtc::VideoCodecType TypeOf(Codec codec) {
  switch (codec) {
    case Codec::kVp8:
      return webrtc::kVideoCodecVP8;
    case Codec::kVp9:
      return webrtc::kVideoCodecVP9;
    case Codec::kHevc:
      return webrtc::kVideoCodecH265;
    case Codec::kAv1:
      return webrtc::kVideoCodecAV1;
    default:
      return webrtc::kVideoCodecH264;
  }
}

int SpatialLayersOf(const webrtc::VideoCodec& codec) {
  if (auto mode = codec.GetScalabilityMode()) return webrtc::ScalabilityModeToNumSpatialLayers(*mode);
  return codec.codecType == webrtc::kVideoCodecVP9 ? codec.VP9().numberOfSpatialLayers : 1;
}

double UsableFramerate(double framerate, double otherwise) {
  return std::isfinite(framerate) && framerate > 0 ? std::min(std::max(framerate, 1.0), kMostFramesPerSecond)
                                                   : otherwise;
}

StreamConfig ConfigOf(const webrtc::VideoCodec& codec, Profile profile) {
  StreamConfig c;
  c.profile = profile;
  c.width = codec.width;
  c.height = codec.height;
  c.rates.bitrate_bps = codec.startBitrate * 1000;
  c.rates.framerate = UsableFramerate(codec.maxFramerate, 30);
  c.max_bitrate_bps = codec.maxBitrate * 1000;
  c.screen = codec.mode == webrtc::VideoCodecMode::kScreensharing;
  // libwebrtc counts quantisers of H.264 and H.265 as these do, those of the others up to 63.
  const int coarsest = MaxQuantiser(CodecOf(profile));
  const int count = coarsest == 51 ? 51 : 63;
  c.max_qp = codec.qpMax > 0 ? std::min(static_cast<int>(codec.qpMax), count) * coarsest / count : coarsest;
  int layers = 1;
  if (codec.codecType == webrtc::kVideoCodecH264) layers = codec.H264().numberOfTemporalLayers;
  if (codec.codecType == webrtc::kVideoCodecVP8) layers = codec.VP8().numberOfTemporalLayers;
  if (codec.codecType == webrtc::kVideoCodecVP9) layers = codec.VP9().numberOfTemporalLayers;
  if (codec.numberOfSimulcastStreams == 1) {
    layers = std::max<int>(layers, codec.simulcastStream[0].numberOfTemporalLayers);
  }
  if (auto mode = codec.GetScalabilityMode()) layers = webrtc::ScalabilityModeToNumTemporalLayers(*mode);
  c.temporal_layers = std::clamp(layers, 1, 3);
  return c;
}

webrtc::VideoEncoder::QpThresholds QpThresholdsOf(Codec codec) {
  // As libwebrtc's own encoders, and those of Android.
  switch (codec) {
    case Codec::kVp8:
      return {29, 95};
    case Codec::kVp9:
      return {96, 185};
    case Codec::kAv1:
      return {145, 205};
    default:
      return {24, 37};
  }
}

void Describe(const StreamConfig& config, const Output& output, int temporal_layers, webrtc::CodecSpecificInfo& info) {
  const Codec codec = CodecOf(config.profile);
  const uint8_t layer = temporal_layers > 1 ? static_cast<uint8_t>(output.temporal_index) : webrtc::kNoTemporalIdx;
  info.codecType = TypeOf(codec);
  compat::SetScalabilityMode(info, ModeOf(temporal_layers));
  switch (codec) {
    case Codec::kH264:
      info.codecSpecific.H264.packetization_mode = webrtc::H264PacketizationMode::NonInterleaved;
      info.codecSpecific.H264.temporal_idx = layer;
      info.codecSpecific.H264.base_layer_sync = output.layer_sync;
      info.codecSpecific.H264.idr_frame = output.key;
      break;
    case Codec::kVp8:
      // The highest layer of several is nobody's reference.
      info.codecSpecific.VP8.nonReference = temporal_layers > 1 && output.temporal_index == temporal_layers - 1;
      info.codecSpecific.VP8.temporalIdx = layer;
      info.codecSpecific.VP8.layerSync = output.layer_sync && output.temporal_index > 0;
      info.codecSpecific.VP8.keyIdx = webrtc::kNoKeyIdx;
      break;
    case Codec::kVp9:
      DescribeVp9(config, output, layer, info.codecSpecific.VP9);
      break;
    case Codec::kAv1:
      DescribeAv1(config, output, temporal_layers, info);
      break;
#if !defined(NRTC_LIBWEBRTC_M150)
    case Codec::kHevc:
      info.codecSpecific.H265.packetization_mode = webrtc::H265PacketizationMode::NonInterleaved;
      info.codecSpecific.H265.idr_frame = output.key;
      break;
#endif
    default:
      break;
  }
}

}  // namespace nrtc::hw
