// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/encoder_health.h"

#include <algorithm>
#include <atomic>
#include <memory>

namespace nrtc::hw {
namespace {

struct EventSink {
  std::mutex mutex;
  std::shared_ptr<std::function<void(const EncoderEvent&)>> function;
};

EventSink& TheEventSink() {
  static auto* sink = new EventSink;
  return *sink;
}

void Raise(const EncoderEvent& event) {
  std::shared_ptr<std::function<void(const EncoderEvent&)>> function;
  {
    std::lock_guard<std::mutex> lock(TheEventSink().mutex);
    function = TheEventSink().function;
  }
  if (function) (*function)(event);
}

std::atomic<uint64_t> g_encoders{0};

}  // namespace

void SetEncoderEventSink(std::function<void(const EncoderEvent&)> sink) {
  auto function =
      sink ? std::make_shared<std::function<void(const EncoderEvent&)>>(std::move(sink)) : nullptr;
  std::lock_guard<std::mutex> lock(TheEventSink().mutex);
  TheEventSink().function = std::move(function);
}

EncoderHealth::EncoderHealth(const EncoderOptions& options)
    : first_(options.retry_first), most_(options.retry_most), id_(++g_encoders), wait_(first_) {}

void EncoderHealth::Works(const std::string& backend, const std::string& device, int width, int height) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (works_) return;
    works_ = true;
    worked_at_ = Clock::now();
  }
  Raise({true, id_, backend, device, "", width, height});
}

void EncoderHealth::Fails(const std::string& backend, const std::string& device, int width, int height,
                          const std::string& reason) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!works_) {
      PutOff();
      return;
    }
    works_ = false;
    // What fails soon after it came back waits longer, what worked for long does not.
    if (worked_at_ != Clock::time_point() && Clock::now() - worked_at_ <= most_) {
      PutOff();
    } else {
      failed_at_ = Clock::now();
      wait_ = first_;
    }
  }
  Raise({false, id_, backend, device, reason, width, height});
}

void EncoderHealth::FailsAgain() {
  std::lock_guard<std::mutex> lock(mutex_);
  PutOff();
}

void EncoderHealth::PutOff() {
  failed_at_ = Clock::now();
  wait_ = std::min(wait_ * 2, most_);
}

bool EncoderHealth::works() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return works_;
}

bool EncoderHealth::RetryIsDue() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return !works_ && Clock::now() - failed_at_ >= wait_;
}

}  // namespace nrtc::hw
