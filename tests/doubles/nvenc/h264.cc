// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include <algorithm>

#include "../h264/parameter_sets.h"
#include "../h264/slice_data.h"
#include "nvenc.h"

namespace doubles {
namespace {

Bytes ParameterSetsOf(const Encoder& e) {
  ParameterSets sets;
  sets.profile_idc = e.high() ? 100 : e.main() ? 77 : 66;
  sets.constraints = e.high() ? 0 : e.main() ? 0x40 : 0xc0;
  if (e.h264().level != NV_ENC_LEVEL_AUTOSELECT) sets.level_idc = e.h264().level;
  sets.cabac = e.cabac();
  sets.references = e.layers() == 3 ? 2 : 1;
  sets.gaps = e.layers() == 3;
  sets.width = e.parameters.encodeWidth;
  sets.height = e.parameters.encodeHeight;
  Bytes out;
  AppendNal(out, 0x67, sets.Sps());
  AppendNal(out, 0x68, sets.Pps());
  return out;
}

PlanarPicture PlanesOf(const Picture& p) {
  const uint8_t* chroma = p.pixels + static_cast<ptrdiff_t>(p.height) * p.pitch;
  if (p.format == NV_ENC_BUFFER_FORMAT_IYUV) {
    return {p.width, p.height, p.pixels, chroma, chroma + p.height / 2 * (p.pitch / 2), p.pitch, p.pitch / 2, 1};
  }
  return {p.width, p.height, p.pixels, chroma, chroma + 1, p.pitch, p.pitch, 2};
}

// The layer of a picture: as drivers do it, every second of the layers below.
int LayerOf(const Encoder& e) {
  static constexpr int kThree[] = {0, 2, 1, 2};
  if (e.layers() == 2) return e.since_idr % 2;
  return e.layers() == 3 ? kThree[e.since_idr % 4] : 0;
}

}  // namespace

void EncodeH264(Encoder& e, const Picture& picture, bool idr, bool parameter_sets, Stream& out) {
  if (idr) {
    e.frame_num = e.since_idr = 0;
    e.references.clear();
  }
  const int layer = LayerOf(e);
  const bool kept = e.layers() == 1 || layer < e.layers() - 1;
  // The latest of a lower layer, or of the lowest.
  size_t used = 0;
  while (used + 1 < e.references.size() && e.references[used].layer > std::max(layer - 1, 0)) ++used;
  BitSink w;
  w.Ue(0);
  w.Ue(idr ? 7 : 5);
  w.Ue(0);
  w.U(e.frame_num % 256, 8);
  if (idr) w.Ue(e.idr_pic_id++ % 2);
  if (!idr) {
    w.U(0, 1);
    w.U(used > 0, 1);
    if (used > 0) {
      w.Ue(0);
      w.Ue((e.frame_num - e.references[used].frame_num) % 256 - 1);
      w.Ue(3);
    }
  }
  if (kept) w.U(0, idr ? 2 : 1);
  if (e.cabac() && !idr) w.Ue(0);
  w.Se(0);
  Bytes all = Macroblocks(PlanesOf(picture), e.columns(), e.rows());
  AppendSliceData(w, DataOf(all, idr ? nullptr : &e.references[used].samples, e.cabac(), e.columns(), e.rows()));
  out.data = parameter_sets ? ParameterSetsOf(e) : Bytes();
  AppendNal(out.data, idr ? 0x65 : kept ? 0x41 : 0x01, w.bytes());
  out.layer = layer;
  ++e.since_idr;
  if (!kept) return;
  e.references.insert(e.references.begin(), {e.frame_num, layer, std::move(all)});
  if (e.references.size() > (e.layers() == 3 ? 2u : 1u)) e.references.pop_back();
  ++e.frame_num;
}

}  // namespace doubles
