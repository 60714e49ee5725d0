// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Which encoders an application wants.

#ifndef NRTC_HW_ENCODER_OPTIONS_H_
#define NRTC_HW_ENCODER_OPTIONS_H_

#include <chrono>
#include <string>
#include <vector>

#include "hw/watched_session.h"

namespace nrtc::hw {

struct EncoderOptions {
  bool hardware = false;  // false: software only, and no device is touched
  bool require = false;   // no software in place of hardware
  std::string backend;    // "vaapi" ...; empty: any
  std::string device;     // a node, say; empty: any of those found
  std::vector<std::string> codecs;  // that are offered before all others, in this order; as in SDP
  Deadlines deadlines;
  // How long after a failure hardware is tried again: at first, and at most, doubling.
  std::chrono::milliseconds retry_first{5000};
  std::chrono::milliseconds retry_most{300000};
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_ENCODER_OPTIONS_H_
