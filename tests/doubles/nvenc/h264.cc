// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include <algorithm>

#include "../h264/slice_data.h"
#include "nvenc.h"

namespace doubles {
namespace {

Bytes ParameterSets(const Encoder& e) {
  const int crop_right = (e.columns() * 16 - static_cast<int>(e.parameters.encodeWidth)) / 2;
  const int crop_bottom = (e.rows() * 16 - static_cast<int>(e.parameters.encodeHeight)) / 2;
  BitSink w;
  w.U(e.high() ? 100 : e.main() ? 77 : 66, 8);
  w.U(e.high() ? 0 : e.main() ? 0x40 : 0xc0, 8);
  w.U(e.h264().level == NV_ENC_LEVEL_AUTOSELECT ? 40 : e.h264().level, 8);
  w.Ue(0);
  if (e.high()) {
    w.Ue(1);
    w.Ue(0);
    w.Ue(0);
    w.U(0, 2);
  }
  w.Ue(4);  // frame_num of 8 bits
  w.Ue(2);  // pictures are shown as they are coded
  w.Ue(e.layers() == 3 ? 2 : 1);
  w.U(e.layers() == 3, 1);  // what is left out of upper layers may have been a reference
  w.Ue(static_cast<uint32_t>(e.columns() - 1));
  w.Ue(static_cast<uint32_t>(e.rows() - 1));
  w.U(7, 3);
  w.Ue(0);
  w.Ue(static_cast<uint32_t>(crop_right));
  w.Ue(0);
  w.Ue(static_cast<uint32_t>(crop_bottom));
  w.U(0, 1);
  w.Bit(1);
  w.Align();
  Bytes out;
  AppendNal(out, 0x67, w.bytes());
  BitSink q;
  q.Ue(0);
  q.Ue(0);
  q.U(e.cabac(), 1);
  q.U(0, 1);
  q.Ue(0);
  q.Ue(0);
  q.Ue(0);
  q.U(0, 3);
  q.Se(0);
  q.Se(0);
  q.Se(0);
  q.U(0, 3);
  q.Bit(1);
  q.Align();
  AppendNal(out, 0x68, q.bytes());
  return out;
}

// The samples of a macroblock; beyond the picture its edges.
Bytes Samples(const Picture& p, int columns, int index) {
  Bytes out(384);
  const int x = index % columns * 16;
  const int y = index / columns * 16;
  for (int i = 0; i < 256; ++i) {
    int row = std::min(y + i / 16, p.height - 1);
    int column = std::min(x + i % 16, p.width - 1);
    out[static_cast<size_t>(i)] = p.pixels[row * p.pitch + column];
  }
  for (int i = 0; i < 64; ++i) {
    int row = p.height + std::min(y / 2 + i / 8, p.height / 2 - 1);
    int column = std::min(x / 2 + i % 8, p.width / 2 - 1) * 2;
    const uint8_t* u = p.pixels + row * p.pitch + column;
    const uint8_t* v = u + 1;
    if (p.format == NV_ENC_BUFFER_FORMAT_IYUV) {
      u = p.pixels + p.height * p.pitch + (row - p.height) * (p.pitch / 2) + column / 2;
      v = u + p.height / 2 * (p.pitch / 2);
    }
    out[static_cast<size_t>(256 + i)] = *u;
    out[static_cast<size_t>(320 + i)] = *v;
  }
  return out;
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
  SliceData data;
  data.intra = idr;
  data.cabac = e.cabac();
  data.columns = e.columns();
  data.rows = e.rows();
  Bytes all;
  for (int i = 0; i < data.columns * data.rows; ++i) {
    Bytes now = Samples(picture, data.columns, i);
    data.skip.push_back(!idr && std::equal(now.begin(), now.end(), e.references[used].samples.begin() + i * 384));
    all.insert(all.end(), now.begin(), now.end());
  }
  data.samples = [&](int i) { return Bytes(all.begin() + i * 384, all.begin() + (i + 1) * 384); };
  AppendSliceData(w, data);
  out.data = parameter_sets ? ParameterSets(e) : Bytes();
  AppendNal(out.data, idr ? 0x65 : kept ? 0x41 : 0x01, w.bytes());
  out.layer = layer;
  ++e.since_idr;
  if (!kept) return;
  e.references.insert(e.references.begin(), {e.frame_num, layer, std::move(all)});
  if (e.references.size() > (e.layers() == 3 ? 2u : 1u)) e.references.pop_back();
  ++e.frame_num;
}

}  // namespace doubles
