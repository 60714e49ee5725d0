// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/log.h"

#include "bridge/event_queue_internal.h"

namespace nrtc {
namespace {

struct SeverityName {
  webrtc::LoggingSeverity severity;
  const char* name;
};

constexpr SeverityName kSeverities[] = {
    {webrtc::LS_VERBOSE, "verbose"},
    {webrtc::LS_INFO, "info"},
    {webrtc::LS_WARNING, "warning"},
    {webrtc::LS_ERROR, "error"},
};

// Called under libwebrtc's logging lock, from any thread.
class QueueLogSink : public webrtc::LogSink {
 public:
  explicit QueueLogSink(webrtc::scoped_refptr<EventQueue> queue) : queue_(std::move(queue)) {}

  void OnLogMessage(const webrtc::LogLineRef& line) override {
    const char* severity = "error";
    for (const auto& s : kSeverities) {
      if (s.severity == line.severity()) severity = s.name;
    }
    Append(severity, line.filename(), line.line(), line.message());
  }
  void OnLogMessage(const std::string& message) override { Append("info", "", 0, message); }

 private:
  void Append(const char* severity, absl::string_view file, int number, absl::string_view message) {
    while (!message.empty() && (message.back() == '\n' || message.back() == '\r')) message.remove_suffix(1);
    size_t cost = NRTC_LOG_LINE_COST + file.size() + message.size();
    bool taken = queue_->PushBounded(NRTC_EVENT_LOG, 0, cost, [&](Writer& w) {
      w.Str(severity);
      w.Str(file);
      w.I32(number);
      w.Str(message);
      w.U64(dropped_);
    });
    if (!taken) ++dropped_;
  }

  const webrtc::scoped_refptr<EventQueue> queue_;
  uint64_t dropped_ = 0;
};

// The sink that is installed. The lock orders starts and stops; it is not taken
// by a line.
std::mutex g_log_mutex;
std::unique_ptr<QueueLogSink> g_log_sink;

void ReplaceLogSink(std::unique_ptr<QueueLogSink> sink, webrtc::LoggingSeverity severity) {
  std::lock_guard<std::mutex> lock(g_log_mutex);
  if (g_log_sink) webrtc::LogMessage::RemoveLogToStream(g_log_sink.get());
  g_log_sink = std::move(sink);
  if (g_log_sink) webrtc::LogMessage::AddLogToStream(g_log_sink.get(), severity);
}

}  // namespace
}  // namespace nrtc

void nrtc_log_silence(void) {
  webrtc::LogMessage::LogToDebug(webrtc::LS_NONE);
  webrtc::LogMessage::SetLogToStderr(false);
}

void nrtc_log_start(nrtc_event_queue* queue, NRTC_IN) {
  nrtc::Reader r(in, in_len);
  std::string least = r.Str();
  webrtc::LoggingSeverity severity = webrtc::LS_NONE;
  for (const auto& s : nrtc::kSeverities) {
    if (least == s.name) severity = s.severity;
  }
  nrtc::ReplaceLogSink(std::make_unique<nrtc::QueueLogSink>(webrtc::scoped_refptr<nrtc::EventQueue>(
                           nrtc::FromHandle<nrtc::EventQueue>(queue))),
                       severity);
}

void nrtc_log_stop(void) {
  nrtc::ReplaceLogSink(nullptr, webrtc::LS_NONE);
}
