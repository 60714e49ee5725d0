// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/videotoolbox.h"

#include <algorithm>
#include <chrono>

#include "hw/videotoolbox_internal.h"

namespace nrtc::hw {

#if defined(NRTC_HW_VIDEOTOOLBOX)

namespace {

constexpr char kVideoToolboxDevice[] = "default";

// Until it has been.
constexpr char kNotTried[] = " (nativertc's use of VideoToolbox was tested over a double and never run on a Mac)";

// Asks in all ways until one is granted.
std::unique_ptr<VideoToolboxCompressor> OpenCompressor(const StreamConfig& config, Status& status) {
  VideoToolboxFailure failure;
  for (const VideoToolboxRequest& request : VideoToolboxRequests(config)) {
    auto compressor = VideoToolboxCompressor::Open(config, request, failure);
    if (compressor) return compressor;
  }
  // That of the way that asks for least.
  status = Status(failure.AsStatus().message() + kNotTried);
  return nullptr;
}

class VideoToolboxEncoder : public Session {
 public:
  explicit VideoToolboxEncoder(const StreamConfig& config) : config_(config) {
    info_.implementation = "VideoToolbox";
    info_.rate_mode = RateMode::kVbr;
  }

  Status Open();
  const SessionInfo& info() const override { return info_; }
  Status Encode(const Input& input, bool key, const Rates& rates, Output& output) override;

 private:
  VideoToolboxFailure TryEncode(const Input& input, const Rates& rates, VideoToolboxPicture& picture);
  int64_t NextTime();

  StreamConfig config_;  // its rates are those of the session
  SessionInfo info_;
  bool key_due_ = true;
  int64_t time_us_ = -1;
  std::unique_ptr<VideoToolboxCompressor> compressor_;
};

Status VideoToolboxEncoder::Open() {
  Status status;
  compressor_ = OpenCompressor(config_, status);
  if (!compressor_) return status;
  info_.temporal_layers = compressor_->temporal_layers();
  info_.hardware = compressor_->hardware();
  // What was told of the first session holds for those in its place.
  config_.temporal_layers = info_.temporal_layers;
  config_.require_hardware = info_.hardware;
  return status;
}

// The rate control goes by the times of pictures.
int64_t VideoToolboxEncoder::NextTime() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  time_us_ = std::max<int64_t>(time_us_ + 1, std::chrono::duration_cast<std::chrono::microseconds>(now).count());
  return time_us_;
}

VideoToolboxFailure VideoToolboxEncoder::TryEncode(const Input& input, const Rates& rates,
                                                   VideoToolboxPicture& picture) {
  // Only what changes: encoders fail that are told properties all the time.
  if (!(rates == config_.rates)) {
    const VideoToolboxFailure failure = compressor_->SetRates(rates);
    if (!failure.ok()) return failure;
    config_.rates = rates;
  }
  return compressor_->Encode(input, key_due_, NextTime(), picture);
}

Status VideoToolboxEncoder::Encode(const Input& input, bool key, const Rates& rates, Output& output) {
  if (input.width != config_.width || input.height != config_.height) return Status("a picture of another size");
  key_due_ = key_due_ || key;
  VideoToolboxPicture picture;
  VideoToolboxFailure failure = TryEncode(input, rates, picture);
  if (IsInvalidSession(failure.status)) {
    // Lost, as after sleep: this very picture goes to a new one, in which it is the first.
    compressor_.reset();
    config_.rates = rates;
    Status status = Open();
    if (!status.ok()) return status;
    key_due_ = true;
    failure = TryEncode(input, rates, picture);
  }
  if (!failure.ok()) return failure.AsStatus();
  if (picture.data.empty()) return Status();  // a key picture that was left out is due as before
  key_due_ = false;
  output.data = std::move(picture.data);
  output.key = picture.key;
  output.temporal_index = picture.upper_layer ? 1 : 0;
  // Nothing refers to the upper of two layers.
  output.layer_sync = info_.temporal_layers > 1 && (picture.key || picture.upper_layer);
  return Status();
}

}  // namespace

std::vector<std::string> VideoToolboxDevices(std::string&) {
  return {kVideoToolboxDevice};
}

DeviceReport ProbeVideoToolbox(const std::string& device) {
  DeviceReport report;
  report.backend = Backend::kVideoToolbox;
  report.device = device;
  for (Profile profile :
       {Profile::kH264ConstrainedBaseline, Profile::kH264Main, Profile::kH264High, Profile::kHevcMain}) {
    StreamConfig config;
    config.profile = profile;
    config.width = 640;
    config.height = 480;
    config.temporal_layers = 2;
    config.require_hardware = true;
    Status status;
    auto compressor = OpenCompressor(config, status);
    if (!compressor) {
      if (report.reason.empty()) report.reason = status.message();
      continue;
    }
    if (report.name.empty()) report.name = compressor->EncoderName();
    ProfileReport p;
    p.profile = profile;
    p.temporal_layers = compressor->temporal_layers();
    p.rate_modes = {RateMode::kVbr};
    report.profiles.push_back(p);
  }
  if (!report.profiles.empty()) report.reason.clear();
  return report;
}

SessionOpener VideoToolboxOpener(const std::string& device) {
  return [device](const StreamConfig& config, Status& status) -> std::unique_ptr<Session> {
    if (device != kVideoToolboxDevice) {
      status = Status("there is no device " + device + ": VideoToolbox has one, which is called \"" +
                      kVideoToolboxDevice + "\"");
      return nullptr;
    }
    auto session = std::make_unique<VideoToolboxEncoder>(config);
    status = session->Open();
    if (!status.ok()) return nullptr;
    return session;
  };
}

#else  // no VideoToolbox

namespace {

constexpr char kNoVideoToolbox[] =
    "VideoToolbox is an interface of macOS, which this system is not (and nativertc's use of it was never run on a Mac)";

}  // namespace

std::vector<std::string> VideoToolboxDevices(std::string& reason) {
  reason = kNoVideoToolbox;
  return {};
}

DeviceReport ProbeVideoToolbox(const std::string& device) {
  DeviceReport report;
  report.backend = Backend::kVideoToolbox;
  report.device = device;
  report.reason = kNoVideoToolbox;
  return report;
}

SessionOpener VideoToolboxOpener(const std::string&) {
  return [](const StreamConfig&, Status& status) -> std::unique_ptr<Session> {
    status = Status(kNoVideoToolbox);
    return nullptr;
  };
}

#endif  // VideoToolbox

}  // namespace nrtc::hw
