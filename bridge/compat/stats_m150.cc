// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/stats_json_internal.h"

namespace nrtc::compat {

int64_t StatsTimestampUs(const webrtc::RTCStats& stats) {
  return stats.timestamp().us();
}

void WriteStatsMembers(JsonWriter& json, const webrtc::RTCStats& stats) {
  for (const webrtc::Attribute& a : stats.Attributes()) {
    if (!a.has_value()) continue;
    std::visit([&](const auto* value) { json.Member(a.name(), **value); }, a.as_variant());
  }
}

}  // namespace nrtc::compat
