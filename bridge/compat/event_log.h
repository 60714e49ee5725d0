// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef BRIDGE_COMPAT_EVENT_LOG_H_
#define BRIDGE_COMPAT_EVENT_LOG_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "api/rtc_event_log/rtc_event.h"
#include "api/rtc_event_log/rtc_event_log.h"
#include "api/rtc_event_log_output.h"

namespace nrtc::compat {

// An event log of a connection. libwebrtc's own takes a thread and remembers thousands
// of events, so the connection gets it only when its log is started. Of what came
// before, the log then has what tells which streams and candidate pairs there are.
class LazyEventLog : public webrtc::RtcEventLog {
 public:
  explicit LazyEventLog(std::function<std::unique_ptr<webrtc::RtcEventLog>()> make) : make_(std::move(make)) {}
  ~LazyEventLog() override { delete log_.load(); }

  bool StartLogging(std::unique_ptr<webrtc::RtcEventLogOutput> output, int64_t period_ms) override {
    return Get().StartLogging(std::move(output), period_ms);
  }
  void StopLogging() override {
    if (auto* log = log_.load()) log->StopLogging();
  }
  void StopLogging(std::function<void()> done) override {
    StopLogging();
    done();
  }
  // Called by any thread.
  void Log(std::unique_ptr<webrtc::RtcEvent> event) override {
    if (auto* log = log_.load()) {
      log->Log(std::move(event));
    } else if (event->IsConfigEvent()) {
      Keep(std::move(event));
    }
  }

 private:
  static constexpr size_t kMostKept = 1000;  // as libwebrtc's own keeps

  webrtc::RtcEventLog& Get() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (auto* log = log_.load()) return *log;
    webrtc::RtcEventLog* log = make_().release();
    for (auto& event : kept_) log->Log(std::move(event));
    kept_.clear();
    log_.store(log);
    return *log;
  }

  void Keep(std::unique_ptr<webrtc::RtcEvent> event) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (auto* log = log_.load()) {
      log->Log(std::move(event));
      return;
    }
    if (kept_.size() == kMostKept) kept_.pop_front();
    kept_.push_back(std::move(event));
  }

  const std::function<std::unique_ptr<webrtc::RtcEventLog>()> make_;
  std::atomic<webrtc::RtcEventLog*> log_{nullptr};
  std::mutex mutex_;
  std::deque<std::unique_ptr<webrtc::RtcEvent>> kept_;  // guarded by mutex_
};

}  // namespace nrtc::compat

#endif  // BRIDGE_COMPAT_EVENT_LOG_H_
