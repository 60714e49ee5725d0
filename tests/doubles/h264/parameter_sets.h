// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The parameter sets of the doubles whose drivers write them themselves.

#ifndef NRTC_TESTS_DOUBLES_H264_PARAMETER_SETS_H_
#define NRTC_TESTS_DOUBLES_H264_PARAMETER_SETS_H_

#include "bits.h"

namespace doubles {

// frame_num has 8 bits, pictures are shown as they are coded.
struct ParameterSets {
  uint32_t profile_idc = 66;
  uint32_t constraints = 0xc0;
  uint32_t level_idc = 40;
  bool cabac = false;
  uint32_t references = 1;
  bool gaps = false;  // what is left out of upper layers may have been a reference
  uint32_t width = 0, height = 0;

  uint32_t columns() const { return (width + 15) / 16; }
  uint32_t rows() const { return (height + 15) / 16; }
  // Without header bytes and emulation prevention.
  Bytes Sps() const {
    BitSink w;
    w.U(profile_idc, 8);
    w.U(constraints, 8);
    w.U(level_idc, 8);
    w.Ue(0);
    if (profile_idc == 100) {
      w.Ue(1);
      w.Ue(0);
      w.Ue(0);
      w.U(0, 2);
    }
    w.Ue(4);
    w.Ue(2);
    w.Ue(references);
    w.U(gaps, 1);
    w.Ue(columns() - 1);
    w.Ue(rows() - 1);
    w.U(7, 3);
    w.Ue(0);
    w.Ue((columns() * 16 - width) / 2);
    w.Ue(0);
    w.Ue((rows() * 16 - height) / 2);
    w.U(0, 1);
    w.Bit(1);
    w.Align();
    return w.bytes();
  }
  Bytes Pps() const {
    BitSink w;
    w.Ue(0);
    w.Ue(0);
    w.U(cabac, 1);
    w.U(0, 1);
    w.Ue(0);
    w.Ue(0);
    w.Ue(0);
    w.U(0, 3);
    w.Se(0);
    w.Se(0);
    w.Se(0);
    w.U(0, 3);
    w.Bit(1);
    w.Align();
    return w.bytes();
  }
};

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_H264_PARAMETER_SETS_H_
