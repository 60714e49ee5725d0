// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What was found out about the devices of this machine.

#ifndef NRTC_HW_DEVICE_H_
#define NRTC_HW_DEVICE_H_

#include <string>
#include <vector>

#include "hw/session.h"

namespace nrtc::hw {

enum class Backend { kVaapi, kNvenc, kVideoToolbox };

const char* Name(Backend backend);

struct ProfileReport {
  Profile profile = Profile::kH264ConstrainedBaseline;
  int max_width = 0;  // 0: the driver does not say
  int max_height = 0;
  int temporal_layers = 1;
  std::vector<RateMode> rate_modes;  // in the order in which they are preferred
};

struct DeviceReport {
  Backend backend = Backend::kVaapi;
  std::string device;  // what names it: the path of a node, the number of a GPU, or "default"
  std::string name;    // as the driver calls it
  std::vector<ProfileReport> profiles;
  std::vector<NativeFormat> native_formats;  // as a session told
  std::string reason;  // why it cannot encode, if it has no profiles
  bool settled = true;  // else it answered late or refused a session, which may be otherwise another time
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_DEVICE_H_
