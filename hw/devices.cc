// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/devices.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "hw/ask_driver.h"
#include "hw/nvenc.h"
#include "hw/vaapi.h"
#include "hw/videotoolbox.h"
#include "hw/watched_session.h"

namespace nrtc::hw {
namespace {

// A size that every encoder of a profile must do.
constexpr int kTrialWidth = 320;
constexpr int kTrialHeight = 240;

constexpr char kNoAnswer[] = "the driver did not answer in time";

struct DeviceList {
  std::vector<std::string> devices;
  std::string reason;
};

DeviceList ListDevices(Backend backend) {
  DeviceList list;
  list.devices = backend == Backend::kVideoToolbox ? VideoToolboxDevices(list.reason)
                 : backend == Backend::kNvenc      ? NvencDevices(list.reason)
                                                   : VaapiNodes("/dev/dri", list.reason);
  return list;
}

DeviceReport ProbeDevice(Backend backend, const std::string& device) {
  return backend == Backend::kVideoToolbox ? ProbeVideoToolbox(device)
         : backend == Backend::kNvenc      ? ProbeNvenc(device)
                                           : ProbeVaapi(device);
}

// Without a backend, a path is of VAAPI, a number of NVENC and a word of VideoToolbox.
Backend BackendOf(const std::string& device) {
  return device[0] == '/'                         ? Backend::kVaapi
         : device[0] >= '0' && device[0] <= '9' ? Backend::kNvenc
                                                  : Backend::kVideoToolbox;
}

// Keeps the profiles that a session opens for.
void TrySessions(DeviceReport& report, std::chrono::milliseconds deadline) {
  std::vector<ProfileReport> opened;
  for (const ProfileReport& p : report.profiles) {
    StreamConfig config;
    config.profile = p.profile;
    config.width = kTrialWidth;
    config.height = kTrialHeight;
    config.require_hardware = true;
    config.trial = true;
    Status status;
    const auto begin = std::chrono::steady_clock::now();
    if (auto session = WatchedSession::Open(report.device, OpenerOf(report.backend, report.device), config,
                                            {deadline, deadline}, status)) {
      opened.push_back(p);
      report.native_formats = session->info().native_formats;
    } else {
      report.reason = status.message();
      report.settled = false;
      // Who does not answer for one hardly does for the next.
      if (std::chrono::steady_clock::now() - begin >= deadline) break;
    }
  }
  report.profiles = std::move(opened);
  if (!report.profiles.empty()) report.reason.clear();
}

}  // namespace

SessionOpener OpenerOf(Backend backend, const std::string& device) {
  return backend == Backend::kVideoToolbox ? VideoToolboxOpener(device)
         : backend == Backend::kNvenc      ? NvencOpener(device)
                                           : VaapiOpener(device);
}

std::vector<DeviceReport> ProbeDevices(const std::string& backend, const std::string& device,
                                       std::chrono::milliseconds deadline) {
  std::vector<DeviceReport> reports;
  for (Backend b : {Backend::kVaapi, Backend::kNvenc, Backend::kVideoToolbox}) {
    if (!backend.empty() && backend != Name(b)) continue;
    if (backend.empty() && !device.empty() && b != BackendOf(device)) continue;
    DeviceList list;
    list.devices = {device};
    if (device.empty() && !AskDriver<DeviceList>([b] { return ListDevices(b); }, deadline, list)) {
      list = {{}, kNoAnswer};
    }
    for (const std::string& name : list.devices) {
      DeviceReport report;
      if (!AskDriver<DeviceReport>([b, name] { return ProbeDevice(b, name); }, deadline, report)) {
        report.backend = b;
        report.device = name;
        report.reason = kNoAnswer;
        report.settled = false;
      }
      TrySessions(report, deadline);
      reports.push_back(std::move(report));
    }
    if (list.devices.empty()) {
      DeviceReport none;
      none.backend = b;
      none.reason = list.reason;
      none.settled = list.reason != kNoAnswer;
      reports.push_back(std::move(none));
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
  // Who comes meanwhile waits for the answer, and asks no device a second time beside the first.
  std::lock_guard<std::mutex> lock(known->mutex);
  auto found = known->reports.find(key);
  if (found != known->reports.end()) return found->second;
  auto reports = ProbeDevices(backend, device, deadline);
  const auto encodes = [](const DeviceReport& r) { return !r.profiles.empty(); };
  const auto settled = [](const DeviceReport& r) { return r.settled; };
  // What cannot encode now, or not all, may later: it is asked again.
  if (std::any_of(reports.begin(), reports.end(), encodes) && std::all_of(reports.begin(), reports.end(), settled)) {
    known->reports[key] = reports;
  }
  return reports;
}

}  // namespace nrtc::hw
