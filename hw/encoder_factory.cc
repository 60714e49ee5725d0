// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/encoder_factory.h"

#include <algorithm>
#include <map>

#include "bridge/compat/encoder.h"
#include "hw/devices.h"
#include "hw/retrying_encoder.h"
#include "hw/sender_encoder.h"

namespace nrtc::hw {
namespace {

using CodecSupport = webrtc::VideoEncoderFactory::CodecSupport;

struct HardwareFormat {
  Profile profile;
  webrtc::SdpVideoFormat format;
  std::vector<DeviceChoice> devices;
  int temporal_layers;
};

// Level 3.1, as browsers write whatever they can do: the level that is offered
// limits what is received, and level asymmetry is allowed.
webrtc::SdpVideoFormat FormatOf(Profile profile) {
  const char* id = profile == Profile::kH264High ? "640c1f" : profile == Profile::kH264Main ? "4d001f" : "42e01f";
  return webrtc::SdpVideoFormat(
      "H264", {{"profile-level-id", id}, {"level-asymmetry-allowed", "1"}, {"packetization-mode", "1"}});
}

bool NonInterleaved(const webrtc::SdpVideoFormat& format) {
  auto mode = format.parameters.find("packetization-mode");
  return mode != format.parameters.end() && mode->second == "1";
}

// Makes the encoder of one simulcast layer.
class LayerFactory : public compat::EncoderFactoryBase {
 public:
  LayerFactory(const EncoderOptions& options, std::unique_ptr<webrtc::VideoEncoderFactory> software)
      : options_(options), software_(std::move(software)) {
    for (const DeviceReport& d : KnownDevices(options.backend, options.device, options.deadlines.open)) {
      for (const ProfileReport& p : d.profiles) Add(d, p);
    }
  }

  std::vector<webrtc::SdpVideoFormat> GetSupportedFormats() const override {
    std::vector<webrtc::SdpVideoFormat> formats;
    for (const auto& h : hardware_) formats.push_back(h.format);
    if (options_.require) return formats;
    for (const auto& f : software_->GetSupportedFormats()) {
      if (!Find(f)) formats.push_back(f);
    }
    return formats;
  }

  CodecSupport Query(const webrtc::SdpVideoFormat& format, const std::string* mode) const override {
    CodecSupport support;
    if (!options_.require) support = compat::QuerySupport(*software_, format, mode);
    if (const HardwareFormat* h = Find(format)) {
      static constexpr const char* kModes[] = {"L1T1", "L1T2", "L1T3"};
      const auto* end = kModes + h->temporal_layers;
      if (mode == nullptr || std::find(kModes, end, *mode) != end) support = {true, true};
    }
    return support;
  }

  std::unique_ptr<webrtc::VideoEncoder> Make(const compat::EncoderEnvironment& env,
                                             const webrtc::SdpVideoFormat& format) override {
    const HardwareFormat* h = Find(format);
    if (h == nullptr) return options_.require ? nullptr : compat::MakeEncoder(*software_, env, format);
    const SenderChoice choice = ChoiceScope::Current();
    EncoderOptions options = options_;
    options.require = options_.require || choice.require;
    if (!choice.hardware && !options.require) return compat::MakeEncoder(*software_, env, SoftwareFormat(format));
    std::vector<DeviceChoice> devices = h->devices;
    std::erase_if(devices, [&](const DeviceChoice& d) {
      return (!choice.backend.empty() && choice.backend != Name(d.backend)) ||
             (!choice.device.empty() && choice.device != d.device);
    });
    auto health = std::make_shared<EncoderHealth>(options);
    auto hardware = std::make_unique<HardwareVideoEncoder>(h->profile, devices, options, health);
    if (options.require) return hardware;
    auto software = compat::MakeEncoder(*software_, env, SoftwareFormat(format));
    if (!software) return hardware;
    return std::make_unique<RetryingVideoEncoder>(compat::MakeFallback(env, std::move(software), std::move(hardware)),
                                                  h->profile, devices, options, health);
  }

