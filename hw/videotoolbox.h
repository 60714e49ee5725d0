// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// VideoToolbox: the encoders of Macs. Written from Apple's documentation and tested over
// a double; it has not been run on a Mac yet.

#ifndef NRTC_HW_VIDEOTOOLBOX_H_
#define NRTC_HW_VIDEOTOOLBOX_H_

#include <string>
#include <vector>

#include "hw/device.h"
#include "hw/session.h"

namespace nrtc::hw {

// The one device, which stands for all that VideoToolbox chooses from; none on systems
// other than macOS, and says so.
std::vector<std::string> VideoToolboxDevices(std::string& reason);

// Finds out what is encoded in hardware. Opens sessions, which may take long.
DeviceReport ProbeVideoToolbox(const std::string& device);

// Opens encoders.
SessionOpener VideoToolboxOpener(const std::string& device);

}  // namespace nrtc::hw

#endif  // NRTC_HW_VIDEOTOOLBOX_H_
