// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Rate control for drivers that have none: chooses the quantiser of each picture.

#ifndef NRTC_HW_QP_CONTROLLER_H_
#define NRTC_HW_QP_CONTROLLER_H_

#include <cstddef>
#include <cstdint>

namespace nrtc::hw {

// A model of how many bits a picture costs, corrected by each picture, and a leaky
// bucket that holds the sum to the bitrate. Not for use by several threads.
class QpController {
 public:
  // The quantisers of H.264 and H.265. A lower bound keeps still pictures from
  // taking all there is.
  explicit QpController(int min_qp = 12, int max_qp = 51);

  // Holds from the next picture on. A framerate that is no number is taken for 30.
  void SetRates(uint32_t bitrate_bps, double framerate);

  // Whether the next picture should be left out because the bucket is full. Never
  // two seconds' worth in a row.
  bool ShouldDrop() const;
  void Dropped();

  int NextQp(bool key) const;
  // What the picture of that quantiser took.
  void Encoded(bool key, int qp, size_t bytes);

 private:
  double PictureBudget(bool key) const;

  const int min_qp_;
  const int max_qp_;
  double bitrate_ = 300000;
  double framerate_ = 30;
  double bucket_ = 0;  // bits above what the bitrate allows
  int dropped_in_a_row_ = 0;
  // Bits that a picture takes at quantiser 0, if six steps halve it; 0: not known.
  double key_bits_ = 0;
  double delta_bits_ = 0;
  int last_qp_ = 0;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_QP_CONTROLLER_H_
