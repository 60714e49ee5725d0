// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/session_count.h"

#include <map>
#include <mutex>

namespace nrtc::hw {
namespace {

struct SessionCounts {
  std::mutex mutex;
  std::map<std::string, int> open;
  int total = 0;
  int limit = 0;
};

// Never destroyed: a session that a driver holds may end after main.
SessionCounts& Counts() {
  static auto* counts = new SessionCounts;
  return *counts;
}

}  // namespace

std::shared_ptr<SessionTicket> SessionTicket::Take(const std::string& device, Status& status) {
  auto& counts = Counts();
  std::lock_guard<std::mutex> lock(counts.mutex);
  if (counts.limit > 0 && counts.total >= counts.limit) {
    status = Status("the process-wide limit of " + std::to_string(counts.limit) + " encoding sessions is reached");
    return nullptr;
  }
  ++counts.open[device];
  ++counts.total;
  return std::make_shared<SessionTicket>(device);
}

SessionTicket::~SessionTicket() {
  auto& counts = Counts();
  std::lock_guard<std::mutex> lock(counts.mutex);
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
