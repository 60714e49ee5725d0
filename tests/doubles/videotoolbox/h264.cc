// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include <algorithm>

#include "../h264/slice_data.h"
#include "double.h"

namespace doubles {
namespace {

// A unit as it stands in MP4: with emulation prevention, without a start code.
Bytes Unit(uint8_t header, const BitSink& payload) {
  Bytes out;
  AppendNal(out, header, payload.bytes());
  out.erase(out.begin(), out.begin() + 4);
  return out;
}

Bytes Sps(const H264State& s) {
  BitSink w;
  w.U(static_cast<uint32_t>(s.profile_idc), 8);
  w.U(s.profile_idc == 66 ? 0xc0 : 0, 8);
  w.U(static_cast<uint32_t>(s.level_idc), 8);
  w.Ue(0);
  if (s.profile_idc == 100) {
    w.Ue(1);
    w.Ue(0);
    w.Ue(0);
    w.U(0, 2);
  }
  w.Ue(4);  // frame_num of 8 bits
  w.Ue(2);  // pictures are shown as they are coded
  w.Ue(1);
  w.U(0, 1);
  w.Ue(static_cast<uint32_t>(s.columns() - 1));
  w.Ue(static_cast<uint32_t>(s.rows() - 1));
  w.U(7, 3);
  w.Ue(0);
  w.Ue(static_cast<uint32_t>(s.columns() * 16 - s.width) / 2);
  w.Ue(0);
  w.Ue(static_cast<uint32_t>(s.rows() * 16 - s.height) / 2);
  w.U(0, 1);
  w.Bit(1);
  w.Align();
  return Unit(0x27, w);
}

Bytes Pps(const H264State& s) {
  BitSink w;
  w.Ue(0);
  w.Ue(0);
  w.U(s.cabac, 1);
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
  return Unit(0x28, w);
}

// The samples of a macroblock; beyond the picture its edges.
Bytes Samples(const H264State& s, const Pixels& p, int index) {
  Bytes out;
  const int x = index % s.columns() * 16;
  const int y = index / s.columns() * 16;
  for (int i = 0; i < 256; ++i) {
    const auto row = static_cast<size_t>(std::min(y + i / 16, s.height - 1));
    out.push_back(p.luma[row * p.stride + static_cast<size_t>(std::min(x + i % 16, s.width - 1))]);
  }
  for (size_t component : {0, 1}) {
    for (int i = 0; i < 64; ++i) {
      const auto row = static_cast<size_t>(std::min(y / 2 + i / 8, s.height / 2 - 1));
      const auto column = static_cast<size_t>(std::min(x / 2 + i % 8, s.width / 2 - 1));
      out.push_back(p.chroma[row * p.stride + column * 2 + component]);
    }
  }
  return out;
}

}  // namespace

EncodedPicture EncodeH264(H264State& s, const Pixels& pixels, bool key) {
  if (key) s.frame_num = s.since_idr = 0;
  EncodedPicture out;
  out.key = key;
  out.referenced = !s.layers || s.since_idr % 2 == 0;
  out.parameter_sets = {Sps(s), Pps(s)};
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
  SliceData data;
  data.intra = key;
  data.cabac = s.cabac;
  data.columns = s.columns();
  data.rows = s.rows();
  Bytes all;
  for (int i = 0; i < data.columns * data.rows; ++i) {
    const Bytes now = Samples(s, pixels, i);
    data.skip.push_back(!key && std::equal(now.begin(), now.end(), s.reference.begin() + i * 384));
    all.insert(all.end(), now.begin(), now.end());
  }
  data.samples = [&](int i) { return Bytes(all.begin() + i * 384, all.begin() + (i + 1) * 384); };
  AppendSliceData(w, data);
  out.units.push_back(Unit(key ? 0x25 : out.referenced ? 0x21 : 0x01, w));
  ++s.since_idr;
  if (out.referenced) {
    s.reference = std::move(all);
    ++s.frame_num;
  }
  return out;
}

}  // namespace doubles
