// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Which pictures of a VP8, VP9 or AV1 stream refer to which: none but the one before (one
// temporal layer), or the patterns of L1T2 and L1T3.

#ifndef NRTC_HW_VPX_REFERENCES_H_
#define NRTC_HW_VPX_REFERENCES_H_

#include <array>

namespace nrtc::hw {

// The buffers that VP8 and VP9 name; of AV1 the first three. The last one is what temporal layer 0 refers
// to, the golden one holds layer 1 of three; the other is kept only because a key picture
// sets it.
enum VpxBuffer { kVpxLast, kVpxGolden, kVpxAltRef, kVpxBuffers };

struct VpxPicture {
  bool key = false;
  int temporal_index = 0;
  bool layer_sync = false;  // refers to the base layer only
  int slot = 0;             // where it is to be reconstructed
  VpxBuffer used = kVpxLast;  // what it refers to, unless it is a key picture
  int distance = 0;           // how many pictures back that is
  std::array<int, kVpxBuffers> slots{};     // what the buffers hold before it
  std::array<bool, kVpxBuffers> updates{};  // those that hold it afterwards
};

class VpxReferences {
 public:
  explicit VpxReferences(int temporal_layers) : layers_(temporal_layers) {}

  // Surfaces needed for reconstructed pictures.
  static constexpr int kSlots = kVpxBuffers + 1;

  // Describes the next picture. The first is always a key picture. Nothing changes
  // until Commit.
  VpxPicture Next(bool key) const;
  // The picture was encoded.
  void Commit(const VpxPicture& picture);

 private:
  struct Held {
    int slot = 0;
    int number = 0;
    int temporal_index = 0;
  };
  const int layers_;
  std::array<Held, kVpxBuffers> held_{};
  bool started_ = false;
  int since_key_ = 0;
  int number_ = 0;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_VPX_REFERENCES_H_
