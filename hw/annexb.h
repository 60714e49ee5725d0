// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Streams of H.264 and HEVC whose units follow their lengths, as in MP4 and as
// VideoToolbox makes them, into Annex B, where they follow start codes.

#ifndef NRTC_HW_ANNEXB_H_
#define NRTC_HW_ANNEXB_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nrtc::hw {

enum class NalSyntax { kH264, kHevc };

// What the units of one picture are.
struct NalContents {
  bool parameter_sets = false;  // SPS and PPS, and of HEVC the VPS
  bool slice = false;
  bool random_access = false;  // decoding can begin here: IDR; of HEVC also CRA and BLA
  bool disposable = false;     // no picture of its own or a lower layer refers to it
};

// Appends a unit behind a start code.
void AppendNalUnit(const uint8_t* unit, size_t size, std::vector<uint8_t>& out);

// Appends the units, each of which follows its length, big-endian in that many bytes (1 to
// 4). False, and nothing is appended, where the lengths do not add up, a unit is too
// short to have a header, or its forbidden bit is set.
bool AppendAnnexB(NalSyntax syntax, const uint8_t* data, size_t size, int length_bytes, std::vector<uint8_t>& out,
                  NalContents& contents);

}  // namespace nrtc::hw

#endif  // NRTC_HW_ANNEXB_H_
