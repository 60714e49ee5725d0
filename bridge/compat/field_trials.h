// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Field trials of one factory. webrtc::FieldTrials is of no use here: in debian it
// changes a global, and aborts the process when there are two of it; in m150 the
// library does not contain it.

#ifndef NRTC_BRIDGE_COMPAT_FIELD_TRIALS_H_
#define NRTC_BRIDGE_COMPAT_FIELD_TRIALS_H_

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "api/field_trials_view.h"

namespace nrtc::compat {

class FactoryFieldTrials : public webrtc::FieldTrialsView {
 public:
  using Groups = std::map<std::string, std::string>;

  // Nothing if text is not "Name/Group/Name/Group/", or gives a name two groups.
  static std::optional<Groups> Parse(const std::string& text) {
    Groups groups;
    for (size_t at = 0; at < text.size();) {
      size_t name_end = text.find('/', at);
      if (name_end == std::string::npos || name_end == at) return std::nullopt;
      size_t group_end = text.find('/', name_end + 1);
      if (group_end == std::string::npos || group_end == name_end + 1) return std::nullopt;
      std::string group = text.substr(name_end + 1, group_end - name_end - 1);
      auto [it, fresh] = groups.emplace(text.substr(at, name_end - at), group);
      if (!fresh && it->second != group) return std::nullopt;
      at = group_end + 1;
    }
    return groups;
  }

  explicit FactoryFieldTrials(Groups groups) : groups_(std::move(groups)) {}
  explicit FactoryFieldTrials(const std::string& text) : groups_(Parse(text).value_or(Groups())) {}

  std::string Lookup(absl::string_view name) const override {
    auto it = groups_.find(std::string(name));
    return it == groups_.end() ? std::string() : it->second;
  }
  // Overrides in revisions that have it.
  std::unique_ptr<webrtc::FieldTrialsView> CreateCopy() const { return std::make_unique<FactoryFieldTrials>(groups_); }

 private:
  const Groups groups_;
};

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_FIELD_TRIALS_H_
