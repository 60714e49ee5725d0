// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// How many sessions are open, by device, and how many may be.

#ifndef NRTC_HW_SESSION_COUNT_H_
#define NRTC_HW_SESSION_COUNT_H_

#include <memory>
#include <string>

#include "hw/session.h"

namespace nrtc::hw {

// Counts one session while it exists.
class SessionTicket {
 public:
  // nullptr, and says why, if the limit is reached, which is nothing to a trial, or if the device
  // holds several already that did not answer in time: it would only hold one more.
  static std::shared_ptr<SessionTicket> Take(const std::string& device, bool trial, Status& status);
  // The device did not answer in time.
  void Overdue();
  explicit SessionTicket(std::string device) : device_(std::move(device)) {}
  ~SessionTicket();
  SessionTicket(const SessionTicket&) = delete;

 private:
  const std::string device_;
  bool overdue_ = false;
};

// The sessions that are open on the device, those included that a driver has not
// given back; on all devices if it is empty.
int OpenSessions(const std::string& device);

// Of the whole process. 0 or less: no limit, which is what it is at first.
void SetSessionLimit(int limit);

}  // namespace nrtc::hw

#endif  // NRTC_HW_SESSION_COUNT_H_
