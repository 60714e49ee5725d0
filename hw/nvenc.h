// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// NVENC: encoders of GPUs of NVIDIA under Linux.

#ifndef NRTC_HW_NVENC_H_
#define NRTC_HW_NVENC_H_

#include <string>
#include <vector>

#include "hw/device.h"
#include "hw/session.h"

namespace nrtc::hw {

// The GPUs that CUDA counts, by their numbers. If there is none, says why.
// Calls the driver.
std::vector<std::string> NvencDevices(std::string& reason);

// Finds out what the device can do. Calls the driver, which may take long.
DeviceReport ProbeNvenc(const std::string& device);

// Opens encoders of the device.
SessionOpener NvencOpener(const std::string& device);

}  // namespace nrtc::hw

#endif  // NRTC_HW_NVENC_H_
