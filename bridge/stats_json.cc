// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/stats_json_internal.h"

namespace nrtc {

std::string StatsJson(const webrtc::RTCStatsReport& report) {
  JsonWriter json;
  json.Raw("[");
  for (const webrtc::RTCStats& stats : report) {
    json.Raw(json.AtStart() ? "{" : ",{");
    json.Member("type", std::string(stats.type()));
    json.Member("id", stats.id());
    json.Member("timestamp", compat::StatsTimestampUs(stats));
    compat::WriteStatsMembers(json, stats);
    json.Raw("}");
  }
  json.Raw("]");
  return json.Take();
}

}  // namespace nrtc
