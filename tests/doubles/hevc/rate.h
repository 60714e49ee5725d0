// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Rate control of the test doubles' H.265.

#ifndef NRTC_TESTS_DOUBLES_HEVC_RATE_H_
#define NRTC_TESTS_DOUBLES_HEVC_RATE_H_

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace doubles {

// The quantiser of the next picture, by what the last ones took.
class HevcRate {
 public:
  int Next(double bitrate, double framerate) {
    budget_ = bitrate / framerate / 8;
    return static_cast<int>(std::lround(std::clamp(qp_, 4.0, 51.0)));
  }
  void Took(size_t bytes, bool idr) {
    const double wanted = idr ? budget_ * 4 : budget_;
    qp_ = std::clamp(qp_ + std::clamp(6 * std::log2(static_cast<double>(bytes) / wanted), -4.0, 8.0), 4.0, 51.0);
  }

 private:
  double qp_ = 26;
  double budget_ = 0;
};

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_HEVC_RATE_H_
