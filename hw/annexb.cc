// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/annexb.h"

namespace nrtc::hw {
namespace {

constexpr uint8_t kForbiddenBit = 0x80;

// Which kinds of units there were.
struct UnitsSeen {
  bool vps = false;
  bool sps = false;
  bool pps = false;
  bool slice = false;
  bool random_access = false;
  bool reference = false;

  void AddH264(uint8_t header) {
    const int type = header & 31;
    sps = sps || type == 7;
    pps = pps || type == 8;
    if (type != 1 && type != 5) return;
    slice = true;
    random_access = random_access || type == 5;
    reference = reference || (header & 0x60) != 0;
  }
  void AddHevc(uint8_t first, uint8_t second) {
    const int type = first >> 1 & 63;
    vps = vps || type == 32;
    sps = sps || type == 33;
    pps = pps || type == 34;
    if (type > 31) return;
    slice = true;
    random_access = random_access || (type >= 16 && type <= 21);
    // Table 7-1: the even ones up to 14 are not referred to in their sub-layer.
    const bool unreferenced = type <= 14 && type % 2 == 0;
    const bool upper = (second & 7) > 1;
    reference = reference || !(unreferenced || upper);
  }
};

}  // namespace

void AppendNalUnit(const uint8_t* unit, size_t size, std::vector<uint8_t>& out) {
  static constexpr uint8_t kStartCode[] = {0, 0, 0, 1};
  out.insert(out.end(), kStartCode, kStartCode + sizeof kStartCode);
  out.insert(out.end(), unit, unit + size);
}

bool AppendAnnexB(NalSyntax syntax, const uint8_t* data, size_t size, int length_bytes, std::vector<uint8_t>& out,
                  NalContents& contents) {
  if (length_bytes < 1 || length_bytes > 4) return false;
  const auto prefix = static_cast<size_t>(length_bytes);
  const size_t header = syntax == NalSyntax::kH264 ? 1 : 2;
  const size_t before = out.size();
  UnitsSeen seen;
  for (size_t at = 0; at < size;) {
    size_t length = 0;
    bool whole = size - at >= prefix;
    for (size_t i = 0; whole && i < prefix; ++i) length = length << 8 | data[at + i];
    whole = whole && length >= header && length <= size - at - prefix && (data[at + prefix] & kForbiddenBit) == 0;
    if (!whole) {
      out.resize(before);
      return false;
    }
    const uint8_t* unit = data + at + prefix;
    syntax == NalSyntax::kH264 ? seen.AddH264(unit[0]) : seen.AddHevc(unit[0], unit[1]);
    AppendNalUnit(unit, length, out);
    at += prefix + length;
  }
  contents.parameter_sets = seen.sps && seen.pps && (seen.vps || syntax == NalSyntax::kH264);
  contents.slice = seen.slice;
  contents.random_access = seen.random_access;
  contents.disposable = seen.slice && !seen.reference;
  return true;
}

}  // namespace nrtc::hw
