// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The devices of this machine, of all backends.

#ifndef NRTC_HW_DEVICES_H_
#define NRTC_HW_DEVICES_H_

#include <chrono>
#include <string>
#include <vector>

#include "hw/device.h"
#include "hw/session.h"

namespace nrtc::hw {

// Finds the devices and what they encode, which is what they opened a session for
// when asked: of one backend, if it is named, and one device, if it is. A
// backend without devices is one report with the reason. A driver that does
// not answer in that time is given up.
std::vector<DeviceReport> ProbeDevices(const std::string& backend, const std::string& device,
                                       std::chrono::milliseconds deadline);

// The same, from what was found before, if anything was.
std::vector<DeviceReport> KnownDevices(const std::string& backend, const std::string& device,
                                       std::chrono::milliseconds deadline);

SessionOpener OpenerOf(Backend backend, const std::string& device);

}  // namespace nrtc::hw

#endif  // NRTC_HW_DEVICES_H_
