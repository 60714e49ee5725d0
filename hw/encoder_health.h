// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Whether the hardware behind an encoder works, and who is told when that changes.

#ifndef NRTC_HW_ENCODER_HEALTH_H_
#define NRTC_HW_ENCODER_HEALTH_H_

#include <chrono>
#include <functional>
#include <mutex>
#include <string>

#include "hw/encoder_options.h"

namespace nrtc::hw {

struct EncoderEvent {
  bool restored = false;  // hardware encodes again; else it has failed
  uint64_t encoder = 0;   // the same for all events of one encoder
  std::string backend;
  std::string device;
  std::string reason;  // of the failure
  int width = 0;
  int height = 0;
};

// Replaces what is told of events, on the threads of encoders; nullptr for nobody.
void SetEncoderEventSink(std::function<void(const EncoderEvent&)> sink);

// Of one encoder. May be used from any thread.
class EncoderHealth {
 public:
  explicit EncoderHealth(const EncoderOptions& options);

  // A picture was encoded.
  void Works(const std::string& backend, const std::string& device, int width, int height);
  void Fails(const std::string& backend, const std::string& device, int width, int height, const std::string& reason);
  // Another attempt failed, as those before.
  void FailsAgain();
  bool works() const;
  // Whether it is time to try hardware again.
  bool RetryIsDue() const;

 private:
  using Clock = std::chrono::steady_clock;
  void PutOff();

  const std::chrono::milliseconds first_;
  const std::chrono::milliseconds most_;
  const uint64_t id_;
  mutable std::mutex mutex_;
  bool works_ = true;
  std::chrono::milliseconds wait_;
  Clock::time_point failed_at_;
  Clock::time_point worked_at_;  // since when it does again; unset if it never failed
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_ENCODER_HEALTH_H_
