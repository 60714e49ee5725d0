// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/devices.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "hw/vaapi.h"
#include "hw/watched_session.h"

namespace nrtc::hw {
namespace {

// A size that every encoder of a profile must do.
constexpr int kTrialWidth = 320;
constexpr int kTrialHeight = 240;

struct ProbeAnswer {
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  DeviceReport report;
};

// Asks the driver on a thread of its own, which is left behind if it hangs.
DeviceReport AskDriver(Backend backend, const std::string& device, std::chrono::milliseconds deadline) {
  auto answer = std::make_shared<ProbeAnswer>();
  std::thread([answer, device] {
    DeviceReport report = ProbeVaapi(device);
    std::lock_guard<std::mutex> lock(answer->mutex);
    answer->report = std::move(report);
    answer->done = true;
    answer->changed.notify_all();
  }).detach();
  std::unique_lock<std::mutex> lock(answer->mutex);
  if (answer->changed.wait_for(lock, deadline, [&] { return answer->done; })) return answer->report;
  DeviceReport report;
  report.backend = backend;
  report.device = device;
  report.reason = "the driver did not answer in time";
  return report;
}

// Keeps the profiles that a session opens for.
void TrySessions(DeviceReport& report, std::chrono::milliseconds deadline) {
  std::vector<ProfileReport> opened;
  for (const ProfileReport& p : report.profiles) {
    StreamConfig config;
    config.profile = p.profile;
    config.width = kTrialWidth;
    config.height = kTrialHeight;
    Status status;
    if (WatchedSession::Open(report.device, OpenerOf(report.backend, report.device), config, {deadline, deadline},
                             status)) {
      opened.push_back(p);
    } else {
      report.reason = status.message();
    }
  }
  report.profiles = std::move(opened);
  if (!report.profiles.empty()) report.reason.clear();
}

}  // namespace

SessionOpener OpenerOf(Backend, const std::string& device) {
  return VaapiOpener(device);
}

std::vector<DeviceReport> ProbeDevices(const std::string& backend, const std::string& device,
                                       std::chrono::milliseconds deadline) {
  std::vector<DeviceReport> reports;
  if (backend.empty() || backend == Name(Backend::kVaapi)) {
    std::string reason;
    std::vector<std::string> nodes = device.empty() ? VaapiNodes("/dev/dri", reason) : std::vector{device};
    for (const std::string& node : nodes) {
      reports.push_back(AskDriver(Backend::kVaapi, node, deadline));
      TrySessions(reports.back(), deadline);
    }
    if (nodes.empty()) {
      DeviceReport none;
      none.backend = Backend::kVaapi;
      none.reason = reason;
      reports.push_back(none);
    }
  }
  return reports;
}

std::vector<DeviceReport> KnownDevices(const std::string& backend, const std::string& device,
                                       std::chrono::milliseconds deadline) {
  struct Known {
    std::mutex mutex;
    std::map<std::pair<std::string, std::string>, std::vector<DeviceReport>> reports;
  };
  static auto* known = new Known;
  const auto key = std::make_pair(backend, device);
  {
    std::lock_guard<std::mutex> lock(known->mutex);
    auto found = known->reports.find(key);
    if (found != known->reports.end()) return found->second;
  }
  auto reports = ProbeDevices(backend, device, deadline);
  bool any = false;
  for (const auto& r : reports) any = any || !r.profiles.empty();
  // What cannot encode now may later: it is asked again.
  std::lock_guard<std::mutex> lock(known->mutex);
  if (any) known->reports[key] = reports;
  return reports;
}

}  // namespace nrtc::hw
