// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/nvenc_internal.h"

#if defined(NRTC_HW_NVENC)

#include <algorithm>
#include <cmath>

#include "hw/h264_level.h"
#include "hw/hevc_stream.h"
#include "hw/nvenc_input.h"
#include "hw/picture_copy.h"

namespace nrtc::hw {
namespace {

// How many pictures' worth of bits the rate control may be ahead: one makes key
// pictures poor, many make them late.
constexpr double kVbvPictures = 5;

const GUID& NvencProfile(Profile profile) {
  switch (profile) {
    case Profile::kH264Main:
      return NV_ENC_H264_PROFILE_MAIN_GUID;
    case Profile::kH264High:
      return NV_ENC_H264_PROFILE_HIGH_GUID;
    case Profile::kHevcMain:
      return NV_ENC_HEVC_PROFILE_MAIN_GUID;
    default:
      return NV_ENC_H264_PROFILE_BASELINE_GUID;
  }
}

H264Profile NvencLevelProfile(Profile profile) {
  return profile == Profile::kH264High   ? H264Profile::kHigh
         : profile == Profile::kH264Main ? H264Profile::kMain
                                         : H264Profile::kConstrainedBaseline;
}

class NvencEncoder : public Session {
 public:
  NvencEncoder(std::unique_ptr<NvencSession> session, const StreamConfig& config)
      : s_(std::move(session)),
        api_(s_->api()),
        config_(config),
        codec_(CodecOf(config.profile)),
        guid_(NvencCodec(codec_)) {
    info_.implementation = "NVENC";
    info_.rate_mode = RateMode::kCbr;
    // 4:2:0 has no odd sizes.
    width_ = (config.width + 1) / 2 * 2;
    height_ = (config.height + 1) / 2 * 2;
  }
  ~NvencEncoder() override;

  Status Open();
  const SessionInfo& info() const override { return info_; }
  Status Encode(const Input& input, bool key, const Rates& rates, Output& output) override;

 private:
  // What is a codec's own; an error where no level allows the stream.
  Status ConfigureH264();
  Status ConfigureHevc();
  void SetRates(const Rates& rates);
  // Encodes what the picture tells of.
  Status EncodePrepared(NV_ENC_PIC_PARAMS& picture, bool key, const Rates& rates, Output& output);
  Status Read(bool key, Output& output);

