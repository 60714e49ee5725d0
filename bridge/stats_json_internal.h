// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A statistics report as JSON. RTCStatsReport::ToJson does not escape strings,
// and some of them, such as a data channel's label, are the remote peer's.

#ifndef NRTC_BRIDGE_STATS_JSON_INTERNAL_H_
#define NRTC_BRIDGE_STATS_JSON_INTERNAL_H_

#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "bridge/compat/compat.h"

namespace nrtc {

class JsonWriter {
 public:
  void Value(bool v) { text_ += v ? "true" : "false"; }
  void Value(int32_t v) { Format("%" PRId32, v); }
  void Value(uint32_t v) { Format("%" PRIu32, v); }
  void Value(int64_t v) { Format("%" PRId64, v); }
  void Value(uint64_t v) { Format("%" PRIu64, v); }
  // JSON has no number for what is not finite.
  void Value(double v) { std::isfinite(v) ? Format("%.17g", v) : Raw("null"); }
  void Value(const std::string& v) {
    text_ += '"';
    for (unsigned char c : v) {
      if (c == '"' || c == '\\') {
        text_ += '\\';
        text_ += static_cast<char>(c);
      } else if (c < 0x20) {
        Format("\\u%04x", c);
      } else {
        text_ += static_cast<char>(c);
      }
    }
    text_ += '"';
  }
  template <typename T>
  void Value(const std::vector<T>& list) {
    text_ += '[';
    for (size_t i = 0; i < list.size(); i++) {
      if (i > 0) text_ += ',';
      Value(static_cast<T>(list[i]));
    }
    text_ += ']';
  }
  template <typename T>
  void Value(const std::map<std::string, T>& members) {
    text_ += '{';
    for (const auto& [name, value] : members) {
      if (text_.back() != '{') text_ += ',';
      Value(name);
      text_ += ':';
      Value(value);
    }
    text_ += '}';
  }
  template <typename T>
  void Member(const std::string& name, const T& value) {
    if (text_.back() != '{') text_ += ',';
    Value(name);
    text_ += ':';
    Value(value);
  }
  void Raw(const char* text) { text_ += text; }
  std::string Take() { return std::move(text_); }
  bool AtStart() const { return text_.empty() || text_.back() == '['; }

 private:
  template <typename T>
  void Format(const char* format, T v) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, format, v);
    text_ += buffer;
  }
  std::string text_;
};

// An array of objects, each with type, id, timestamp (microseconds) and its
// members by their W3C names.
std::string StatsJson(const webrtc::RTCStatsReport& report);

namespace compat {
int64_t StatsTimestampUs(const webrtc::RTCStats& stats);
// Writes the members that are defined.
void WriteStatsMembers(JsonWriter& json, const webrtc::RTCStats& stats);
}  // namespace compat

}  // namespace nrtc

#endif  // NRTC_BRIDGE_STATS_JSON_INTERNAL_H_
