// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/qp_controller.h"

#include <algorithm>
#include <cmath>

namespace nrtc::hw {
namespace {

constexpr double kBucketSeconds = 0.5;   // what the bucket holds
constexpr double kKeyPictures = 5;       // a key picture may take as much as that many others
constexpr double kRecoverSeconds = 0.4;  // in which an excess is worked off
constexpr int kFirstQp = 30;
constexpr int kStepDown = 3;  // most that the quantiser falls from one picture to the next
constexpr int kStepUp = 8;

}  // namespace

QpController::QpController(int min_qp, int max_qp) : min_qp_(min_qp), max_qp_(std::max(min_qp, max_qp)) {}

void QpController::SetRates(uint32_t bitrate_bps, double framerate) {
  const double before = bitrate_;
  bitrate_ = std::max<double>(bitrate_bps, 1000);
  framerate_ = std::isfinite(framerate) && framerate >= 1 ? std::min(framerate, 240.0) : 30;
  // The excess is worth the same time as before.
  bucket_ *= bitrate_ / before;
}

bool QpController::ShouldDrop() const {
  return bucket_ > bitrate_ * kBucketSeconds && dropped_in_a_row_ < 2 * framerate_;
}

void QpController::Dropped() {
  ++dropped_in_a_row_;
  bucket_ = std::max(bucket_ - bitrate_ / framerate_, -bitrate_ * kBucketSeconds / 2);
}

double QpController::PictureBudget(bool key) const {
  const double share = bitrate_ / framerate_;
  if (key) return share * kKeyPictures;
  // Works the excess off, but leaves a picture a tenth of its share.
  return std::max(share - bucket_ / (kRecoverSeconds * framerate_), share / 10);
}

int QpController::NextQp(bool key) const {
  double cost = key ? key_bits_ : delta_bits_;
  if (cost <= 0) return std::clamp(last_qp_ > 0 ? last_qp_ : kFirstQp, min_qp_, max_qp_);
  int qp = static_cast<int>(std::ceil(6 * std::log2(std::max(cost / PictureBudget(key), 1e-9))));
  if (!key && last_qp_ > 0) qp = std::clamp(qp, last_qp_ - kStepDown, last_qp_ + kStepUp);
  return std::clamp(qp, min_qp_, max_qp_);
}

void QpController::Encoded(bool key, int qp, size_t bytes) {
  const double bits = static_cast<double>(bytes) * 8;
  const double share = bitrate_ / framerate_;
  bucket_ = std::max(bucket_ + bits - share, -bitrate_ * kBucketSeconds / 2);
  dropped_in_a_row_ = 0;
  last_qp_ = qp;
  const double cost = bits * std::exp2(qp / 6.0);
  double& known = key ? key_bits_ : delta_bits_;
  known = known <= 0 ? cost : known * 0.6 + cost * 0.4;
}

}  // namespace nrtc::hw
