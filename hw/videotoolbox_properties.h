// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What VideoToolbox is asked for and what it answers, as far as neither needs its
// headers, so that it is tested everywhere.

#ifndef NRTC_HW_VIDEOTOOLBOX_PROPERTIES_H_
#define NRTC_HW_VIDEOTOOLBOX_PROPERTIES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "hw/annexb.h"
#include "hw/session.h"

namespace nrtc::hw {

NalSyntax VideoToolboxSyntax(Profile profile);

// One way to ask for a session.
struct VideoToolboxRequest {
  bool low_latency = false;  // one in, one out; the only mode with temporal layers
  bool hardware = false;     // nothing but hardware; otherwise hardware before software
  // A profile and a level: the name of a constant without its kVTProfileLevel_.
  std::string level;
  bool operator==(const VideoToolboxRequest&) const = default;
};

// The ways to ask for a stream, of which the first that is granted is taken: hardware
// before software, low latency before none, the level that is needed before one that
// VideoToolbox chooses.
std::vector<VideoToolboxRequest> VideoToolboxRequests(const StreamConfig& config);

// No span of that many seconds may have more bytes.
struct DataRateLimit {
  int64_t bytes = 0;
  double seconds = 0;
};
DataRateLimit VideoToolboxDataRateLimit(uint32_t bitrate_bps);

// What answers of VideoToolbox, CoreMedia and CoreVideo say.
std::string OsStatusText(int32_t status);

// Whether the session is lost, and a new one may work.
bool IsInvalidSession(int32_t status);

}  // namespace nrtc::hw

#endif  // NRTC_HW_VIDEOTOOLBOX_PROPERTIES_H_
