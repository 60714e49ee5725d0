// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "headers.h"

#include <algorithm>

namespace doubles::hevc {
namespace {

// The syntax is written down once, for both ways.
class Reading {
 public:
  static constexpr bool kReads = true;
  Reading(const Bytes& bytes, size_t bits) : bytes_(bytes), in_(bytes_, bits) {}

  template <typename T>
  void U(T& value, int bits) {
    value = static_cast<T>(in_.U(bits));
  }
  // A value of which the stream has so much less.
  void Ue(int& value, int less = 0) { value = static_cast<int>(in_.Ue()) + less; }
  void Se(int& value, int less = 0) { value = in_.Se() + less; }
  void Fixed(uint32_t value, int bits) { ok_ = in_.U(bits) == value && ok_; }
  void FixedUe(uint32_t value) { ok_ = in_.Ue() == value && ok_; }
  void Skip(uint32_t, int bits) { in_.U(bits); }
  void Align() {
    while (in_.at() % 8 != 0 && in_.ok()) Fixed(0, 1);
  }
  void Fail() { ok_ = false; }
  bool ok() const { return ok_ && in_.ok(); }
  size_t at() const { return in_.at(); }

 private:
  const Bytes bytes_;
  BitReader in_;
  bool ok_ = true;
};

class Writing {
 public:
  static constexpr bool kReads = false;
  template <typename T>
  void U(T& value, int bits) {
    out_.U(static_cast<uint32_t>(value), bits);
  }
  void Ue(int& value, int less = 0) { out_.Ue(static_cast<uint32_t>(value - less)); }
  void Se(int& value, int less = 0) { out_.Se(value - less); }
  void Fixed(uint32_t value, int bits) { out_.U(value, bits); }
  void FixedUe(uint32_t value) { out_.Ue(value); }
  void Skip(uint32_t value, int bits) { out_.U(value, bits); }
  void Align() { out_.Align(); }
  void Fail() {}
  BitSink& out() { return out_; }

