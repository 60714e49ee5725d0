// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "../h264/parameter_sets.h"
#include "../h264/slice_data.h"
#include "double.h"

namespace doubles {
namespace {

// A unit as it stands in MP4: with emulation prevention, without a start code.
Bytes Unit(uint8_t header, const Bytes& payload) {
  Bytes out;
  AppendNal(out, header, payload);
  out.erase(out.begin(), out.begin() + 4);
  return out;
}

ParameterSets ParameterSetsOf(const H264State& s) {
  ParameterSets sets;
  sets.profile_idc = static_cast<uint32_t>(s.profile_idc);
  sets.constraints = s.profile_idc == 66 ? 0xc0 : 0;
  sets.level_idc = static_cast<uint32_t>(s.level_idc);
  sets.cabac = s.cabac;
  sets.width = static_cast<uint32_t>(s.width);
  sets.height = static_cast<uint32_t>(s.height);
  return sets;
}

}  // namespace

EncodedPicture EncodeH264(H264State& s, const Pixels& pixels, bool key) {
  if (key) s.frame_num = s.since_idr = 0;
  EncodedPicture out;
  out.key = key;
  out.referenced = !s.layers || s.since_idr % 2 == 0;
  const ParameterSets sets = ParameterSetsOf(s);
  out.parameter_sets = {Unit(0x27, sets.Sps()), Unit(0x28, sets.Pps())};
  BitSink w;
  w.Ue(0);
  w.Ue(key ? 7 : 5);
  w.Ue(0);
  w.U(s.frame_num % 256, 8);
  if (key) w.Ue(s.idr_pic_id++ % 2);
  if (!key) w.U(0, 2);
  if (out.referenced) w.U(0, key ? 2 : 1);
  if (s.cabac && !key) w.Ue(0);
  w.Se(0);
  const int stride = static_cast<int>(pixels.stride);
  Bytes all = Macroblocks({s.width, s.height, pixels.luma, pixels.chroma, pixels.chroma + 1, stride, stride, 2},
                          s.columns(), s.rows());
  AppendSliceData(w, DataOf(all, key ? nullptr : &s.reference, s.cabac, s.columns(), s.rows()));
  out.units.push_back(Unit(key ? 0x25 : out.referenced ? 0x21 : 0x01, w.bytes()));
  ++s.since_idr;
  if (out.referenced) {
    s.reference = std::move(all);
    ++s.frame_num;
  }
  return out;
}

}  // namespace doubles
