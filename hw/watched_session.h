// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A session on a thread of its own, so that a driver that hangs, in whichever
// call, takes no more than a set time from the caller.

#ifndef NRTC_HW_WATCHED_SESSION_H_
#define NRTC_HW_WATCHED_SESSION_H_

#include <chrono>
#include <memory>
#include <string>

#include "hw/session.h"

namespace nrtc::hw {

struct Deadlines {
  std::chrono::milliseconds open{3000};
  std::chrono::milliseconds encode{1000};
};

// Opens and keeps a session; it counts as one of the device until the driver has
// given it back. What hangs is left to itself: its thread ends, and frees
// all, if the driver ever returns.
class WatchedSession : public Session {
 public:
  static std::unique_ptr<WatchedSession> Open(const std::string& device, SessionOpener opener,
                                              const StreamConfig& config, const Deadlines& deadlines, Status& status);
  ~WatchedSession() override;
  const SessionInfo& info() const override { return info_; }
  Status Encode(const Input& input, bool key, const Rates& rates, Output& output) override;

 private:
  struct Shared;
  explicit WatchedSession(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

  std::shared_ptr<Shared> shared_;
  SessionInfo info_;
  std::chrono::milliseconds encode_deadline_{};
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_WATCHED_SESSION_H_
