// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/stats_json_internal.h"

namespace nrtc::compat {
namespace {

template <typename T>
void WriteStatsMember(JsonWriter& json, const webrtc::RTCStatsMemberInterface& m) {
  json.Member(m.name(), *m.cast_to<webrtc::RTCStatsMember<T>>());
}

}  // namespace

int64_t StatsTimestampUs(const webrtc::RTCStats& stats) {
  return stats.timestamp_us();
}

void WriteStatsMembers(JsonWriter& json, const webrtc::RTCStats& stats) {
  using M = webrtc::RTCStatsMemberInterface;
  for (const M* m : stats.Members()) {
    if (!m->is_defined()) continue;
    switch (m->type()) {
      case M::kBool:
        WriteStatsMember<bool>(json, *m);
        break;
      case M::kInt32:
        WriteStatsMember<int32_t>(json, *m);
        break;
      case M::kUint32:
        WriteStatsMember<uint32_t>(json, *m);
        break;
      case M::kInt64:
        WriteStatsMember<int64_t>(json, *m);
        break;
      case M::kUint64:
        WriteStatsMember<uint64_t>(json, *m);
        break;
      case M::kDouble:
        WriteStatsMember<double>(json, *m);
        break;
      case M::kString:
        WriteStatsMember<std::string>(json, *m);
        break;
      case M::kSequenceBool:
        WriteStatsMember<std::vector<bool>>(json, *m);
        break;
      case M::kSequenceInt32:
        WriteStatsMember<std::vector<int32_t>>(json, *m);
        break;
      case M::kSequenceUint32:
        WriteStatsMember<std::vector<uint32_t>>(json, *m);
        break;
      case M::kSequenceInt64:
        WriteStatsMember<std::vector<int64_t>>(json, *m);
        break;
      case M::kSequenceUint64:
        WriteStatsMember<std::vector<uint64_t>>(json, *m);
        break;
      case M::kSequenceDouble:
        WriteStatsMember<std::vector<double>>(json, *m);
        break;
      case M::kSequenceString:
        WriteStatsMember<std::vector<std::string>>(json, *m);
        break;
      case M::kMapStringUint64:
        WriteStatsMember<std::map<std::string, uint64_t>>(json, *m);
        break;
      case M::kMapStringDouble:
        WriteStatsMember<std::map<std::string, double>>(json, *m);
        break;
    }
  }
}

}  // namespace nrtc::compat
