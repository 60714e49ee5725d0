// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/rtc_event_log.h"

#include "api/rtc_event_log_output.h"
#include "bridge/peer_connection_internal.h"

namespace nrtc {
namespace {

// Lives on libwebrtc's event log queue.
class QueueEventLogOutput : public webrtc::RtcEventLogOutput {
 public:
  explicit QueueEventLogOutput(webrtc::scoped_refptr<EventQueue> queue) : queue_(std::move(queue)) {}
  ~QueueEventLogOutput() override {
    queue_->Push(NRTC_EVENT_RTC_EVENT_LOG, 0, [&](Writer& w) {
      w.Bool(true);
      w.Bool(overflowed_);
      w.Str("");
    });
  }

  bool IsActive() const override { return !overflowed_; }

  bool Write(absl::string_view bytes) override {
    if (overflowed_ || bytes.empty()) return !overflowed_;
    overflowed_ = !queue_->PushBounded(NRTC_EVENT_RTC_EVENT_LOG, 0, bytes.size(), [&](Writer& w) {
      w.Bool(false);
      w.Bool(false);
      w.Str(bytes.data(), bytes.size());
    });
    return !overflowed_;
  }

 private:
  const webrtc::scoped_refptr<EventQueue> queue_;
  bool overflowed_ = false;
};

}  // namespace
}  // namespace nrtc

int nrtc_peer_connection_start_rtc_event_log(nrtc_peer_connection* pc, nrtc_event_queue* queue, int64_t period_ms) {
  auto output = std::make_unique<nrtc::QueueEventLogOutput>(
      webrtc::scoped_refptr<nrtc::EventQueue>(nrtc::FromHandle<nrtc::EventQueue>(queue)));
  return nrtc::FromHandle<nrtc::PeerConnection>(pc)->native().StartRtcEventLog(std::move(output), period_ms) ? 1 : 0;
}

void nrtc_peer_connection_stop_rtc_event_log(nrtc_peer_connection* pc) {
  nrtc::FromHandle<nrtc::PeerConnection>(pc)->native().StopRtcEventLog();
}
