// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What an audio device tells of its playout: the older revision has no question
// for it.

#ifndef NRTC_BRIDGE_COMPAT_PLAYOUT_H_
#define NRTC_BRIDGE_COMPAT_PLAYOUT_H_

#include <atomic>

#include "bridge/compat/compat.h"
#include "modules/audio_device/include/audio_device_default.h"

namespace nrtc::compat {

class AudioDeviceBase : public webrtc::webrtc_impl::AudioDeviceModuleDefault<webrtc::AudioDeviceModule> {
 public:
#if defined(NRTC_LIBWEBRTC_M150)
  std::optional<Stats> GetStats() const override {
    Stats stats;
    stats.total_samples_count = frames_played_.load(std::memory_order_relaxed);
    stats.total_samples_duration_s = static_cast<double>(stats.total_samples_count) / rate_;
    return stats;
  }
#endif

 protected:
  explicit AudioDeviceBase(uint32_t rate) : rate_(rate) {}

  // Counts samples of one channel. Any thread adds.
  std::atomic<uint64_t> frames_played_{0};

 private:
  [[maybe_unused]] const uint32_t rate_;
};

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_PLAYOUT_H_
