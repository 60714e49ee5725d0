// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// VAAPI: encoders of GPUs of Intel and AMD under Linux.

#ifndef NRTC_HW_VAAPI_H_
#define NRTC_HW_VAAPI_H_

#include <string>
#include <vector>

#include "hw/device.h"
#include "hw/session.h"

namespace nrtc::hw {

// The render nodes in the folder, "/dev/dri" on a Linux machine, in order. If there is none, or
// they cannot be seen, says why.
std::vector<std::string> VaapiNodes(const std::string& folder, std::string& reason);

// Finds out what the device can do. Calls the driver, which may take long.
DeviceReport ProbeVaapi(const std::string& node);

// Opens encoders of the device.
SessionOpener VaapiOpener(const std::string& node);

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI_H_
