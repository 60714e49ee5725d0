// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/video_encoder.h"

#include <algorithm>

#include "hw/codec_formats.h"
#include "hw/devices.h"
#include "hw/native_buffer.h"
#include "hw/session_count.h"
#include "rtc_base/logging.h"

namespace nrtc::hw {
namespace {

// How often in a row a device may refuse the memory of pictures before it is not asked any more.
constexpr int kMostRefusals = 3;
// How often a stream goes to where the memory of its pictures is.
constexpr int kMostMoves = 3;

// The picture for a session; false if it cannot be read.
bool MapInput(webrtc::scoped_refptr<webrtc::VideoFrameBuffer> buffer, Input& input) {
  using Type = webrtc::VideoFrameBuffer::Type;
  const Type type = buffer->type();
  if (type != Type::kI420 && type != Type::kI420A && type != Type::kNV12) {
    buffer = buffer->ToI420();
    if (!buffer) return false;
  }
  input.width = buffer->width();
  input.height = buffer->height();
  if (buffer->type() == Type::kNV12) {
    const auto* b = buffer->GetNV12();
    input.format = PixelFormat::kNV12;
    input.data[0] = b->DataY();
    input.data[1] = b->DataUV();
    input.stride[0] = b->StrideY();
    input.stride[1] = b->StrideUV();
  } else {
    const auto* b = buffer->GetI420();
    input.format = PixelFormat::kI420;
    input.data[0] = b->DataY();
    input.data[1] = b->DataU();
    input.data[2] = b->DataV();
    input.stride[0] = b->StrideY();
    input.stride[1] = b->StrideU();
    input.stride[2] = b->StrideV();
  }
  input.owner = std::make_shared<webrtc::scoped_refptr<webrtc::VideoFrameBuffer>>(std::move(buffer));
  return true;
}

}  // namespace

HardwareVideoEncoder::HardwareVideoEncoder(Profile profile, std::vector<DeviceChoice> devices,
                                           const EncoderOptions& options, std::shared_ptr<EncoderHealth> health)
    : profile_(profile), devices_(std::move(devices)), options_(options), health_(std::move(health)) {}

HardwareVideoEncoder::~HardwareVideoEncoder() = default;

int HardwareVideoEncoder::InitEncode(const webrtc::VideoCodec* codec, const Settings&) {
  Release();
  if (codec == nullptr || codec->codecType != TypeOf(CodecOf(profile_)) || codec->width < 1 || codec->height < 1) {
    return WEBRTC_VIDEO_CODEC_ERR_PARAMETER;
  }
  if (codec->numberOfSimulcastStreams > 1) return WEBRTC_VIDEO_CODEC_ERR_SIMULCAST_PARAMETERS_NOT_SUPPORTED;
  // Several spatial layers in one stream are nothing that a device is asked for.
  if (SpatialLayersOf(*codec) > 1) return WEBRTC_VIDEO_CODEC_ERR_PARAMETER;
  // libwebrtc initializes anew for each change of the size: that is no reason to wait for a
  // driver that hangs.
  if (!options_.require && !health_->works() && !health_->RetryIsDue()) return WEBRTC_VIDEO_CODEC_ERROR;
  config_ = ConfigOf(*codec, profile_);
  config_.require_hardware = options_.require;
  moves_ = 0;
  rates_ = config_.rates;
  initialized_ = true;
  if (!Open() && !options_.require) {
    initialized_ = false;
    return WEBRTC_VIDEO_CODEC_ERROR;
  }
  // Layers that the application asked for by name are for software if the device has fewer.
  if (session_ && !options_.require && codec->GetScalabilityMode() &&
      config_.temporal_layers > session_->info().temporal_layers) {
    Release();
    return WEBRTC_VIDEO_CODEC_ERR_PARAMETER;
  }
  return WEBRTC_VIDEO_CODEC_OK;
}

bool HardwareVideoEncoder::Open() {
  // The device that has the least to do comes first, unless the pictures are on another.
  std::vector<DeviceChoice> devices = devices_;
  std::stable_sort(devices.begin(), devices.end(), [](const DeviceChoice& a, const DeviceChoice& b) {
    return OpenSessions(a.device) < OpenSessions(b.device);
  });
  std::stable_partition(devices.begin(), devices.end(), [this](const DeviceChoice& d) {
    return d.backend == Backend::kNvenc && d.device == preferred_;
  });
  Status status("there is no device as the sender asks for");
  refusals_ = 0;
  for (const DeviceChoice& d : devices) {
    session_ = WatchedSession::Open(d.device, OpenerOf(d.backend, d.device), config_, options_.deadlines, status);
    used_ = d;
    if (session_) break;
  }
  if (!session_) health_->Fails(Name(used_.backend), used_.device, config_.width, config_.height, status.message());
  return session_ != nullptr;
}

int32_t HardwareVideoEncoder::RegisterEncodeCompleteCallback(webrtc::EncodedImageCallback* callback) {
  callback_ = callback;
  return WEBRTC_VIDEO_CODEC_OK;
}

int32_t HardwareVideoEncoder::Release() {
  session_.reset();
  initialized_ = false;
  return WEBRTC_VIDEO_CODEC_OK;
}

void HardwareVideoEncoder::SetRates(const RateControlParameters& parameters) {
  rates_.bitrate_bps = parameters.bitrate.get_sum_bps();
  rates_.framerate = UsableFramerate(parameters.framerate_fps, config_.rates.framerate);
}

int32_t HardwareVideoEncoder::Encode(const webrtc::VideoFrame& frame,
                                     const std::vector<webrtc::VideoFrameType>* types) {
  if (!initialized_ || callback_ == nullptr) return WEBRTC_VIDEO_CODEC_UNINITIALIZED;
  if (rates_.bitrate_bps == 0) return Drop(frame);  // paused
  bool key = false;
  if (types != nullptr && !types->empty()) {
    if ((*types)[0] == webrtc::VideoFrameType::kEmptyFrame) return Drop(frame);
    key = (*types)[0] == webrtc::VideoFrameType::kVideoFrameKey;
  }
  if (!session_ && (!options_.require || !health_->RetryIsDue() || !Open())) return Fail(frame);
  Output output;
  Status status = EncodePicture(frame, key, output);
  if (!status.ok()) {
    // Where none opened, that was told.
    if (session_) {
      session_.reset();
      health_->Fails(Name(used_.backend), used_.device, config_.width, config_.height, status.message());
    }
    return Fail(frame);
  }
  // A session that opens has not proved yet that it encodes.
  health_->Works(Name(used_.backend), used_.device, config_.width, config_.height);
  if (output.data.empty()) return Drop(frame);
  Deliver(frame, output);
  return WEBRTC_VIDEO_CODEC_OK;
}

Status HardwareVideoEncoder::FollowMemory(const NativePicture& picture) {
  const auto* cuda = std::get_if<CudaPicture>(&picture.memory);
  if (cuda == nullptr || moves_ >= kMostMoves) return Status();
  const SessionInfo& info = session_->info();
  if (info.cuda_device == cuda->device && info.cuda_context == cuda->context) return Status();
  const std::string device = std::to_string(cuda->device);
  if (std::none_of(devices_.begin(), devices_.end(),
                   [&](const DeviceChoice& d) { return d.backend == Backend::kNvenc && d.device == device; })) {
    return Status();
  }
  ++moves_;
  preferred_ = device;
  config_.cuda_context = cuda->context;
  session_.reset();
  return Open() ? Status() : Status("no session opens where the memory is");
}

Status HardwareVideoEncoder::EncodePicture(const webrtc::VideoFrame& frame, bool key, Output& output) {
  auto buffer = frame.video_frame_buffer();
  if (buffer->type() == webrtc::VideoFrameBuffer::Type::kNative) {
    auto native = static_cast<NativeBuffer*>(buffer.get())->Fit(config_.width, config_.height);
    if (Status status = FollowMemory(native->picture()); !status.ok()) return status;
    if (refusals_ < kMostRefusals && native->IsTaken(session_->info().native_formats)) {
      Status status = session_->Encode(native->ToInput(), key, rates_, output);
      if (!status.of_picture()) {
        if (status.ok()) refusals_ = 0;
        return status;
      }
      ++refusals_;
      RTC_LOG(LS_WARNING) << "A picture in the memory of a device is copied: " << status.message();
    }
    buffer = native;
  }
  Input input;
  if (!MapInput(buffer, input)) return Status("the frame cannot be read");
  return session_->Encode(input, key, rates_, output);
}

int32_t HardwareVideoEncoder::Fail(const webrtc::VideoFrame& frame) {
  if (!options_.require) return WEBRTC_VIDEO_CODEC_FALLBACK_SOFTWARE;
  // No error: after one, libwebrtc would never ask again.
  return Drop(frame);
}

int32_t HardwareVideoEncoder::Drop(const webrtc::VideoFrame& frame) {
  compat::ReportDropped(*callback_, frame);
  // Not WEBRTC_VIDEO_CODEC_NO_OUTPUT: after that, libwebrtc's adapter for simulcast skips the other
  // layers and takes the frame, which it was told is dropped, from its list once more.
  return WEBRTC_VIDEO_CODEC_OK;
}

void HardwareVideoEncoder::Deliver(const webrtc::VideoFrame& frame, Output& output) {
  webrtc::EncodedImage image;
  image.SetEncodedData(webrtc::EncodedImageBuffer::Create(output.data.data(), output.data.size()));
  image._encodedWidth = static_cast<uint32_t>(config_.width);
  image._encodedHeight = static_cast<uint32_t>(config_.height);
  image._frameType = output.key ? webrtc::VideoFrameType::kVideoFrameKey : webrtc::VideoFrameType::kVideoFrameDelta;
  image.SetColorSpace(frame.color_space());
  image.qp_ = output.qp;
  compat::CopyTimestamp(frame, image);
  const int layers = session_->info().temporal_layers;
  if (layers > 1) image.SetTemporalIndex(output.temporal_index);
  webrtc::CodecSpecificInfo info;
  Describe(config_, output, layers, info);
  callback_->OnEncodedImage(image, &info);
}

webrtc::VideoEncoder::EncoderInfo HardwareVideoEncoder::GetEncoderInfo() const {
  EncoderInfo info;
  const Backend backend = session_ || devices_.empty() ? used_.backend : devices_.front().backend;
  info.implementation_name = backend == Backend::kVaapi   ? "VAAPI"
                             : backend == Backend::kNvenc ? "NVENC"
                                                          : "VideoToolbox";
  info.is_hardware_accelerated = !session_ || session_->info().hardware;
  info.supports_native_handle = session_ != nullptr && !session_->info().native_formats.empty();
  info.supports_simulcast = false;
  info.scaling_settings.thresholds = QpThresholdsOf(CodecOf(profile_));
  // Of H.264 and H.265, 4:2:0 has no odd sizes.
  const Codec codec = CodecOf(profile_);
  info.requested_resolution_alignment = codec == Codec::kH264 || codec == Codec::kHevc ? 2 : 1;
  info.apply_alignment_to_all_simulcast_layers = true;
  info.preferred_pixel_formats = {webrtc::VideoFrameBuffer::Type::kI420, webrtc::VideoFrameBuffer::Type::kNV12};
  info.fps_allocation[0].clear();
  const int layers = session_ ? session_->info().temporal_layers : 1;
  for (int i = layers - 1; i >= 0; --i) {
    info.fps_allocation[0].push_back(static_cast<uint8_t>(EncoderInfo::kMaxFramerateFraction >> i));
  }
  // Where the driver leaves the quantiser to us, it is ours that drops frames.
  info.has_trusted_rate_controller = session_ != nullptr && session_->info().rate_mode == RateMode::kCqp;
  return info;
}

}  // namespace nrtc::hw