  // nullptr if no device does it.
  const HardwareFormat* Find(const webrtc::SdpVideoFormat& format) const {
    // A slice for each packet, as mode 0 wants, is more than hardware can be asked for.
    if (format.name != "H264" || !NonInterleaved(format)) return nullptr;
    auto wanted = webrtc::ParseSdpForH264ProfileLevelId(format.parameters);
    if (!wanted) return nullptr;
    for (const auto& h : hardware_) {
      if (Matches(h.profile, wanted->profile)) return &h;
    }
    return nullptr;
  }

  webrtc::VideoEncoderFactory& software() const { return *software_; }
  const EncoderOptions& options() const { return options_; }

 private:
  static bool Matches(Profile have, webrtc::H264Profile wanted) {
    switch (wanted) {
      case webrtc::H264Profile::kProfileConstrainedBaseline:
      case webrtc::H264Profile::kProfileBaseline:
        return have == Profile::kH264ConstrainedBaseline;
      case webrtc::H264Profile::kProfileMain:
        return have == Profile::kH264Main;
      case webrtc::H264Profile::kProfileConstrainedHigh:
      case webrtc::H264Profile::kProfileHigh:
        return have == Profile::kH264High;
      default:
        return false;
    }
  }

  // The software encoder's streams are of constrained baseline whatever is asked for, which
  // decoders of the other profiles decode too; it is made for a format of its own.
  webrtc::SdpVideoFormat SoftwareFormat(const webrtc::SdpVideoFormat& format) const {
    for (const auto& f : software_->GetSupportedFormats()) {
      if (f.IsSameCodec(format)) return format;
    }
    return FormatOf(Profile::kH264ConstrainedBaseline);
  }

  void Add(const DeviceReport& d, const ProfileReport& p) {
    auto found = std::find_if(hardware_.begin(), hardware_.end(),
                              [&](const HardwareFormat& h) { return h.profile == p.profile; });
    if (found == hardware_.end()) {
      hardware_.push_back({p.profile, FormatOf(p.profile), {}, p.temporal_layers});
      found = hardware_.end() - 1;
    }
    found->devices.push_back({d.backend, d.device});
    found->temporal_layers = std::min(found->temporal_layers, p.temporal_layers);
  }

  const EncoderOptions options_;
  const std::unique_ptr<webrtc::VideoEncoderFactory> software_;
  std::vector<HardwareFormat> hardware_;
};

// The encoder of a sender: layers that fall back each alone.
class HardwareEncoderFactory : public compat::EncoderFactoryBase {
 public:
  HardwareEncoderFactory(const EncoderOptions& options, std::unique_ptr<webrtc::VideoEncoderFactory> software)
      : layers_(options, std::move(software)) {}

  std::vector<webrtc::SdpVideoFormat> GetSupportedFormats() const override { return layers_.GetSupportedFormats(); }
  CodecSupport Query(const webrtc::SdpVideoFormat& format, const std::string* mode) const override {
    return layers_.Query(format, mode);
  }
  std::unique_ptr<webrtc::VideoEncoder> Make(const compat::EncoderEnvironment& env,
                                             const webrtc::SdpVideoFormat& format) override {
    if (layers_.Find(format) != nullptr) {
      return std::make_unique<SenderVideoEncoder>(
          [this, env, format] { return compat::MakeSimulcastAdapter(env, layers_, format); });
    }
    AnnounceEncoder({});
    return layers_.options().require ? nullptr : compat::MakeEncoder(layers_.software(), env, format);
  }

 private:
  LayerFactory layers_;
};

}  // namespace

std::unique_ptr<webrtc::VideoEncoderFactory> CreateHardwareEncoderFactory(
    const EncoderOptions& options, std::unique_ptr<webrtc::VideoEncoderFactory> software) {
  if (!options.hardware) return software;
  return std::make_unique<HardwareEncoderFactory>(options, std::move(software));
}

}  // namespace nrtc::hw