 private:
  BitSink out_;
};

template <typename Io>
void ProfileSyntax(Io& io, SequenceSet& s) {
  io.Fixed(0, 2);
  io.Fixed(0, 1);  // main tier
  io.Fixed(1, 5);  // main profile
  io.Skip(0x60000000, 32);
  io.Skip(0x9, 4);
  io.Skip(0, 32);
  io.Skip(0, 12);
  io.U(s.level, 8);
  for (int i = 0; s.layers > 1 && i < 8; ++i) io.Fixed(0, 2);
}

template <typename Io>
void OrderingSyntax(Io& io, SequenceSet& s) {
  io.U(s.ordering_of_each, 1);
  for (int i = s.ordering_of_each ? 0 : s.layers - 1; i < s.layers; ++i) {
    io.Ue(s.buffering[i]);
    io.Ue(s.reorder[i]);
    io.Ue(s.latency[i]);
  }
}

template <typename Io>
void ReferencesSyntax(Io& io, References& r) {
  int count = static_cast<int>(r.size());
  io.Ue(count);
  io.FixedUe(0);  // none that are shown later
  if (count > 16) {
    io.Fail();
    count = 0;
  }
  r.resize(static_cast<size_t>(count));
  int before = 0;
  for (Kept& k : r) {
    io.Ue(k.distance, before + 1);
    io.U(k.used, 1);
    before = k.distance;
  }
}

template <typename Io>
void SequenceSyntax(Io& io, SequenceSet& s) {
  io.Fixed(0, 4);
  int layers = s.layers - 1;
  io.U(layers, 3);
  s.layers = std::min(layers + 1, 7);
  io.Fixed(1, 1);
  ProfileSyntax(io, s);
  io.FixedUe(0);
  io.FixedUe(1);
  io.Ue(s.width);
  io.Ue(s.height);
  io.U(s.window, 1);
  for (int i = 0; s.window && i < 4; ++i) io.Ue(s.crop[i]);
  io.FixedUe(0);
  io.FixedUe(0);
  io.Ue(s.log2_max_poc, 4);
  OrderingSyntax(io, s);
  io.Ue(s.log2_min_cb, 3);
  io.Ue(s.log2_ctb, s.log2_min_cb);
  io.Ue(s.log2_min_tb, 2);
  io.Ue(s.log2_max_tb, s.log2_min_tb);
  io.Ue(s.depth_inter);
  io.Ue(s.depth_intra);
  io.U(s.scaling_lists, 1);
  if (s.scaling_lists) io.Fail();
  io.U(s.amp, 1);
  io.U(s.sao, 1);
  io.U(s.pcm, 1);
  if (s.pcm) io.Fail();
  int sets = static_cast<int>(s.sets.size());
  io.Ue(sets);
  if (sets > 64) {
    io.Fail();
    sets = 0;
  }
  s.sets.resize(static_cast<size_t>(sets));
  for (size_t i = 0; i < s.sets.size(); ++i) {
    if (i > 0) io.Fixed(0, 1);
    ReferencesSyntax(io, s.sets[i]);
  }
  io.U(s.long_term, 1);
  if (s.long_term) io.Fail();
  io.U(s.temporal_mvp, 1);
  io.U(s.strong_intra, 1);
  // What is shown how may follow.
  if constexpr (!Io::kReads) io.Fixed(0, 2);
}

template <typename Io>
void PictureSyntax(Io& io, PictureSet& p) {
  io.FixedUe(0);
  io.FixedUe(0);
  io.U(p.dependent_slices, 1);
  io.U(p.output_flag, 1);
  io.U(p.extra_bits, 3);
  io.U(p.sign_hiding, 1);
  io.U(p.cabac_init, 1);
  io.Ue(p.active[0], 1);
  io.Ue(p.active[1], 1);
  io.Se(p.init_qp, 26);
  io.U(p.constrained_intra, 1);
  io.U(p.transform_skip, 1);
  io.U(p.cu_qp_delta, 1);
  if (p.cu_qp_delta) io.Ue(p.cu_qp_delta_depth);
  io.Se(p.cb_offset);
  io.Se(p.cr_offset);
  io.U(p.slice_chroma_offsets, 1);
  io.U(p.weighted, 1);
  io.U(p.bi_weighted, 1);
  io.U(p.bypass, 1);
  io.U(p.tiles, 1);
  io.U(p.sync, 1);
  if (p.tiles) io.Fail();
  io.U(p.across_slices, 1);
  io.U(p.deblocking_control, 1);
  if (p.deblocking_control) {
    io.U(p.deblocking_override, 1);
    io.U(p.deblocking_off, 1);
    if (!p.deblocking_off) {
      io.Se(p.beta);
      io.Se(p.tc);
    }
  }
  io.U(p.scaling_lists, 1);
  if (p.scaling_lists) io.Fail();
  io.U(p.lists_modification, 1);
  io.Ue(p.merge_level, 2);
  io.U(p.slice_extension, 1);
  io.Fixed(0, 1);
}

template <typename Io>
void SliceSyntax(Io& io, const SequenceSet& s, const PictureSet& p, SliceHeader& h) {
  io.Fixed(1, 1);  // the first slice of the picture
  if (h.nal >= 16 && h.nal <= 23) io.Skip(0, 1);
  io.FixedUe(0);
  io.Skip(0, p.extra_bits);
  io.Ue(h.type);
  if (p.output_flag) io.Fixed(1, 1);
  if (!h.idr()) {
    io.U(h.poc_lsb, s.log2_max_poc);
    io.U(h.of_sequence, 1);
    if (!h.of_sequence) {
      if (!s.sets.empty()) io.Fixed(0, 1);
      ReferencesSyntax(io, h.references);
    } else if (s.sets.size() == 1) {
      h.references = s.sets[0];
    } else {
      io.Fail();  // which of several
    }
    if (s.temporal_mvp) io.U(h.temporal_mvp, 1);
  }
  if (s.sao) {
    io.U(h.sao_luma, 1);
    io.U(h.sao_chroma, 1);
  }
  if (h.type < 2) {
    h.active[0] = p.active[0];
    h.active[1] = p.active[1];
    io.U(h.active_override, 1);
    if (h.active_override) {
      io.Ue(h.active[0], 1);
      if (h.type == 0) io.Ue(h.active[1], 1);
    }
    const auto used = std::count_if(h.references.begin(), h.references.end(), [](const Kept& k) { return k.used; });
    if (p.lists_modification && used > 1) io.Fail();
    if (h.type == 0) io.U(h.mvd_l1_zero, 1);
    if (p.cabac_init) io.U(h.cabac_init, 1);
    if (h.temporal_mvp) {
      if (h.type == 0) io.U(h.collocated_from_l0, 1);
      if (h.active[h.type == 0 && !h.collocated_from_l0] > 1) io.FixedUe(0);
    }
    int fewer = 5 - h.merge_candidates;
    io.Ue(fewer);
    h.merge_candidates = 5 - fewer;
  }
  io.Se(h.qp, p.init_qp);
  if (p.slice_chroma_offsets) {
    io.Se(h.cb_offset);
    io.Se(h.cr_offset);
  }
  if (p.deblocking_override) io.U(h.deblocking_override, 1);
  if (h.deblocking_override) {
    io.U(h.deblocking_off, 1);
    if (!h.deblocking_off) {
      io.Se(h.beta);
      io.Se(h.tc);
    }
  } else {
    h.deblocking_off = p.deblocking_off;
    h.beta = p.beta;
    h.tc = p.tc;
  }
  if (p.across_slices && (h.sao_luma || h.sao_chroma || !h.deblocking_off)) io.U(h.across_slices, 1);
  if (p.slice_extension) io.FixedUe(0);
  io.Fixed(1, 1);
  io.Align();
}

Bytes Payload(const Bytes& unit) {
  return Bytes(unit.begin() + std::min<ptrdiff_t>(2, static_cast<ptrdiff_t>(unit.size())), unit.end());
}

void Finish(Bytes& out, int type, BitSink& w) {
  w.Bit(1);
  w.Align();
  AppendUnit(out, type, 0, w.bytes());
}

}  // namespace

bool ReadSequence(const Bytes& unit, SequenceSet& s) {
  const Bytes payload = Payload(unit);
  Reading io(payload, payload.size() * 8);
  SequenceSyntax(io, s);
  return io.ok();
}

bool ReadPicture(const Bytes& unit, PictureSet& p) {
  const Bytes payload = Payload(unit);
  Reading io(payload, payload.size() * 8);
  PictureSyntax(io, p);
  return io.ok();
}

bool ReadSlice(const Bytes& unit, size_t bits, const SequenceSet& s, const PictureSet& p, SliceHeader& h) {
  if (unit.size() < 3 || bits <= 16) return false;
  h.nal = unit[0] >> 1 & 63;
  h.temporal_id = (unit[1] & 7) - 1;
  if ((unit[0] & 0x81) != 0 || unit[1] >> 3 != 0 || h.temporal_id < 0) return false;
  Reading io(Payload(unit), bits - 16);
  SliceSyntax(io, s, p, h);
  return io.ok() && io.at() == bits - 16;
}

void AppendSets(Bytes& out, const SequenceSet& sequence, const PictureSet& picture) {
  SequenceSet s = sequence;
  PictureSet p = picture;
  Writing vps;
  vps.Fixed(0x3, 6);
  vps.Fixed(0, 6);
  vps.Fixed(static_cast<uint32_t>(s.layers - 1), 3);
  vps.Fixed(0x1ffff, 17);
  ProfileSyntax(vps, s);
  OrderingSyntax(vps, s);
  vps.Fixed(0, 6);
  vps.FixedUe(0);
  vps.Fixed(0, 2);
  Finish(out, kVps, vps.out());
  Writing sps;
  SequenceSyntax(sps, s);
  Finish(out, kSps, sps.out());
  Writing pps;
  PictureSyntax(pps, p);
  Finish(out, kPps, pps.out());
}

BitSink WriteSlice(const SequenceSet& s, const PictureSet& p, SliceHeader h) {
  Writing io;
  SliceSyntax(io, s, p, h);
  return io.out();
}

void AppendUnit(Bytes& out, int type, int temporal_id, const Bytes& payload) {
  Bytes unit = {static_cast<uint8_t>(temporal_id + 1)};
  unit.insert(unit.end(), payload.begin(), payload.end());
  AppendNal(out, static_cast<uint8_t>(type << 1), unit);
}

std::vector<Bytes> Units(const Bytes& stream) {
  std::vector<Bytes> units;
  size_t begin = 0;
  auto end_unit = [&](size_t end) {
    while (end > begin && stream[end - 1] == 0) --end;
    size_t bits = (end - begin) * 8;
    if (begin > 0 && end > begin) units.push_back(Unescape(&stream[begin], bits));
  };
  for (size_t i = 0; i + 2 < stream.size(); ++i) {
    if (stream[i] != 0 || stream[i + 1] != 0 || stream[i + 2] != 1) continue;
    end_unit(i);
    begin = i + 3;
    i += 2;
  }
  end_unit(stream.size());
  return units;
}

}  // namespace doubles::hevc
