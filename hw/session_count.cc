// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/session_count.h"

#include <map>
#include <mutex>
#include <utility>

namespace nrtc::hw {
namespace {

// Of sessions that a device did not answer for in time; each has a thread.
constexpr int kMostOverdue = 8;

struct SessionCounts {
  std::mutex mutex;
  std::map<std::string, int> open;
  std::map<std::string, int> overdue;
  int total = 0;
  int limit = 0;
};

// Never destroyed: a session that a driver holds may end after main.
SessionCounts& Counts() {
  static auto* counts = new SessionCounts;
  return *counts;
}

}  // namespace

std::shared_ptr<SessionTicket> SessionTicket::Take(const std::string& device, bool trial, Status& status) {
  auto& counts = Counts();
  std::lock_guard<std::mutex> lock(counts.mutex);
  if (counts.overdue[device] >= kMostOverdue) {
    status = Status("the driver has not come back from " + std::to_string(kMostOverdue) + " sessions");
    return nullptr;
  }
  if (!trial && counts.limit > 0 && counts.total >= counts.limit) {
    status = Status("the process-wide limit of " + std::to_string(counts.limit) + " encoding sessions is reached");
    return nullptr;
  }
  ++counts.open[device];
  ++counts.total;
  return std::make_shared<SessionTicket>(device);
}

void SessionTicket::Overdue() {
  auto& counts = Counts();
  std::lock_guard<std::mutex> lock(counts.mutex);
  if (!std::exchange(overdue_, true)) ++counts.overdue[device_];
}

SessionTicket::~SessionTicket() {
  auto& counts = Counts();
  std::lock_guard<std::mutex> lock(counts.mutex);
  if (overdue_) --counts.overdue[device_];
  --counts.open[device_];
  --counts.total;
}

int OpenSessions(const std::string& device) {
  auto& counts = Counts();
  std::lock_guard<std::mutex> lock(counts.mutex);
  if (device.empty()) return counts.total;
  auto found = counts.open.find(device);
  return found == counts.open.end() ? 0 : found->second;
}

void SetSessionLimit(int limit) {
  auto& counts = Counts();
  std::lock_guard<std::mutex> lock(counts.mutex);
  counts.limit = limit;
}

}  // namespace nrtc::hw
