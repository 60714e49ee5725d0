// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/encoder_factory.h"

#include <algorithm>
#include <optional>

#include "bridge/compat/encoder.h"
#include "hw/codec_formats.h"
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

// Makes the encoder of one simulcast layer.
class LayerFactory : public compat::EncoderFactoryBase {
 public:
  LayerFactory(const EncoderOptions& options, std::unique_ptr<webrtc::VideoEncoderFactory> software)
      : options_(options), software_(std::move(software)) {
    for (const DeviceReport& d : KnownDevices(options.backend, options.device, options.deadlines.open)) {
      for (const ProfileReport& p : d.profiles) {
        if (WhyNotOffered(p.profile).empty()) Add(d, p);
      }
    }
    for (HardwareFormat& h : hardware_) h.format = OfferOf(h.profile);
  }

  std::vector<webrtc::SdpVideoFormat> GetSupportedFormats() const override {
    std::vector<webrtc::SdpVideoFormat> formats;
    for (const auto& h : hardware_) formats.push_back(h.format);
    // Baseline of H.264 is one more of those that devices encode: all that software writes stays.
    for (const auto& f : software_->GetSupportedFormats()) {
      const bool listed = std::any_of(formats.begin(), formats.end(), [&](const auto& g) { return g.IsSameCodec(f); });
      if (!listed && (!options_.require || Find(f))) formats.push_back(f);
    }
    // Those that the application named come first.
    std::stable_sort(formats.begin(), formats.end(), [this](const auto& a, const auto& b) {
      return RankOf(a.name, options_.codecs) < RankOf(b.name, options_.codecs);
    });
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
    const std::optional<webrtc::SdpVideoFormat> instead = SoftwareFormat(h->profile, format);
    // Where no software encodes the codec, there is nothing to fall back to: what fails is left
    // out and the device tried again.
    options.require = options_.require || choice.require || !instead;
    if (!choice.hardware && !options.require) return compat::MakeEncoder(*software_, env, *instead);
    std::vector<DeviceChoice> devices = h->devices;
    std::erase_if(devices, [&](const DeviceChoice& d) {
      return (!choice.backend.empty() && choice.backend != Name(d.backend)) ||
             (!choice.device.empty() && choice.device != d.device);
    });
    auto health = std::make_shared<EncoderHealth>(options);
    auto hardware = std::make_unique<HardwareVideoEncoder>(h->profile, devices, options, health);
    if (options.require) return hardware;
    auto software = compat::MakeEncoder(*software_, env, *instead);
    if (!software) return hardware;
    return std::make_unique<RetryingVideoEncoder>(compat::MakeFallback(env, std::move(software), std::move(hardware)),
                                                  h->profile, devices, options, health);
  }

  // nullptr if no device does it.
  const HardwareFormat* Find(const webrtc::SdpVideoFormat& format) const {
    for (const auto& h : hardware_) {
      if (IsOfProfile(format, h.profile)) return &h;
    }
    return nullptr;
  }

  webrtc::VideoEncoderFactory& software() const { return *software_; }
  const EncoderOptions& options() const { return options_; }

 private:
  // As software writes it, so that a device changes nothing in what is offered of a codec but
  // its place.
  webrtc::SdpVideoFormat OfferOf(Profile profile) const {
    if (CodecOf(profile) != Codec::kH264) {
      for (const auto& f : software_->GetSupportedFormats()) {
        if (IsOfProfile(f, profile)) return f;
      }
    }
    return FormatOf(profile);
  }

  // What software encodes in place of a device.
  std::optional<webrtc::SdpVideoFormat> SoftwareFormat(Profile profile, const webrtc::SdpVideoFormat& format) const {
    const webrtc::SdpVideoFormat baseline = FormatOf(Profile::kH264ConstrainedBaseline);
    bool encodes_baseline = false;
    for (const auto& f : software_->GetSupportedFormats()) {
      if (f.IsSameCodec(format)) return format;
      encodes_baseline = encodes_baseline || f.IsSameCodec(baseline);
    }
    // Its H.264 is of constrained baseline whatever is asked for, which decoders of the other
    // profiles decode too; it is made for a format of its own.
    if (CodecOf(profile) == Codec::kH264 && encodes_baseline) return baseline;
    return std::nullopt;
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