  const std::unique_ptr<NvencSession> s_;
  const NV_ENCODE_API_FUNCTION_LIST& api_;
  const StreamConfig config_;
  const Codec codec_;
  const GUID& guid_;
  SessionInfo info_;
  // Whether a picture above the base layer was a reference since the last key picture.
  bool upper_references_ = false;
  int width_ = 0;
  int height_ = 0;
  Rates rates_;
  NV_ENC_CONFIG encode_{};
  NV_ENC_INITIALIZE_PARAMS parameters_{};
  std::unique_ptr<NvencInput> input_;
  void* bitstream_ = nullptr;
  bool started_ = false;
  uint32_t number_ = 0;
};

NvencEncoder::~NvencEncoder() {
  NvencSession::Current current(*s_);
  if (bitstream_ != nullptr) api_.nvEncDestroyBitstreamBuffer(s_->encoder(), bitstream_);
  input_.reset();
}

void NvencEncoder::SetRates(const Rates& rates) {
  rates_ = rates;
  const double framerate = std::max(rates.framerate, 1.0);
  parameters_.frameRateNum = static_cast<uint32_t>(std::lround(framerate * 1000));
  parameters_.frameRateDen = 1000;
  NV_ENC_RC_PARAMS& rc = encode_.rcParams;
  rc.rateControlMode = NV_ENC_PARAMS_RC_CBR;
  rc.averageBitRate = rates.bitrate_bps;
  rc.maxBitRate = rates.bitrate_bps;
  rc.vbvBufferSize = static_cast<uint32_t>(rates.bitrate_bps / framerate * kVbvPictures);
  rc.vbvInitialDelay = rc.vbvBufferSize;
}

Status NvencEncoder::ConfigureH264() {
  const int layers = info_.temporal_layers;
  const int references = layers == 3 ? 2 : 1;
  const int level = ChooseH264Level(NvencLevelProfile(config_.profile), width_, height_, config_.rates.framerate,
                                    std::max(config_.max_bitrate_bps, config_.rates.bitrate_bps), references);
  if (level == 0) return Status("no H.264 level allows this size, framerate and bitrate");
  NV_ENC_CONFIG_H264& h264 = encode_.encodeCodecConfig.h264Config;
  h264.idrPeriod = NVENC_INFINITE_GOPLENGTH;
  h264.repeatSPSPPS = 1;
  h264.outputAUD = 0;
  h264.sliceMode = 0;  // the picture is one slice
  h264.sliceModeData = 0;
  h264.level = static_cast<uint32_t>(level);
  h264.maxNumRefFrames = static_cast<uint32_t>(references);
  if (layers > 1) {
    h264.enableTemporalSVC = 1;
    h264.numTemporalLayers = h264.maxTemporalLayers = static_cast<uint32_t>(layers);
    h264.disableSVCPrefixNalu = 1;  // a unit that decoders of calls have no use for
  }
  h264.entropyCodingMode = config_.profile == Profile::kH264ConstrainedBaseline ? NV_ENC_H264_ENTROPY_CODING_MODE_CAVLC
                                                                                : NV_ENC_H264_ENTROPY_CODING_MODE_CABAC;
  h264.h264VUIParameters.bitstreamRestrictionFlag = 1;  // without this a decoder may hold frames back
  h264.chromaFormatIDC = 1;
  return Status();
}

Status NvencEncoder::ConfigureHevc() {
  const int level = ChooseHevcLevel(width_, height_, config_.rates.framerate,
                                    std::max(config_.max_bitrate_bps, config_.rates.bitrate_bps));
  if (level == 0) return Status("no H.265 level allows this size, framerate and bitrate");
  NV_ENC_CONFIG_HEVC& hevc = encode_.encodeCodecConfig.hevcConfig;
  hevc.level = static_cast<uint32_t>(level);
  hevc.tier = NV_ENC_TIER_HEVC_MAIN;
  hevc.idrPeriod = NVENC_INFINITE_GOPLENGTH;
  hevc.repeatSPSPPS = 1;
  hevc.outputAUD = 0;
  hevc.sliceMode = 0;  // the picture is one slice
  hevc.sliceModeData = 0;
  hevc.maxNumRefFramesInDPB = 1;
  hevc.chromaFormatIDC = 1;
  hevc.pixelBitDepthMinus8 = 0;
  return Status();
}

Status NvencEncoder::Open() {
  NvencSession::Current current(*s_);
  const int max_width = s_->Capability(guid_, NV_ENC_CAPS_WIDTH_MAX);
  const int max_height = s_->Capability(guid_, NV_ENC_CAPS_HEIGHT_MAX);
  if ((max_width > 0 && width_ > max_width) || (max_height > 0 && height_ > max_height)) {
    return Status("the device encodes no more than " + std::to_string(max_width) + "x" + std::to_string(max_height));
  }
  if (width_ < s_->Capability(guid_, NV_ENC_CAPS_WIDTH_MIN) || height_ < s_->Capability(guid_, NV_ENC_CAPS_HEIGHT_MIN)) {
    return Status("the device encodes no picture as small");
  }
  info_.temporal_layers = std::clamp(config_.temporal_layers, 1, s_->TemporalLayers(codec_));

  NV_ENC_PRESET_CONFIG preset{};
  preset.version = NV_ENC_PRESET_CONFIG_VER;
  preset.presetCfg.version = NV_ENC_CONFIG_VER;
  Status status = s_->Check(
      api_.nvEncGetEncodePresetConfigEx(s_->encoder(), guid_, NV_ENC_PRESET_P4_GUID,
                                        NV_ENC_TUNING_INFO_ULTRA_LOW_LATENCY, &preset),
      "tell a preset");
  if (!status.ok()) return status;
  encode_ = preset.presetCfg;
  encode_.version = NV_ENC_CONFIG_VER;
  encode_.profileGUID = NvencProfile(config_.profile);
  encode_.gopLength = NVENC_INFINITE_GOPLENGTH;  // key pictures on request only
  encode_.frameIntervalP = 1;                    // no B frames
  encode_.rcParams.version = NV_ENC_RC_PARAMS_VER;
  encode_.rcParams.enableLookahead = 0;
  encode_.rcParams.zeroReorderDelay = 1;
  encode_.rcParams.enableMaxQP = config_.max_qp < 51;
  const auto max_qp = static_cast<uint32_t>(config_.max_qp);
  encode_.rcParams.maxQP = {max_qp, max_qp, max_qp};
  encode_.rcParams.enableAQ = config_.screen ? 0 : 1;  // it takes bits from edges, of which text consists
  status = codec_ == Codec::kHevc ? ConfigureHevc() : ConfigureH264();
  if (!status.ok()) return status;

  parameters_.version = NV_ENC_INITIALIZE_PARAMS_VER;
  parameters_.encodeGUID = guid_;
  parameters_.presetGUID = NV_ENC_PRESET_P4_GUID;
  parameters_.tuningInfo = NV_ENC_TUNING_INFO_ULTRA_LOW_LATENCY;
  parameters_.encodeWidth = parameters_.darWidth = parameters_.maxEncodeWidth = static_cast<uint32_t>(width_);
  parameters_.encodeHeight = parameters_.darHeight = parameters_.maxEncodeHeight = static_cast<uint32_t>(height_);
  parameters_.enablePTD = 1;
  parameters_.encodeConfig = &encode_;
  SetRates(config_.rates);
  status = s_->Check(api_.nvEncInitializeEncoder(s_->encoder(), &parameters_), "start an encoder");
  if (!status.ok()) return status;

  input_ = std::make_unique<NvencInput>(*s_, width_, height_);
  status = input_->Open();
  if (!status.ok()) return status;
  // What lies behind the pixels of an odd row is not known.
  if (width_ == config_.width && height_ == config_.height) info_.native_formats = input_->formats(NvencCodec(CodecOf(config_.profile)));
  info_.cuda_device = s_->device();
  info_.cuda_context = s_->context();
  NV_ENC_CREATE_BITSTREAM_BUFFER out{};
  out.version = NV_ENC_CREATE_BITSTREAM_BUFFER_VER;
  status = s_->Check(api_.nvEncCreateBitstreamBuffer(s_->encoder(), &out), "make a buffer for the stream");
  bitstream_ = out.bitstreamBuffer;
  return status;
}

Status NvencEncoder::Read(bool key, Output& output) {
  NV_ENC_LOCK_BITSTREAM lock{};
  lock.version = NV_ENC_LOCK_BITSTREAM_VER;
  lock.outputBitstream = bitstream_;
  Status status = s_->Check(api_.nvEncLockBitstream(s_->encoder(), &lock), "finish a picture");
  if (!status.ok()) return status;
  const auto* bytes = static_cast<const uint8_t*>(lock.bitstreamBufferPtr);
  output.data.assign(bytes, bytes + lock.bitstreamSizeInBytes);
  output.qp = static_cast<int>(lock.frameAvgQP);
  output.temporal_index = static_cast<int>(lock.temporalId);
  status = s_->Check(api_.nvEncUnlockBitstream(s_->encoder(), bitstream_), "unlock the stream");
  if (!status.ok()) return status;
  if (codec_ == Codec::kHevc) {
    const HevcContents found = InspectHevc(output.data);
    if (!found.slice || found.idr != key || (key && !found.parameter_sets)) {
      return Status("the driver's stream holds no picture as asked for");
    }
    output.temporal_index = 0;
    return status;
  }
  H264Contents found = InspectH264(output.data);
  if (!found.slice || found.idr != key || (key && !found.parameter_sets)) {
    return Status("the driver's stream holds no picture as asked for");
  }
  if (output.temporal_index >= info_.temporal_layers || (key && output.temporal_index != 0)) {
    return Status("the driver tells of a temporal layer that was not asked for");
  }
  // What the driver refers to it does not tell: surely to the base layer as long as nothing
  // else was a reference.
  if (key) upper_references_ = false;
  output.layer_sync = info_.temporal_layers > 1 && (key || output.temporal_index > 0) && !upper_references_;
  upper_references_ = upper_references_ || (output.temporal_index > 0 && found.reference);
  return status;
}

Status NvencEncoder::Encode(const Input& input, bool key, const Rates& rates, Output& output) {
  if (input.width != config_.width || input.height != config_.height) return Status("a picture of another size");
  NvencSession::Current current(*s_);
  NV_ENC_PIC_PARAMS picture{};
  Status status = input_->Prepare(input, picture);
  if (status.ok()) status = EncodePrepared(picture, key || !started_, rates, output);
  input_->Done();
  return status;
}

Status NvencEncoder::EncodePrepared(NV_ENC_PIC_PARAMS& p, bool key, const Rates& rates, Output& output) {
  Status status;
  if (!(rates == rates_)) {
    SetRates(rates);
    NV_ENC_RECONFIGURE_PARAMS r{};
    r.version = NV_ENC_RECONFIGURE_PARAMS_VER;
    r.reInitEncodeParams = parameters_;
    status = s_->Check(api_.nvEncReconfigureEncoder(s_->encoder(), &r), "change the bitrate");
    if (!status.ok()) return status;
  }
  p.version = NV_ENC_PIC_PARAMS_VER;
  p.pictureStruct = NV_ENC_PIC_STRUCT_FRAME;
  p.inputWidth = static_cast<uint32_t>(width_);
  p.inputHeight = static_cast<uint32_t>(height_);
  p.outputBitstream = bitstream_;
  p.frameIdx = number_++;
  p.inputTimeStamp = p.frameIdx;
  if (key) p.encodePicFlags = NV_ENC_PIC_FLAG_FORCEIDR | NV_ENC_PIC_FLAG_OUTPUT_SPSPPS;
  status = s_->Check(api_.nvEncEncodePicture(s_->encoder(), &p), "encode a picture");
  if (status.ok()) status = Read(key, output);
  if (!status.ok()) return status;
  started_ = true;
  output.key = key;
  return status;
}

}  // namespace

std::unique_ptr<Session> OpenNvenc(std::unique_ptr<NvencSession> session, const StreamConfig& config,
                                       Status& status) {
  auto encoder = std::make_unique<NvencEncoder>(std::move(session), config);
  status = encoder->Open();
  if (!status.ok()) return nullptr;
  return encoder;
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_NVENC
